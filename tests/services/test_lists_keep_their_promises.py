"""P12 and the life of lists: a dry run says what applying does; imports, edits, exports and undos lose nothing."""

import csv
import io
import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from planner.domain.event import Event
from planner.readers.table import read_table
from planner.services import planning
from planner.services.checking import Options, check, load_board
from planner.services.exporting import export
from planner.services.forecasting import forecast
from planner.services.history import propose_undo
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, propose_table
from planner.services.moving import propose_move
from planner.store import Database, open_database
from tests.builders import PROGRAMME, a_register, day
from tests.plans import events_of, fill, plan_of, write

HEADINGS = ("title", "kind", "date_text", "venue", "people")
TITLES = ("Drill «North»", "Drill «South»", "Council meeting", "Council meeting", "Council meeting", "Parade")
DATES = ("12.10.2020", "13–15 October 2020", "May 2020", "III квартал 2020 г.", "сроки уточняются", "1 November 2020")
PLACES = ("Moscow", "Losvido range", "Bishkek", "by video", "Camp 7", "")


def content_of(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *rows])
    return text.getvalue().encode()


def planned(database: Database, content: bytes, asked: Asked) -> ImportPlan:
    with database.snapshot() as snapshot:
        return propose_table(snapshot, read_table(content, "list.csv"), PROGRAMME, asked)


def a_generated_list(chance: random.Random) -> bytes:
    """A list of up to 12 rows, some of which repeat titles, cannot be read, or must be decided."""
    dates = (*DATES, *DATES, "31.04.2020", "soon", "12/10/2020")
    places = (*PLACES, *PLACES, "Losvida range")
    rows = [
        (chance.choice(TITLES), "exercise", chance.choice(dates), chance.choice(places), str(chance.randrange(3) * 50))
        for _ in range(chance.randint(1, 12))
    ]
    return content_of(rows)


def dry_runs_predict(times: int) -> Counter[str]:
    """Imports generated lists one behind the other, with edits between; counts what came of them."""
    chance, ended = random.Random(times), Counter[str]()
    database = open_database("sqlite://", writes=True)
    fill(database, register=a_register())
    for number in range(times):
        asked = Asked(
            list_name=f"list {number % 5}",
            partial=chance.random() < 0.5,
            prefer=chance.choice((None, "ours", "theirs")),
            day_first=chance.choice((None, True)),
            allow_removals=True,
        )
        plan = planned(database, a_generated_list(chance), asked)
        before = events_of(database)
        with database.snapshot() as snapshot:
            coming = forecast(snapshot, plan.changes, day("2000-01-01"))
            was = {each.id for each in check(load_board(snapshot, day("2000-01-01")), Options(past=True)).listed}
        predicted = dict(before)
        for change in plan.changes:
            if isinstance(change.after, Event):
                predicted[change.after.ref] = change.after
        revision = write(database, plan)
        assert events_of(database) == predicted
        assert (revision is None) == plan.is_empty
        with database.snapshot() as snapshot:
            now = {each.id for each in check(load_board(snapshot, day("2000-01-01")), Options(past=True)).listed}
        assert {each.id for each in coming.created} == now - was
        assert {each.id for each in coming.cleared} == was - now
        ended["written" if revision else "stopped" if plan.problems else "unchanged"] += 1
        if before and chance.random() < 0.4:
            ref = chance.choice(sorted(events_of(database)))
            write(database, planning.propose_edit(plan_of(database), [ref], {"people": str(chance.randrange(900))}))
        if chance.random() < 0.1:
            with database.snapshot() as snapshot:
                undo = propose_undo(snapshot)
            if undo.undoes is not None and undo.undoes > 1:
                write(database, undo)
    database.close()
    return ended


def test_dry_run_predicts_events_and_conflicts_exactly() -> None:
    ended = dry_runs_predict(40)

    assert min(ended["written"], ended["stopped"]) > 5, ended


@pytest.mark.soak
def test_dry_run_predicts_events_and_conflicts_exactly_for_500_lists() -> None:
    assert sum(dry_runs_predict(500).values()) == 500


