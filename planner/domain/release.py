"""What people were told: releases, and notices of changes. Each is a record, so the log proves when and by whom.

Neither can be undone: what people were told stays told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Release:
    """A numbered, frozen state of the plan: that of `revision`. Numbers count through the whole database, from 1."""

    sort: ClassVar[str] = "release"

    programme: str
    number: int
    revision: int
    note: str = ""

    @property
    def code(self) -> str:
        return str(self.number)

    @property
    def name(self) -> str:
        """How commands and pages call it: "R3"."""
        return f"R{self.number}"


@dataclass(frozen=True, slots=True)
class Notice:
    """That changes from one revision to another were written down for a party ('' is everybody), in that form.

    `refs` are the events it told of. When it was made and by whom stands in the log.
    """

    sort: ClassVar[str] = "notice"

    programme: str
    number: int
    party: str
    since: int
    revision: int
    form: str
    refs: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return str(self.number)


def newest_release(releases: Iterable[Release]) -> Release | None:
    """The one with the highest number, or None before the first."""
    return max(releases, key=lambda each: each.number, default=None)


def release_number(text: str) -> int | None:
    """The number in "R3", "r3", "release 3" or "release-3"; None where the text names no release."""
    folded = text.strip().casefold()
    digits = folded.removeprefix("release").removeprefix("r").strip(" -")
    return int(digits) if folded.startswith("r") and digits.isdecimal() and len(digits) < 19 else None
