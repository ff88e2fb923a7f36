"""People, the links that sign them in, and their sessions: operations, like addresses."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from planner.domain.person import Person, PersonRole, WebSession
from planner.store import tables as t
from planner.store.log import stamped


class People:
    """Who may use the pages, within one transaction of operations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Person, ...]:
        """Everybody who ever had access, by name."""
        rows = self._connection.execute(select(t.person))
        return tuple(sorted((_person(row) for row in rows), key=lambda person: person.name.casefold()))

    def named(self, name: str) -> Person | None:
        row = self._connection.execute(select(t.person).where(t.person.c.name == name)).one_or_none()
        return None if row is None else _person(row)

    def add(self, name: str, role: PersonRole, at: datetime, by: str) -> Person:
        """Keeps a new person, or gives one who had left access again in that role."""
        known = self.named(name)
        if known is not None:
            changed = {"role": role.value, "left_at": None}
            self._connection.execute(update(t.person).where(t.person.c.number == known.number).values(changed))
            return Person(known.number, name, role, known.made, known.made_by)
        row = {"name": name, "role": role.value, "made": stamped(at), "made_by": by}
        return _person(self._connection.execute(insert(t.person).returning(t.person), row).one())

    def leave(self, number: int, at: datetime) -> int:
        """Takes a person's access away: links stop working, sessions end. Gives back how many sessions did."""
        self._connection.execute(update(t.person).where(t.person.c.number == number).values(left_at=stamped(at)))
        self._connection.execute(delete(t.sign_in_link).where(t.sign_in_link.c.person == number))
        ended = self._connection.execute(delete(t.web_session).where(t.web_session.c.person == number))
        return ended.rowcount

    def add_link(self, digest: str, person: int, made: datetime, expires: datetime) -> None:
        """Keeps a new link; the ones that person was given before and did not use no longer work."""
        unused = (t.sign_in_link.c.person == person, t.sign_in_link.c.used.is_(None))
        self._connection.execute(delete(t.sign_in_link).where(*unused))
        row = {"digest": digest, "person": person, "made": stamped(made), "expires": stamped(expires)}
        self._connection.execute(insert(t.sign_in_link), row)

    def invited(self, digest: str, now: datetime) -> Person | None:
        """Whom a link signs in, if it still does; looking does not use it up."""
        statement = (
            select(t.person)
            .join(t.sign_in_link, t.sign_in_link.c.person == t.person.c.number)
            .where(*_open_link(digest, now), t.person.c.left_at.is_(None))
        )
        row = self._connection.execute(statement).one_or_none()
        return None if row is None else _person(row)

    def use_link(self, digest: str, now: datetime) -> bool:
        """Uses a link up; False when it no longer works. Of two who use it at once, one succeeds."""
        used = update(t.sign_in_link).where(*_open_link(digest, now)).values(used=stamped(now))
        return self._connection.execute(used).rowcount == 1

    def begin_session(self, digest: str, person: int, made: datetime, expires: datetime, program: str) -> None:
        """Keeps a new session; those that have run out are forgotten."""
        self._connection.execute(delete(t.web_session).where(t.web_session.c.expires <= stamped(made)))
        row = {
            "digest": digest,
            "person": person,
            "made": stamped(made),
            "seen": stamped(made),
            "expires": stamped(expires),
            "program": program,
        }
        self._connection.execute(insert(t.web_session), row)

    def signed_in(self, digest: str, now: datetime) -> tuple[Person, WebSession] | None:
        """Whose session that is, None when it is nobody's or has run out."""
        statement = (
            select(t.person, *_named_columns())
            .join(t.web_session, t.web_session.c.person == t.person.c.number)
            .where(t.web_session.c.digest == digest, t.web_session.c.expires > stamped(now))
            .where(t.person.c.left_at.is_(None))
        )
        row = self._connection.execute(statement).one_or_none()
        return None if row is None else (_person(row), _session(row))

    def see_session(self, number: int, now: datetime) -> None:
        """Notes when a session was last used."""
        self._connection.execute(
            update(t.web_session).where(t.web_session.c.number == number).values(seen=stamped(now))
        )

    def sessions(self, person: int) -> tuple[WebSession, ...]:
        """A person's sessions, the newest first."""
        statement = select(*_named_columns()).where(t.web_session.c.person == person)
        rows = self._connection.execute(statement.order_by(t.web_session.c.number.desc()))
        return tuple(_session(row) for row in rows)

    def end_session(self, person: int, number: int) -> None:
        """Ends one of that person's sessions."""
        where = (t.web_session.c.person == person, t.web_session.c.number == number)
        self._connection.execute(delete(t.web_session).where(*where))


def _open_link(digest: str, now: datetime) -> tuple[Any, ...]:
    c = t.sign_in_link.c
    return c.digest == digest, c.used.is_(None), c.expires > stamped(now)


def _named_columns() -> list[Any]:
    """The columns of a session under names that no column of a person has."""
    c = t.web_session.c
    return [
        column.label(f"session_{column.name}") for column in (c.number, c.person, c.made, c.seen, c.expires, c.program)
    ]


def _person(row: Any) -> Person:
    left = None if row.left_at is None else datetime.fromisoformat(row.left_at)
    made = datetime.fromisoformat(row.made)
    return Person(row.number, row.name, PersonRole(row.role), made, row.made_by, left)


def _session(row: Any) -> WebSession:
    made, seen, expires = (
        datetime.fromisoformat(each) for each in (row.session_made, row.session_seen, row.session_expires)
    )
    return WebSession(row.session_number, row.session_person, made, seen, expires, row.session_program)
