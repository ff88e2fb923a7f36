"""Who is looking: a person with a session, the public, or the one at this machine before anybody was let in."""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request

from planner.domain.feed import Level
from planner.domain.person import PersonRole
from planner.services import people

COOKIE = "planner_session"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, and what they may see and do. `token` is that of the session, '' without one."""

    name: str = ""
    role: PersonRole | None = None
    token: str = ""
    session: int = 0
    is_local: bool = False

    @property
    def level(self) -> Level:
        """What they may see: public things without signing in, members' for readers, everything for coordinators."""
        if self.is_coordinator:
            return Level.FULL
        return Level.PUBLIC if self.role is None else Level.MEMBER

    @property
    def is_coordinator(self) -> bool:
        """True for those who see conflicts and drafts: coordinators, and who sits at a machine without people yet."""
        return self.is_local or self.role is PersonRole.COORDINATOR

    @property
    def may_write(self) -> bool:
        return self.role is PersonRole.COORDINATOR

    @property
    def csrf(self) -> str:
        """What a form must bring back: only who has the session's cookie can know it."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest() if self.token else ""


def visitor_of(request: Request) -> Visitor:
    """Who sent this request. Looks into the database; call it once a request, off the event loop."""
    database = request.app.state.plan.database()
    token = request.cookies.get(COOKIE, "")
    if token:
        found = people.signed_in(database, token, datetime.now(UTC))
        if found is not None:
            person, session = found
            return Visitor(person.name, person.role, token, session)
    with database.operations() as operations:
        is_empty = not operations.people.all()
    return Visitor(is_local=is_empty and _is_this_machine(request))


def _is_this_machine(request: Request) -> bool:
    """True when server and reader are on one machine and no proxy stands between them."""
    settings = request.app.state.settings
    is_alone = not settings.url and not settings.trusted_proxies and settings.host in {"127.0.0.1", "::1", "localhost"}
    client = request.client.host if request.client is not None else ""
    try:
        return is_alone and ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False
