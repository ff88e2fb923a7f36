"""Plans to serve: events, feeds and addresses in a database that other processes read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import MetaData, create_engine, select

from planner.domain.change import Change
from planner.domain.entries import Disclosure
from planner.domain.event import Event, Status
from planner.domain.feed import Feed
from planner.services.published import load_published
from planner.services.subscribing import Issued, Order, issue
from planner.store import Database, Transaction, open_database
from planner.store.engine import parse
from tests.builders import PROGRAMME, an_event, hours
from tests.plans import fill

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)


@dataclass(slots=True)
class Served:
    """A plan in a database, and every address that was issued of it."""

    location: str
    issued: list[Issued] = field(default_factory=list)

    @contextmanager
    def database(self) -> Iterator[Database]:
        opened = open_database(self.location, writes=True)
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def write(self, why: str = "moved") -> Iterator[Transaction]:
        """One revision written now, as another process would."""
        with (
            self.database() as database,
            database.transaction(who="A. Writer", why=why, means="edit", now=datetime.now(UTC)) as transaction,
        ):
            yield transaction

    def address(self, feed: str = "all.en", holder: str = "Embassy", expires: datetime | None = None) -> Issued:
        """A new address of a feed."""
        with self.database() as database:
            with database.snapshot() as snapshot:
                its = load_published(snapshot, PROGRAMME).feed(feed)
            [issued] = issue(database, Order(its, (holder,), "A. Writer", datetime.now(UTC), expires))
        self.issued.append(issued)
        return issued

    def rename(self, title: str) -> None:
        """Gives the first event another title, as a new revision."""
        with self.write() as transaction:
            event = transaction.event(PROGRAMME, "EX-2020-A")
            assert event is not None
            transaction.apply([Change(event, renamed(event, title))])

    def save(self, before: Feed | None, after: Feed | None) -> None:
        """Makes, changes or takes away a feed."""
        with self.write() as transaction:
            transaction.apply([Change(before, after)])

    def everything_stored(self) -> str:
        """Every cell of every table."""
        engine = create_engine(parse(self.location))
        with engine.connect() as connection:
            tables = MetaData()
            tables.reflect(connection)
            rows = [repr(tuple(row)) for t in tables.tables.values() for row in connection.execute(select(t))]
        engine.dispose()
        return "\n".join(rows)


def renamed(event: Event, title: str) -> Event:
    from dataclasses import replace

    return replace(event, titles=(("en", title),), shorts=())


def a_served_plan(location: str) -> Served:
    """A plan with a public event, one for members and a draft, each with a clock time."""
    events = (
        an_event("EX-2020-A", when=hours("2020-10-12", 10), status=Status.CONFIRMED, disclosure=Disclosure.PUBLIC),
        an_event("EX-2020-B", when=hours("2020-10-13", 10), status=Status.APPROVED, disclosure=Disclosure.MEMBER),
        an_event("EX-2020-C", when=hours("2020-10-14", 10), status=Status.DRAFT),
    )
    database = open_database(location, writes=True)
    fill(database, *events)
    database.close()
    return Served(location)
