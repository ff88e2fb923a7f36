"""P21: in random worlds each feed shows what an oracle of its own says that its readers may see, and nothing else.

Every field of every state of every event bears a word of its own, so that a leak is found wherever it comes out.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from planner.domain.change import Change
from planner.domain.entries import Disclosure, Family, Force, Place
from planner.domain.event import Attendance, Booking, BookingSort, Event, Link, Relation, Role, Status
from planner.domain.feed import Feed, FeedLanguage, Level
from planner.domain.register import Register
from planner.domain.texts import texts
from planner.domain.window import Mode, When, whole_days
from planner.services.published import Published, load_published
from planner.services.publishing import feed_bytes, free_busy_bytes
from planner.services.rendering import Renderings
from planner.store import Database, open_database
from tests.builders import ZONE, a_kind, a_programme, a_register
from tests.plans import NOW

GONE = {"postponed", "cancelled"}
APPROVED = {"approved", "confirmed", "held"}
EVENTS = 7
STEPS = 4


@dataclass(frozen=True)
class State:
    """One state of an event in the world's own terms, and the words it bears."""

    event: Event
    day: date | None
    number: int

    def word(self, field: str) -> str:
        return f"W{field}{self.event.ref[2:]}S{self.number}W"


@dataclass
class World:
    """What happened: the states of each event, oldest first; None is its removal."""

    chance: random.Random
    days: Iterator[date]
    code: str

    def state(self, ref: str, number: int, before: State | None) -> State:
        chance = self.chance
        keeps_day = before is not None and chance.random() < 0.4
        day = before.day if before is not None and keeps_day else (None if chance.random() < 0.25 else next(self.days))
        window = () if day is None else (whole_days(day, day, ZONE),)
        blank = State(Event(ref, self.code, "exercise"), day, number)
        status = chance.choice(list(Status))
        event = Event(
            ref,
            self.code,
            chance.choice(["exercise", "open", "closed"]),
            status=status,
            titles=texts(en=blank.word("titleen"), ru=blank.word("titleru")),
            shorts=texts(en=blank.word("shorten")) if chance.random() < 0.3 else (),
            when=When(Mode.DATED if window else Mode.UNDATED, window, blank.word("words")),
            host=chance.choice(["", "BY"]),
            mode=chance.choice(list(Attendance)),
            bookings=(
                Booking(BookingSort.PARTY, chance.choice(["AM", "KZ"]), role=chance.choice(list(Role))),
                Booking(BookingSort.FORCE, f"force-{ref}"),
                Booking(BookingSort.PLACE, f"place-{ref}"),
            ),
            links=tuple(
                Link(chance.choice(list(Relation)), f"X-{other}") for other in {chance.randrange(EVENTS) for _ in "ab"}
            ),
            decision=chance.choice(["", "", "paper"]),
            responsible=blank.word("responsible"),
            financing=blank.word("financing"),
            people=7_000_000 + int(ref[2:]) * 100 + number,
            remarks=texts(en=blank.word("remarks") + f" https://example.org/{blank.word('address')}"),
            internal=texts(en=blank.word("internal"), ru=blank.word("internal")),
            disclosure=chance.choice([None, None, *Disclosure]),
        )
        return replace(blank, event=event)


def disclosure(state: State) -> str:
    if state.event.disclosure is not None:
        return state.event.disclosure.value
    return {"exercise": "member", "open": "public", "closed": "full"}[state.event.kind]


def saw(states: list[State], level: str) -> bool:
    """What feeds.md says: whether readers of a level may see an event whose states these are."""
    last, before = states[-1], [each.event.status.value for each in states[:-1]]
    status, stood = last.event.status.value, [each for each in before if each not in GONE]
    if level == "full":
        return True
    if level == "public":
        was = any(each in APPROVED for each in stood) or bool(last.event.decision)
        return disclosure(last) == "public" and (status in APPROVED or (status in GONE and was))
    if disclosure(last) == "full" or status == "draft":
        return False
    return not (status in GONE and stood and all(each == "draft" for each in stood))


def stood_before(states: list[State], level: str) -> list[State]:
    """The earlier states in which readers of that level saw it stand."""
    return [each for each in states[:-1] if each.event.status.value not in GONE and saw([each], level)]


def may_stand(states: list[State], level: str) -> set[str]:
    """Every word that may stand in a feed of that level because of this event."""
    last = states[-1]
    days = {each.day for each in (last, *stood_before(states, level))} - {None}
    allowed = {f"{day:%Y%m%d}" for day in days if day} | {f"{day.day} {day:%b %Y}" for day in days if day}
    if level == "busy":
        return allowed
    fields = ["titleen", "titleru", "shorten", "responsible"]
    allowed |= {last.event.ref, f"place-{last.event.ref}"}
    if level in {"member", "full"}:
        fields += ["remarks", "address"]
        allowed |= {f"force-{last.event.ref}", str(last.event.people)}
    return allowed | {last.word(field) for field in fields}


