"""An accepted finding: why, by whom, until when, and on which facts."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Waiver:
    """What a person accepts. `code` is the stable id of the finding, `until` the last day on which it holds.

    It is tied to the fingerprint: when the facts change it lapses, when a title is mended it does not.
    """

    sort: ClassVar[str] = "waiver"

    programme: str
    code: str
    fingerprint: str
    reason: str
    who: str
    until: date

    def holds(self, fingerprint: str, day: date) -> bool:
        """True while the facts are as they were accepted, up to and on its last day."""
        return fingerprint == self.fingerprint and day <= self.until
