"""Small things kept beside an event or a party: notes, papers, contacts. Each is a record, so the log tells of it.

None of them is ever in a feed or on a public page: notes and contacts are for coordinators, papers for the members too.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

SALT_LETTERS = 32
"""A contact's salt is 128 random bits in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote down about an event, on which day; `by` is who signed it. Internal."""

    sort: ClassVar[str] = "note"

    programme: str
    ref: str
    number: int
    text: str
    by: str
    day: date

    @property
    def code(self) -> str:
        return f"{self.ref} {self.number}"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper for an event: what it is called and where it lies. We keep no files, only SHA-256 where one was shown."""

    sort: ClassVar[str] = "paper"

    programme: str
    ref: str
    number: int
    title: str
    address: str
    sha256: str = ""

    @property
    def code(self) -> str:
        return f"{self.ref} {self.number}"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to ask at a party. One without a name was erased: of it only that it was there is known.

    `salt` is random and goes when the contact is erased: without it, nobody can find out from the hash that the log
    keeps whether a name or number they try was the one.
    """

    sort: ClassVar[str] = "contact"

    programme: str
    party: str
    number: int
    name: str = ""
    tasks: str = ""
    email: str = ""
    phone: str = ""
    salt: str = ""

    @classmethod
    def erased(cls, programme: str, code: str) -> Self:
        """What is left of the contact of that code."""
        party, _, number = code.rpartition(" ")
        return cls(programme, party, int(number))

    @property
    def code(self) -> str:
        return f"{self.party} {self.number}"

    @property
    def is_erased(self) -> bool:
        return not self.name
