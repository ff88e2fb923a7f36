"""People who use the pages: who they are, the links that sign them in, and their sessions.

Tokens of links and of sessions are kept as digests only, like those of addresses.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LINK_LIVES = timedelta(hours=72)
SESSION_LIVES = timedelta(days=30)


class PersonRole(StrEnum):
    """What a person may do: look, or change the plan as well."""

    READER = "reader"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Person:
    """One person, by the name that stands in the history. `left` is when they lost their access."""

    number: int
    name: str
    role: PersonRole
    made: datetime
    made_by: str
    left: datetime | None = None

    @property
    def may_write(self) -> bool:
        return self.role is PersonRole.COORDINATOR and self.left is None


@dataclass(frozen=True, slots=True)
class WebSession:
    """A browser in which a person is signed in. `number` names it, for it to be ended; the token is not kept."""

    number: int
    person: int
    made: datetime
    seen: datetime
    expires: datetime
    program: str = ""