class LifeOfLists(RuleBasedStateMachine):
    """Import, edit, move, export, take back, undo in any order; what a person relies on holds after each step."""

    rows = st.lists(
        st.tuples(
            st.sampled_from(TITLES),
            st.just("exercise"),
            st.sampled_from(DATES),
            st.sampled_from(PLACES),
            st.sampled_from(("", "100", "200")),
        ),
        min_size=1,
        max_size=6,
    )

    def __init__(self) -> None:
        super().__init__()
        self.database = open_database("sqlite://", writes=True)
        fill(self.database, register=a_register())
        self.most: Counter[str] = Counter()  # rows of each title in any one list
        self.exported: list[bytes] = []
        self.refs: set[str] = set()

    def teardown(self) -> None:
        self.database.close()

    @rule(rows=rows, name=st.sampled_from(("first", "second")), prefer=st.sampled_from(("ours", "theirs")))
    def import_list(self, rows: list[tuple[str, ...]], name: str, prefer: str) -> None:
        asked = Asked(list_name=name, prefer=prefer, allow_removals=True)  # type: ignore[arg-type]
        plan = planned(self.database, content_of(rows), asked)
        if plan.problems:  # of two events alike the list does not say which: a person must, and nothing is written
            assert {each.column for each in plan.problems} == {"ref"}
            assert plan.is_empty
            return
        write(self.database, plan)
        for title, count in Counter(row[0] for row in rows).items():
            self.most[title] = max(self.most[title], count)
            assert self.titles()[title] >= count, "an event was lost"
        assert planned(self.database, content_of(rows), asked).is_empty, "the same file twice must change nothing"

    @rule(pick=st.randoms(use_true_random=False), people=st.integers(1, 900))
    def edit(self, pick: random.Random, people: int) -> None:
        refs = sorted(events_of(self.database))
        if refs:
            cells = {"people": str(people)}
            write(self.database, planning.propose_edit(plan_of(self.database), [pick.choice(refs)], cells))

    @rule(pick=st.randoms(use_true_random=False), number=st.integers(1, 28))
    def move(self, pick: random.Random, number: int) -> None:
        refs = sorted(events_of(self.database))
        if refs:
            write(self.database, propose_move(plan_of(self.database), pick.choice(refs), f"{number} December 2020"))

    @rule()
    def export(self) -> None:
        with self.database.snapshot() as snapshot:
            register = snapshot.register(PROGRAMME)
            rows = export(snapshot.events(PROGRAMME), register, snapshot.revision)
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        self.exported.append(text.getvalue().encode())
        if len(rows) > 1:
            assert planned(self.database, self.exported[-1], Asked()).is_empty, "export then import must change nothing"

    @precondition(lambda self: self.exported)
    @rule(pick=st.randoms(use_true_random=False))
    def take_back(self, pick: random.Random) -> None:
        content = pick.choice(self.exported)
        if content.count(b"\n") < 2:
            return
        before = events_of(self.database)
        plan = planned(self.database, content, Asked(partial=True, prefer="ours"))
        write(self.database, plan)
        assert events_of(self.database) == before, "an old sheet with nothing changed in it undid newer work"

    @rule()
    def undo(self) -> None:
        with self.database.snapshot() as snapshot:
            if snapshot.revision < 2:
                return
            newest = snapshot.revision
            before = {event.ref: event for event in snapshot.events_at(newest - 1, PROGRAMME)}
            proposal = propose_undo(snapshot)
        write(self.database, proposal)
        assert events_of(self.database) == before, "an undo restores what stood before"
        self.refs = set(before)

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        refs = set(events_of(self.database))
        assert self.refs <= refs, "an event was lost"
        self.refs = refs
        for title, count in self.titles().items():
            assert count <= self.most[title], "an event is there twice"

    def titles(self) -> Counter[str]:
        return Counter(text for event in events_of(self.database).values() for _, text in event.titles)


TestLifeOfLists = LifeOfLists.TestCase
TestLifeOfLists.settings = settings(
    # A failing life is long enough to read as it is; making it shorter takes minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=15,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.soak
class TestLongLifeOfLists(LifeOfLists.TestCase):  # type: ignore[name-defined,misc]
    settings = settings(
        max_examples=300, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )
