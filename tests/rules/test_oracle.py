"""P32: what the rules find equals comparing every pair in every placement, day by day, over random programmes."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.entries import Family, Force, Place
from planner.domain.event import Booking, BookingSort, Event, Link, Relation, Status
from planner.domain.finding import Certainty
from planner.domain.window import Mode, Precision, When, Window
from planner.rules import RULES
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_kind, a_register, an_event

FORCES = {"CF": "", "CRRF": "CF", "SOF": "CRRF", "CPF": "CF"}
PLACES = {"centre": "", "hall-1": "centre", "hall-2": "centre"}
USUAL_DAYS = 3
REGISTER = a_register(
    kinds=(a_kind(Family.EXERCISE, usual_days=USUAL_DAYS),),
    forces=tuple(Force(PROGRAMME, code, within=within) for code, within in sorted(FORCES.items())),
    places=tuple(Place(PROGRAMME, code, within=within, capacity=1) for code, within in sorted(PLACES.items())),
)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first = date(2020, 10, 1) + timedelta(days=draw(st.integers(0, 14)))
    period = draw(st.integers(1, 8))
    length = draw(st.sampled_from((period, period, None, 1, 2)))
    if length is not None and length > period:
        length = period
    return Window(first, first + timedelta(days=period - 1), "Europe/Minsk", Precision.DAY, length=length)


@st.composite
def programmes(draw: st.DrawFn) -> list[Event]:
    events: list[Event] = []
    for number in range(draw(st.integers(2, 6))):
        booked = [
            *(
                (BookingSort.PARTY, code)
                for code in draw(st.lists(st.sampled_from(["AM", "BY"]), unique=True, max_size=2))
            ),
            *(
                (BookingSort.FORCE, code)
                for code in draw(st.lists(st.sampled_from(sorted(FORCES)), unique=True, max_size=2))
            ),
            *(
                (BookingSort.PLACE, code)
                for code in draw(st.lists(st.sampled_from(sorted(PLACES)), unique=True, max_size=1))
            ),
        ]
        sittings = tuple(
            replace(window, part=part)
            for part, window in enumerate(draw(st.lists(windows(), min_size=1, max_size=2)), 1)
        )
        links = ()
        if events and draw(st.integers(0, 5)) == 0:
            relation = draw(st.sampled_from((Relation.PART_OF, Relation.AROUND, Relation.WITH, Relation.REPLACES)))
            links = (Link(relation, draw(st.sampled_from(events)).ref),)
        events.append(
            an_event(
                f"E{number}",
                status=draw(st.sampled_from((Status.APPROVED, Status.APPROVED, Status.HELD, Status.CANCELLED))),
                bodies=(draw(st.sampled_from(("CFM", "JS"))),),
                bookings=tuple(Booking(sort, code) for sort, code in booked),
                when=When(Mode.DATED, sittings),
                links=links,
            )
        )
    return events


def above(code: str, tree: dict[str, str]) -> set[str]:
    """The code and everything it lies in, by asking the tree again and again."""
    return {code} | (above(tree[code], tree) if tree[code] else set())


def share(one: Event, other: Event, sort: BookingSort, tree: dict[str, str]) -> bool:
    """True when one books something that is, contains or lies in something the other books."""
    mine, theirs = ([booking.code for booking in event.bookings if booking.sort is sort] for event in (one, other))
    return any(a in above(b, tree) or b in above(a, tree) for a in mine for b in theirs)


def placements(window: Window, length: int) -> list[set[date]]:
    """The days taken in every placement."""
    starts = range((window.last - window.first).days + 1 - length + 1)
    return [{window.first + timedelta(days=start + n) for n in range(length)} for start in starts]


def meets(one: Event, other: Event) -> Certainty | None:
    """Certain when some sittings meet in every placement of the least length, possible when in any of the usual."""
    answers = set()
    for a in one.when.windows:
        for b in other.when.windows:
            usual = [placements(w, w.length or min(USUAL_DAYS, (w.last - w.first).days + 1)) for w in (a, b)]
            least = [placements(w, w.length or 1) for w in (a, b)]
            if all(x & y for x in least[0] for y in least[1]):
                answers.add(Certainty.CERTAIN)
            elif any(x & y for x in usual[0] for y in usual[1]):
                answers.add(Certainty.POSSIBLE)
    return Certainty.CERTAIN if Certainty.CERTAIN in answers else next(iter(answers), None)


def family(event: Event, events: dict[str, Event]) -> str:
    for link in event.links:
        if link.relation in {Relation.PART_OF, Relation.AROUND}:
            return family(events[link.ref], events)
    return event.ref


def belong_together(one: Event, other: Event, events: dict[str, Event]) -> bool:
    heads = {family(one, events), family(other, events)}
    held = {
        frozenset((event.ref, link.ref))
        for event in events.values()
        for link in event.links
        if link.relation is Relation.WITH
    }
    return len(heads) == 1 or frozenset(heads) in held or frozenset((one.ref, other.ref)) in held


def expected(listed: list[Event]) -> dict[str, set[tuple[tuple[str, ...], Certainty]]]:
    events = {event.ref: event for event in listed}
    replaced = {
        link.ref
        for event in listed
        for link in event.links
        if link.relation is Relation.REPLACES and event.status is not Status.CANCELLED
    }
    standing = [event for event in listed if event.status is not Status.CANCELLED and event.ref not in replaced]
    answers: dict[str, set[tuple[tuple[str, ...], Certainty]]] = {"C01": set(), "C02": set(), "C04": set()}
    for one, other in combinations(standing, 2):
        certainty = meets(one, other)
        if certainty is None or belong_together(one, other, events):
            continue
        states = [{b.code for b in event.bookings if b.sort is BookingSort.PARTY} for event in (one, other)]
        # Across levels a merely possible meeting is nothing.
        if states[0] & states[1] and (one.bodies == other.bodies or certainty is Certainty.CERTAIN):
            answers["C01"].add(((one.ref, other.ref), certainty))
        if share(one, other, BookingSort.PLACE, PLACES):
            answers["C02"].add(((one.ref, other.ref), certainty))
        if share(one, other, BookingSort.FORCE, FORCES):
            answers["C04"].add(((one.ref, other.ref), certainty))
    return answers


def said_by_rules(events: list[Event]) -> dict[str, set[tuple[tuple[str, ...], Certainty]]]:
    board = a_board(*reversed(events), register=REGISTER)
    judged = (rule for rule in RULES if rule.code in {"C01", "C02", "C04"})
    answers: dict[str, set[tuple[tuple[str, ...], Certainty]]] = {}
    for rule in judged:
        findings = found(rule, board)
        for joint in (finding for finding in findings if finding.certainty is Certainty.JOINTLY):
            assert not fit_together([event for event in events if event.ref in joint.refs]), joint
        pairs = (finding for finding in findings if finding.certainty is not Certainty.JOINTLY)
        answers[rule.code] = {(finding.refs, finding.certainty) for finding in pairs}
    return answers


def fit_together(events: list[Event]) -> bool:
    """True when some placement of all their sittings, each of its least length, leaves every day to one event."""
    sittings = [(event.ref, placements(w, w.length or 1)) for event in events for w in event.when.windows]
    for placed in product(*(choices for _, choices in sittings)):
        pairs = combinations(zip((ref for ref, _ in sittings), placed, strict=True), 2)
        if not any(x & y for (a, x), (b, y) in pairs if a != b):
            return True
    return False


@given(programmes())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rules_find_what_comparing_every_pair_in_every_placement_finds(events: list[Event]) -> None:
    assert said_by_rules(events) == expected(events)


@pytest.mark.soak
@given(programmes())
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rules_find_what_the_oracle_finds_in_the_long_run(events: list[Event]) -> None:
    assert said_by_rules(events) == expected(events)