def has_entry(states: list[State], level: str) -> bool:
    return states[-1].day is not None or any(each.day for each in stood_before(states, level))


WORDS = re.compile(
    r"W[a-z]+\d+S\d+W|\bX-\d+|(?:place|force)-X-\d+|\b7\d{6}\b|(?<=DATE:)\d{8}|\b\d{1,2} [A-Z][a-z]{2} (?!2020)\d{4}\b"
)


def words_in(content: bytes) -> set[str]:
    text = content.replace(b"\r\n ", b"").decode()
    return set(WORDS.findall(re.sub(r"^DTEND.*$", "", text, flags=re.MULTILINE)))


def live(seed: int, database: Database) -> None:
    """One world: made, written step by step, and every feed of it compared with the oracle."""
    chance, code = random.Random(seed), f"WORLD-{seed}"
    world = World(chance, (date(2021, 1, 1) + timedelta(days=3 * n) for n in range(10_000)), code)
    lives: dict[str, list[State]] = {f"X-{n}": [] for n in range(EVENTS)}
    standing: dict[str, State | None] = dict.fromkeys(lives)
    register = a_world_register(code)
    records = [Change(None, record) for record in (register.programme, *register.entries())]
    for step in range(STEPS):
        changes = [] if step else records
        for ref, states in lives.items():
            before = standing[ref]
            if chance.random() < 0.3:
                continue
            after = None if before is not None and chance.random() < 0.1 else world.state(ref, step, before)
            if before is not None or after is not None:
                changes.append(Change(before and before.event, after and after.event))
            states.extend([after] if after is not None else [])
            standing[ref] = after
        with database.transaction(who="W", why="", means="edit", now=NOW + step * timedelta(days=1)) as transaction:
            transaction.apply(changes)
    with database.snapshot() as snapshot:
        published = load_published(snapshot, code)
    for level in Level:
        language = chance.choice(list(FeedLanguage))
        compare(published, Feed(code, "all", language=language, level=level), lives.values(), f"seed {seed}, {level}")


def a_world_register(code: str) -> Register:
    kinds = (
        a_kind(Family.EXERCISE, programme=code),
        a_kind(Family.EXERCISE, "open", code, disclosure=Disclosure.PUBLIC),
        a_kind(Family.EXERCISE, "closed", code, disclosure=Disclosure.FULL),
    )
    forces = tuple(Force(code, f"force-X-{n}") for n in range(EVENTS))
    places = tuple(Place(code, f"place-X-{n}") for n in range(EVENTS))
    return replace(a_register(a_programme(code)), kinds=kinds, forces=forces, places=places)


def compare(published: Published, feed: Feed, lives: Iterable[list[State]], where: str) -> None:
    """The feed's bytes with what the oracle says of these lives."""
    level = feed.level.value
    built = feed_bytes(published, feed, renderings=Renderings())
    visible = [states for states in lives if states and saw(states, level)]
    allowed = set().union(*(may_stand(states, level) for states in visible))
    entries = [states for states in visible if has_entry(states, level)]

    assert words_in(built.content) - allowed == set(), where
    assert built.entries == len(entries), where
    assert b"internal" not in built.content, where
    if feed.level is Level.BUSY:
        assert not re.search(rb"X-\d|DESCRIPTION|LOCATION|CATEGORIES|GEO|RELATED|CONFERENCE", built.content), where
        assert words_in(free_busy_bytes(published, feed).content) == set(), where
        return
    uids = {f"UID:{states[-1].event.ref}@{feed.programme}\r\n".encode() for states in entries}
    assert {uid for uid in uids if uid not in built.content} == set(), where
    if feed.language is not FeedLanguage.RU:
        titles = {states[-1].word("titleen").encode() for states in entries}
        unfolded = built.content.replace(b"\r\n ", b"")
        assert {title for title in titles if title not in unfolded} == set(), where


@pytest.mark.parametrize(
    "worlds", [pytest.param(range(15), id="suite"), pytest.param(range(1000, 2000), marks=pytest.mark.soak, id="soak")]
)
def test_each_level_shows_what_its_readers_may_see_and_nothing_else(worlds: range) -> None:
    database = open_database("sqlite://", writes=True)
    for seed in worlds:
        live(seed, database)
    database.close()
