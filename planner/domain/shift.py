"""What a change of zone rules does to a plan: a clock time stays, the instant it stands for is another."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """One sitting whose instant (UTC) is no longer the one that was written, and the tzdata it was written by."""

    programme: str
    ref: str
    part: int
    was: datetime
    now: datetime
    zone: str
    tzdata: str

    @property
    def later(self) -> timedelta:
        """By how much it is later; less than nothing when it is earlier."""
        return self.now - self.was
