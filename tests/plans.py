"""A plan in a database: what a service starts from."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from planner.domain.change import Change, Record
from planner.domain.event import Event
from planner.domain.register import Register
from planner.readers.listing import ReadList
from planner.services.importing import ImportPlan, plan_import
from planner.services.planning import Plan, load_plan
from planner.services.proposal import Author, Proposal, apply
from planner.services.three_way import Side, merge_with
from planner.store import Database, Snapshot
from tests.builders import PROGRAMME, a_register

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
AUTHOR = Author("A. Writer", "asked", NOW)
RecordT = TypeVar("RecordT", bound=Record)


def fill(database: Database, *events: Event, register: Register | None = None) -> None:
    """Writes a programme with its entries and these events, as one revision."""
    its = register or a_register()
    records = (its.programme, *its.entries(), *events)
    with database.transaction(who="A. Writer", why="", means="load", now=NOW) as transaction:
        transaction.apply([Change(None, record) for record in records])


def plan_of(database: Database, programme: str = PROGRAMME) -> Plan:
    with database.snapshot() as snapshot:
        return load_plan(snapshot, programme)


def planned(
    snapshot: Snapshot, listed: ReadList, register: Register, list_name: str, prefer: Side | None = None
) -> ImportPlan:
    """The plan of importing a list as read."""
    merge = replace(merge_with(snapshot, register, list_name), prefer=prefer)
    return plan_import(listed, register, list_name, merge, snapshot.revision)


def write(database: Database, proposal: Proposal) -> int | None:
    """Applies a proposal that nothing has outrun."""
    return apply(database, lambda _: proposal, proposal, AUTHOR)


def events_of(database: Database) -> dict[str, Event]:
    with database.snapshot() as snapshot:
        return {event.ref: event for event in snapshot.events()}
