"""P30: whatever is written, the log gives every past state again. Every service that writes is tried.

What a person does through a command or a page is one of these; a test fails when one is added and not named here.
"""

import ast
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import create_engine, text

import planner.services
from planner.domain.beside import Contact
from planner.domain.change import Key, Record, Stamp, key_of
from planner.domain.entries import Place
from planner.domain.event import Relation
from planner.domain.feed import FeedLanguage, Follows, Level
from planner.domain.texts import texts
from planner.errors import PlannerError
from planner.services import (
    approval,
    bulk,
    closing,
    copying,
    feeds,
    history,
    keeping,
    layering,
    learning,
    lists,
    merging,
    moving,
    noticing,
    own_feeds,
    planning,
    programmes,
    releasing,
    replying,
    settling,
    waiving,
    zoning,
)
from planner.services.checking import Options, check, load_board
from planner.services.comparing import compared
from planner.services.own_feeds import Holder, Wish
from planner.services.planning import Plan, load_plan
from planner.services.proposal import Author, Proposal, apply
from planner.services.published import load_published
from planner.store import Database, Snapshot, open_database, restoring
from planner.store import check as check_database
from planner.store.backups import back_up
from planner.store.copying import clear
from planner.store.engine import parse
from planner.wording.notes import say_note
from tests.builders import PROGRAMME, a_register, an_event, days
from tests.plans import fill

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
LATER = datetime(2020, 11, 1).date()
LIST = "ref;title;kind;date_text;venue;people\n"
SUMMIT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//SCO//EN
BEGIN:VEVENT
UID:summit@sco.example
DTSTART;VALUE=DATE:202011{day:02}
SUMMARY:Summit
LOCATION:Bishkek
END:VEVENT
END:VCALENDAR
"""


@dataclass(slots=True)
class World:
    """A database, and what it looked like at each of its revisions as it was read then."""

    location: str
    folder: Path
    database: Database
    states: dict[int, tuple[dict[Key, Record], dict[str, Stamp]]] = field(default_factory=dict)
    erased: dict[Key, int] = field(default_factory=dict)  # since which revision; another may come under that number
    number: int = 0

    @property
    def now(self) -> datetime:
        return NOW + timedelta(minutes=self.number)

    def write(self, propose: Callable[[Snapshot], Proposal]) -> int | None:
        """What a command does: propose, show, apply. What it tells beside the changes has its Russian."""
        with self.database.snapshot() as snapshot:
            proposal = propose(snapshot)
        for note in proposal.notes:
            assert say_note(note, "ru") != note, note
        return apply(self.database, propose, proposal, Author("A. Writer", f"action {self.number}", self.now))

    def look(self) -> None:
        """Remembers the state as it stands."""
        with self.database.snapshot() as snapshot:
            records = _records(snapshot)
            gone = {key for state, _ in self.states.values() for key in state if key.sort == Contact.sort}
            self.erased |= dict.fromkeys(gone - records.keys(), snapshot.revision)
            self.states[snapshot.revision] = records, _stamps(snapshot)

    def replays(self) -> None:
        """Every state as it was seen then is what the log gives now; of an erased contact, that it was there."""
        for revision, (records, stamps) in self.states.items():
            seen = {key: self._now(key, record, revision) for key, record in records.items()}
            with self.database.snapshot(as_of=revision) as past:
                assert _records(past) == seen, revision
                assert _stamps(past) == stamps, revision
        assert "whole" in check_database(self.location, log=True)

    def _now(self, key: Key, record: Record, revision: int) -> Record:
        is_erased = revision < self.erased.get(key, 0)
        return Contact.erased(key.programme, key.code) if is_erased else record


def _records(snapshot: Snapshot) -> dict[Key, Record]:
    codes = [programme.code for programme in snapshot.programmes()]
    entries = [entry for code in codes for entry in snapshot.register(code).entries()]
    kept = [feed for code in codes for feed in snapshot.feeds(code)]
    told = (*snapshot.releases(), *snapshot.notices())
    records = (*snapshot.programmes(), *entries, *kept, *told, *snapshot.events())
    return {key_of(record): record for record in records}


def _stamps(snapshot: Snapshot) -> dict[str, Stamp]:
    return {f"{p.code}/{ref}": stamp for p in snapshot.programmes() for ref, stamp, _ in snapshot.all_stamps(p.code)}


class Idle(Exception):
    """There is nothing yet that this could be done to."""


Writer = Callable[[World, random.Random], object]
WRITERS: dict[str, Writer] = {}
"""By the service it is, one use of it with things that chance picks."""
NO_WRITERS = {
    "importing.plan_import": "decides for lists.propose_table, which writes",
    "lists.propose_table": "is what lists.propose_file does with the table it reads",
    "own_feeds.propose_own": "is what own_feeds.give writes",
    "planning.proposed": "puts together what the others propose",
    "proposal.apply": "writes what each of them proposes",
}


def writer(*names: str) -> Callable[[Writer], Writer]:
    def named(function: Writer) -> Writer:
        WRITERS.update(dict.fromkeys(names, function))
        return function

    return named


def on_plan(name: str, decide: Callable[[Plan, random.Random], Proposal]) -> None:
    """A writer that decides from the plan of the programme."""

    def write(world: World, chance: random.Random) -> object:
        seed = chance.random()
        return world.write(lambda snapshot: decide(load_plan(snapshot, PROGRAMME), random.Random(seed)))

    WRITERS[name] = write


def a_ref(plan: Plan, chance: random.Random) -> str:
    refs = [ref for ref, event in sorted(plan.events.items()) if not event.layer]
    if not refs:
        raise Idle
    return chance.choice(refs)


def a_day(chance: random.Random) -> str:
    return f"{chance.randrange(1, 28)} {chance.choice(('April', 'June', 'October', 'November'))} 2020"


def cells(chance: random.Random) -> Mapping[str, str]:
    return {"title_en": f"Event {chance.randrange(99)}", "kind": "exercise", "date_text": a_day(chance)}


on_plan("planning.propose_add", lambda p, c: planning.propose_add(p, "", cells(c)))
on_plan("planning.propose_series", lambda p, c: planning.propose_series(p, cells(c), [TODAY, LATER]))
on_plan("planning.propose_edit", lambda p, c: planning.propose_edit(p, [a_ref(p, c)], {"people": str(c.randrange(99))}))
on_plan("planning.propose_approve", lambda p, c: planning.propose_approve(p, [a_ref(p, c)], f"CSC No {c.randrange(3)}"))
on_plan("planning.propose_confirm", lambda p, c: planning.propose_confirm(p, [a_ref(p, c)]))
on_plan(
    "planning.propose_link",
    lambda p, c: planning.propose_link(p, a_ref(p, c), a_ref(p, c), c.choice([Relation.PART_OF, Relation.PREPARES])),
)
on_plan("moving.propose_move", lambda p, c: moving.propose_move(p, a_ref(p, c), a_day(c)))
on_plan(
    "moving.propose_when",
    lambda p, c: moving.propose_when(p, p.events[a_ref(p, c)], days(f"2020-09-{c.randrange(1, 29):02}")),
)
on_plan("moving.propose_postpone", lambda p, c: moving.propose_postpone(p, a_ref(p, c)))
on_plan("moving.propose_cancel", lambda p, c: moving.propose_cancel(p, a_ref(p, c)))
on_plan("bulk.propose_shift", lambda p, c: bulk.propose_shift(p, [a_ref(p, c)], c.randrange(1, 9)))
on_plan("bulk.propose_postpone_all", lambda p, c: bulk.propose_postpone_all(p, [a_ref(p, c), a_ref(p, c)]))
on_plan(
    "approval.under",
    lambda p, c: approval.under(p, moving.propose_move(p, a_ref(p, c), a_day(c)), f"CSC No {c.randrange(3)}"),
)
on_plan("merging.propose_merge", lambda p, c: merging.propose_merge(p, a_ref(p, c), a_ref(p, c)))
on_plan(
    "replying.propose_reply",
    lambda p, c: replying.propose_reply(p, a_ref(p, c), c.choice(list(replying.Answer)), ["BY"], "", TODAY),
)
on_plan(
    "replying.propose_replies",
    lambda p, c: replying.propose_replies(
        p, a_ref(p, c), {"AM": (c.choice(list(replying.Answer)), str(c.randrange(9)))}, TODAY
    ),
)
on_plan(
    "settling.propose_settle",
    lambda p, c: settling.propose_settle(
        p, {one.event.ref: c.choice(("held", "postponed", "cancelled")) for one in settling.to_settle(p, LATER)[:2]}
    ),
)
on_plan(
    "keeping.propose_note", lambda p, c: keeping.propose_note(p, a_ref(p, c), f"n {c.randrange(9)}", "A. W.", TODAY)
)
on_plan("keeping.propose_no_note", lambda p, c: keeping.propose_no_note(p, *_kept(p.register.notes, c)))
on_plan(
    "keeping.propose_paper",
    lambda p, c: keeping.propose_paper(p, a_ref(p, c), "Order", f"https://x.example/{c.randrange(3)}"),
)
on_plan("keeping.propose_no_paper", lambda p, c: keeping.propose_no_paper(p, *_kept(p.register.papers, c)))
on_plan(
    "keeping.propose_contact",
    lambda p, c: keeping.propose_contact(p, "BY", keeping.Person(f"N. {c.randrange(9)}"), f"{c.getrandbits(128):032x}"),
)
on_plan(
    "keeping.propose_contact_edit",
    lambda p, c: keeping.propose_contact_edit(p, *_contact(p, c), keeping.Person(phone=f"+375 17 {c.randrange(999)}")),
)
on_plan("keeping.propose_erasure", lambda p, c: keeping.propose_erasure(p, *_contact(p, c)))


def _kept(listed: tuple, chance: random.Random) -> tuple[str, int]:  # type: ignore[type-arg]
    if not listed:
        raise Idle
    one = chance.choice(listed)
    return one.ref, one.number


def _contact(plan: Plan, chance: random.Random) -> tuple[str, int]:
    standing = [each for each in plan.register.contacts if not each.is_erased]
    if not standing:
        raise Idle
    one = chance.choice(standing)
    return one.party, one.number


@writer("planning.propose_unlink")
def unlink(world: World, chance: random.Random) -> object:
    def propose(snapshot: Snapshot) -> Proposal:
        plan = load_plan(snapshot, PROGRAMME)
        linked = next((event for event in plan.events.values() if event.links and not event.layer), None)
        if linked is None:
            raise Idle
        return planning.propose_unlink(plan, linked.ref, linked.links[0].ref, linked.links[0].relation)

    return world.write(propose)


@writer("history.propose_undo")
def undo(world: World, chance: random.Random) -> object:
    revision = chance.choice(sorted(world.states))
    return world.write(lambda snapshot: history.propose_undo(snapshot, revision))


@writer("releasing.propose_release")
def release(world: World, chance: random.Random) -> object:
    return world.write(lambda snapshot: releasing.propose_release(snapshot, PROGRAMME, "", TODAY))


@writer("noticing.propose_notice")
def notice(world: World, chance: random.Random) -> object:
    since = min(world.states)
    return world.write(lambda s: noticing.propose_notice(s, compared(s, PROGRAMME, since, "BY"), "docx"))


@writer("feeds.propose_new", "feeds.propose_edit", "feeds.propose_delete")
def feed(world: World, chance: random.Random) -> object:
    name, asked = f"feed{chance.randrange(2)}", feeds.Asked(follows=chance.choice(list(Follows)))
    makers: list[Callable[[Snapshot], Proposal]] = [
        lambda snapshot: feeds.propose_new(snapshot, PROGRAMME, name, asked),
        lambda snapshot: feeds.propose_edit(snapshot, PROGRAMME, name, asked),
        lambda snapshot: feeds.propose_delete(snapshot, PROGRAMME, name),
    ]
    with world.database.snapshot() as snapshot:
        is_there = any(each.name == name for each in snapshot.feeds(PROGRAMME))
    return world.write(chance.choice(makers[1:]) if is_there else makers[0])


@writer("own_feeds.give", "own_feeds.change_options", "own_feeds.give_back")
def own_feed(world: World, chance: random.Random) -> object:
    holder = Holder("A. Reader", Level.MEMBER, world.now)
    held = own_feeds.mine(world.database, PROGRAMME, holder.name, holder.now)
    if not held:
        wish = Wish(states=("BY",), level=Level.MEMBER)
        return own_feeds.give(
            world.database, lambda s: load_published(s, PROGRAMME), wish, holder, "phone", f"own-{world.number}"
        )
    if chance.random() < 0.5:
        wish = Wish(language=chance.choice(list(FeedLanguage)))
        return own_feeds.change_options(world.database, PROGRAMME, holder, held[0].number, wish)
    return own_feeds.give_back(world.database, PROGRAMME, holder, held[0].number)


@writer("lists.propose_file")
def import_list(world: World, chance: random.Random) -> object:
    numbers = range(chance.randrange(1, 4))
    rows = "".join(f"IM-{n};Imported {n};exercise;{a_day(chance)};Moscow;{chance.randrange(99)}\n" for n in numbers)
    file = lists.File((LIST + rows).encode(), "list.csv")
    return world.write(lambda snapshot: lists.propose_file(snapshot, file, PROGRAMME, lists.Asked()))


@writer("layering.propose_new", "layering.propose_refresh", "layering.propose_delete")
def layer(world: World, chance: random.Random) -> object:
    content = SUMMIT.format(day=chance.randrange(1, 29)).replace("\n", "\r\n").encode()
    file, wanted = lists.File(content, "sco.ics"), layering.Wanted("SCO", level="heads", parties=("KZ",))
    with world.database.snapshot() as snapshot:
        is_there = bool(snapshot.register(PROGRAMME).layers)
    if not is_there:
        return world.write(lambda s: layering.propose_new(s, PROGRAMME, wanted, file, TODAY).proposal)
    if chance.random() < 0.7:
        return world.write(lambda s: layering.propose_refresh(s, PROGRAMME, "SCO", file, TODAY).proposal)
    return world.write(lambda s: layering.propose_delete(s, PROGRAMME, "SCO"))


@writer("learning.propose_lessons")
def learn(world: World, chance: random.Random) -> object:
    code = f"place-{chance.randrange(99)}"
    lesson = learning.Lesson(Place(PROGRAMME, code, texts(en=code)), (1,))
    return world.write(lambda snapshot: learning.propose_lessons(snapshot.revision, (lesson,)))


@writer("programmes.propose_load")
def load(world: World, chance: random.Random) -> object:
    file = a_register()
    body = replace(file.bodies[0], names=texts(en=f"Body {chance.randrange(99)}"))
    register = replace(file, bodies=(body, *file.bodies[1:]))
    return world.write(lambda snapshot: programmes.propose_load(snapshot, register))


@writer("copying.propose_copy")
def copy(world: World, chance: random.Random) -> object:
    turn = copying.Turn(f"NEXT-{2021 + world.number}", 1 + world.number, "TJ")
    return world.write(lambda snapshot: copying.propose_copy(snapshot, PROGRAMME, turn))


@writer("closing.propose_close", "closing.propose_reopen")
def close(world: World, chance: random.Random) -> object:
    world.write(lambda snapshot: closing.propose_close(load_plan(snapshot, PROGRAMME)))
    world.look()
    return world.write(lambda snapshot: closing.propose_reopen(load_plan(snapshot, PROGRAMME)))


@writer("waiving.propose_waive")
def waive(world: World, chance: random.Random) -> object:
    pick = chance.random()

    def propose(snapshot: Snapshot) -> Proposal:
        report = check(load_board(snapshot, TODAY), Options(past=True))
        if not report.shown:
            raise Idle
        handle = report.shown[int(pick * len(report.shown))].handle
        return waiving.propose_waive(report, snapshot.revision, [handle], "agreed", "A. Writer", LATER)

    return world.write(propose)


@writer("waiving.propose_end")
def end_waiver(world: World, chance: random.Random) -> object:
    def propose(snapshot: Snapshot) -> Proposal:
        report = check(load_board(snapshot, TODAY), Options(past=True))
        accepted = waiving.waivers(report)
        if not accepted:
            raise Idle
        return waiving.propose_end(report, snapshot.revision, [accepted[0].handle])

    return world.write(propose)


@writer("zoning.propose_zones")
def zones(world: World, chance: random.Random) -> object:
    """The zone rules of 2019 had it an hour off: the event is written again."""
    engine = create_engine(parse(world.location))
    with engine.begin() as connection:
        other = "starts = '2020-12-01T09:00:00.000000+00:00', tzdata = '2019a'"
        connection.execute(text(f"UPDATE event_window SET {other} WHERE at IS NOT NULL"))
    engine.dispose()
    return world.write(lambda snapshot: zoning.propose_zones(snapshot, TODAY))


@writer("restoring.restore")
def restore(world: World, chance: random.Random) -> object:
    """A backup, something that will be lost, and the backup brought back; what was lost is no state any more."""
    kept = back_up(world.location, world.folder / f"kept-{world.number}.db", world.now)
    import_list(world, chance)
    world.database.close()
    seen = restoring.outlook(kept.path, world.location)
    number = restoring.restore(seen, world.location, restoring.Author("A. Writer", "the disk", world.now))
    world.database = open_database(world.location, writes=True)
    world.states = {revision: state for revision, state in world.states.items() if revision <= kept.revision}
    kept.path.unlink()
    return number


def every_service_that_writes() -> set[str]:
    """The public functions of the services that propose changes or apply them."""
    found = set()
    for path in Path(planner.services.__path__[0]).glob("*.py"):
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_") and _writes(function):
                found.add(f"{path.stem}.{function.name}")
    return found


def _writes(function: ast.FunctionDef) -> bool:
    gives = ast.unparse(function.returns) if function.returns else ""
    calls = {node.func for node in ast.walk(function) if isinstance(node, ast.Call)}
    called = {f.id if isinstance(f, ast.Name) else f.attr for f in calls if isinstance(f, ast.Name | ast.Attribute)}
    return bool({"Proposal", "ImportPlan", "LayerPlan"} & {*gives.split(" ")} or {"apply", "transaction"} & called)


def test_every_service_that_writes_is_tried() -> None:
    assert WRITERS.keys() - {"restoring.restore"} | NO_WRITERS.keys() == every_service_that_writes()


@contextmanager
def a_world(location: str, folder: Path) -> Iterator[World]:
    """A plan of three events, two of which clash and one of which has a clock time."""
    engine = create_engine(parse(location))
    with engine.begin() as connection:
        clear(connection)
        connection.execute(text("UPDATE head SET revision = 0"))
    engine.dispose()
    world = World(location, folder, open_database(location, writes=True))
    timed = an_event("EX-2020-T")
    [window] = days("2020-12-01").windows
    at = replace(window, at=datetime(2020, 1, 1, 10).time(), length=60)
    fill(world.database, an_event(), an_event("EX-2020-B"), replace(timed, when=replace(timed.when, windows=(at,))))
    world.look()
    yield world
    world.replays()
    world.database.close()


FIRST = ("waiving.propose_waive", "waiving.propose_end", "zoning.propose_zones", "planning.propose_edit")
"""What is done while the clash and the clock time of the beginning are there."""


def act(world: World, name: str, chance: random.Random) -> bool:
    """One use of that service; True when it wrote. What was refused has written nothing."""
    world.number += 1
    before = max(world.states)
    with suppress(PlannerError, Idle):
        WRITERS[name](world, chance)
    world.look()
    return max(world.states) > before


def test_log_gives_every_past_state_after_every_service_that_writes(location: str, tmp_path: Path) -> None:
    chance, wrote = random.Random(1), set()
    with a_world(location, tmp_path) as world:
        for name in (*FIRST, *(3 * tuple(WRITERS))):
            # What had nothing to be done to the first time has something now.
            if name not in wrote and act(world, name, chance):
                wrote.add(name)

    assert wrote == WRITERS.keys()


def lives(location: str, folder: Path, times: int, actions: int) -> None:
    """Runs of whatever people may do, one behind the other, chosen and made smaller by hypothesis."""

    class Life(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.opened = a_world(location, folder)
            self.world = self.opened.__enter__()

        @rule(name=st.sampled_from(sorted(WRITERS)), seed=st.integers(0, 2**32))
        def act(self, name: str, seed: int) -> None:
            # Not a source of hypothesis: how much is drawn from it depends on salts, which are never the same.
            act(self.world, name, random.Random(seed))

        def teardown(self) -> None:
            self.opened.__exit__(None, None, None)

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=times,
            stateful_step_count=actions,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.soak
def test_log_gives_every_past_state_in_the_long_run(location: str, tmp_path: Path) -> None:
    lives(location, tmp_path, times=500, actions=50)
