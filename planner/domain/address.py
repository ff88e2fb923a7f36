"""Private addresses of feeds, and the ledger of what was served at each. Only a token's digest is ever known here."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

TOKEN_BYTES = 32
"""256 bits: nobody guesses one (promises, P19)."""
KEPT_SERVED = 50
"""So many different contents are kept in the ledger for each address, the newest of them."""
MOST_PROGRAM_LETTERS = 120
"""So much of a calendar program's own name is kept: it may be of any length."""


def digest_of(token: str) -> str:
    """SHA-256 of a token, in hex: all of it that is ever stored."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Address:
    """One person's or delegation's private address of one feed, without its token.

    `number` counts from 1 in the order of making. `replaced_by` is the number of the one that took its place;
    `fetched` and `program` say when a calendar program last asked here, and which.
    """

    number: int
    programme: str
    feed: str
    holder: str
    made: datetime
    made_by: str
    expires: datetime | None = None
    revoked: datetime | None = None
    replaced_by: int | None = None
    fetched: datetime | None = None
    program: str = ""

    def answers(self, now: datetime) -> bool:
        """True when it delivers its feed at that instant."""
        return self.replaced_by is None and self.revoked is None and (self.expires is None or now < self.expires)

    def is_of(self, name: str) -> bool:
        """True when that person holds it: in their name alone, or made by themselves for a device of theirs."""
        return self.holder == name or (self.made_by == name and self.holder.startswith(f"{name}, "))

    def state(self, now: datetime) -> str:
        """What has become of it, in one word: replaced, revoked, expired or open."""
        if self.replaced_by is not None:
            return "replaced"
        if self.revoked is not None:
            return "revoked"
        return "open" if self.answers(now) else "expired"


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address to be made: everything but the number it will have."""

    digest: str
    programme: str
    feed: str
    holder: str
    made: datetime
    made_by: str
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """That an address was given bytes with this ETag: of which revision, first and last when, to which program."""

    address: int
    etag: str
    revision: int
    first: datetime
    last: datetime
    program: str = ""
