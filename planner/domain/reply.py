"""What parties reply to an invitation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar


class Answer(StrEnum):
    """What a party replied to an invitation; one that is not recorded is awaited."""

    AWAITED = "awaited"
    COMING = "coming"
    DEPUTY = "deputy"
    VIDEO = "video"
    NOT_COMING = "not coming"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one party replied about one event, on which day it was recorded.

    A record of its own and not a part of the booking: lists that name participants know nothing of replies.
    """

    sort: ClassVar[str] = "reply"

    programme: str
    ref: str
    party: str
    answer: Answer
    day: date | None = None
    note: str = ""

    @property
    def code(self) -> str:
        return f"{self.ref} {self.party}"
