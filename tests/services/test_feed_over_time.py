"""A feed over hundreds of random edits, read by another parser after each: what subscribers rely on never breaks."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

import calendars
from calendars import Entry
from calendars.lint import lint
from planner.domain.change import Change
from planner.domain.decision import Decision
from planner.domain.event import Attendance, Booking, BookingSort, Event, Status
from planner.domain.feed import Approximate, Cancelled, Feed, FeedLanguage, Policy, Undated
from planner.domain.texts import texts
from planner.domain.window import Mode, Precision, When, Window, renumbered, whole_days, without_date
from planner.services.history import propose_undo
from planner.services.published import Published, load_published
from planner.services.publishing import feed_bytes
from planner.services.rendering import Renderings
from planner.store import Database, open_database
from tests.builders import PROGRAMME, ZONE, a_register, an_event
from tests.plans import NOW, fill

FEEDS = (
    Feed(PROGRAMME, "plain"),
    Feed(PROGRAMME, "left-out", language=FeedLanguage.RU, policy=Policy(Approximate.LEAVE, cancelled_days=10)),
    Feed(
        PROGRAMME,
        "all-said",
        language=FeedLanguage.BOTH,
        policy=Policy(Approximate.SPAN, Undated.NOTE, Cancelled.KEEP, moved_days=3),
    ),
)


def some_windows(chance: random.Random) -> When:
    """Fixed, approximate, several sittings, or with a clock time."""
    first = date(2021, 1, 1) + timedelta(days=chance.randrange(300))
    windows: tuple[Window, ...]
    match chance.randrange(4):
        case 0:
            windows = (whole_days(first, first + timedelta(days=chance.randrange(5)), ZONE),)
        case 1:
            last = first + timedelta(days=chance.choice([6, 29]))
            windows = (Window(first, last, ZONE, Precision.MONTH),)
        case 2:
            days = sorted({first + timedelta(days=chance.randrange(60)) for _ in range(3)})
            windows = tuple(whole_days(day, day, ZONE, part=n) for n, day in enumerate(days, 1))
        case _:
            at = NOW.time().replace(hour=chance.randrange(24), tzinfo=None)
            windows = (Window(first, first, chance.choice([ZONE, "Asia/Almaty"]), Precision.TIME, at, 90),)
    return When(Mode.DATED, windows)


def moved(event: Event, chance: random.Random) -> Event:
    return replace(event, when=renumbered(some_windows(chance), event.when))


def fewer_sittings(event: Event, chance: random.Random) -> Event:
    kept = event.when.windows[:-1] or event.when.windows
    return replace(event, when=replace(event.when, windows=kept))


EDITS: tuple[Callable[[Event, random.Random], Event | None], ...] = (
    moved,
    moved,
    fewer_sittings,
    lambda event, chance: replace(event, titles=texts(en=f"Title {chance.random()}", ru="Название")),
    lambda event, chance: replace(event, internal=texts(en=str(chance.random()))),
    lambda event, _: replace(event, status=Status.CANCELLED),
    lambda event, _: replace(event, status=Status.CONFIRMED),
    lambda event, _: replace(event, status=Status.POSTPONED, when=without_date(event.when)),
    lambda event, _: replace(event, when=without_date(event.when)),
    lambda event, chance: replace(event, mode=chance.choice(list(Attendance))),
    lambda event, chance: replace(
        event, bookings=(Booking(BookingSort.PLACE, chance.choice(["losvido", "moscow", "bishkek"])),)
    ),
    lambda event, _: None,
)


def entries_of(content: bytes) -> dict[str, Entry]:
    reading = calendars.read(content)
    assert reading.problems == ()
    return {entry.uid: entry for entry in reading.calendar.entries}


class Life:
    """One plan over time, and what its subscribers have seen of each feed so far."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.database: Database = open_database("sqlite://", writes=True)
        self.paper = Decision(PROGRAMME, "paper", day=date(2020, 2, 1))
        events = [an_event(f"EX-{n}", decision="paper", places=["losvido"]) for n in range(8)]
        fill(self.database, *events, register=replace(a_register(), decisions=(self.paper,)))
        self.now = NOW
        self.renderings = Renderings()
        self.published: Published | None = None
        self.seen: dict[str, bytes] = {}
        self.sequences: dict[tuple[str, str], int] = {}

    def step(self) -> None:
        self.now += timedelta(days=self.chance.choice([-2, 0, 1, 1, 5, 12]))
        with self.database.snapshot() as snapshot:
            undo = propose_undo(snapshot) if self.chance.random() < 0.08 and snapshot.revision > 1 else None
            there = {event.ref: event for event in snapshot.events(PROGRAMME)}
        if undo is not None:
            changes, undoes = list(undo.changes), undo.undoes
        else:
            ref, undoes = f"EX-{self.chance.randrange(8)}", None
            before = there.get(ref)
            fresh = an_event(ref, decision="paper", places=["moscow"])
            changes = [Change(before, self.chance.choice(EDITS)(before, self.chance) if before else fresh)]
        with self.database.transaction(who="A", why="", means="edit", now=self.now, undoes=undoes) as transaction:
            transaction.apply(changes)

    def look(self, *, anew: bool) -> None:
        with self.database.snapshot() as snapshot:
            self.published = load_published(snapshot, PROGRAMME, self.published)
            whole = load_published(snapshot, PROGRAMME) if anew else self.published
        assert self.published == whole
        for feed in FEEDS:
            content = feed_bytes(self.published, feed, renderings=self.renderings).content
            if anew:
                assert content == feed_bytes(whole, feed, renderings=Renderings()).content
            self.compare(feed.name, content)

    def compare(self, name: str, content: bytes) -> None:
        now, older = entries_of(content), self.seen.get(name, content)
        for uid, entry in now.items():
            assert entry.sequence >= self.sequences.get((name, uid), 0), uid
            self.sequences[name, uid] = entry.sequence
        for uid, entry in entries_of(older).items():
            assert uid in now or entry.status is calendars.Status.CANCELLED, uid
        assert lint(content, older) == ()
        self.seen[name] = content


@pytest.mark.parametrize(
    ("seed", "edits"),
    [(1, 60), pytest.param(2, 500, marks=pytest.mark.soak), pytest.param(3, 500, marks=pytest.mark.soak)],
)
def test_sequence_never_falls_and_nothing_vanishes_uncancelled_over_random_edits(seed: int, edits: int) -> None:
    life = Life(seed)
    for number in range(edits):
        life.step()
        life.look(anew=number % 10 == 0)
    life.database.close()

    assert len(life.sequences) > 20
    assert max(life.sequences.values()) >= edits // 20
