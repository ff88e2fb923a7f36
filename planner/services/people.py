"""Letting people in: one-time links, sessions, and leaving. Tokens leave here once and are never kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.domain.address import TOKEN_BYTES, Address, digest_of
from planner.domain.person import LINK_LIVES, SESSION_LIVES, Person, PersonRole
from planner.errors import BadInput, NotFound, problem
from planner.store import Database

SEEN_EVERY = timedelta(minutes=10)
"""A session's last use is noted so often, not at each page."""
MOST_LETTERS = 120


@dataclass(frozen=True, slots=True)
class Invitation:
    """A person with the token of a link that signs them in once."""

    person: Person
    token: str


@dataclass(frozen=True, slots=True)
class Departure:
    """What ended when a person left: sessions, and the addresses in their name that were closed."""

    person: Person
    sessions: int
    addresses: tuple[Address, ...]


def add(database: Database, name: str, role: PersonRole, now: datetime, by: str) -> Invitation:
    """A new person with a first link. Raises BadInput when that name is taken or cannot be a name."""
    name = " ".join(name.split())
    if not name or len(name) > MOST_LETTERS or not name.isprintable():
        raise BadInput(problem("", f"{name[:40]!r} is not a name", f"1 to {MOST_LETTERS} letters"))
    with database.operations() as operations:
        same = (each for each in operations.people.all() if each.name.casefold() == name.casefold())
        known = next(same, None)
        if known is not None and known.left is None:
            remedy = f'give them another link with `planner people link "{known.name}"`'
            raise BadInput(problem("", f"{known.name} is already there, as {known.role.value}", remedy=remedy))
        person = operations.people.add(known.name if known is not None else name, role, now, by)
    return _invite(database, person, now)


def link(database: Database, name: str, now: datetime) -> Invitation:
    """Another link for a person; the one before it no longer works. Raises NotFound."""
    return _invite(database, _present(database, name), now)


def _invite(database: Database, person: Person, now: datetime) -> Invitation:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with database.operations() as operations:
        operations.people.add_link(digest_of(token), person.number, now, now + LINK_LIVES)
    return Invitation(person, token)


def leave(database: Database, name: str, now: datetime) -> Departure:
    """Takes a person's access away and closes the addresses in their name. Raises NotFound."""
    person = _present(database, name)
    with database.operations() as operations:
        ended = operations.people.leave(person.number, now)
        closed = tuple(each for each in operations.addresses() if each.is_of(person.name) and each.answers(now))
        for address in closed:
            operations.revoke_address(address.number, now)
    return Departure(person, ended, closed)


def _present(database: Database, name: str) -> Person:
    with database.operations() as operations:
        everybody = [person for person in operations.people.all() if person.left is None]
    fitting = [person for person in everybody if person.name.casefold() == " ".join(name.split()).casefold()]
    if not fitting:
        known = ", ".join(person.name for person in everybody) or "nobody yet"
        raise NotFound(problem("", f"no person {name!r}", f"known: {known}"))
    return fitting[0]


def sign_in(database: Database, token: str, now: datetime, program: str) -> str | None:
    """Uses a link up and gives the token of a new session; None when the link does not work (any more)."""
    with database.operations() as operations:
        people = operations.people
        person = people.invited(digest_of(token), now)
        if person is None or not people.use_link(digest_of(token), now):
            return None
        session = secrets.token_urlsafe(TOKEN_BYTES)
        people.begin_session(digest_of(session), person.number, now, now + SESSION_LIVES, program[:MOST_LETTERS])
    return session


def signed_in(database: Database, token: str, now: datetime) -> tuple[Person, int] | None:
    """Whose session that token is, and its number."""
    with database.operations() as operations:
        found = operations.people.signed_in(digest_of(token), now)
        if found is None:
            return None
        person, session = found
        if now - session.seen > SEEN_EVERY:
            operations.people.see_session(session.number, now)
    return person, session.number
