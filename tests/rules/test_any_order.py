"""The order in which events come changes nothing, whatever the rule."""

from datetime import date, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.board import Board
from planner.domain.entries import Body, Family, Force, LeadTime, Place, Preparation
from planner.domain.event import Attendance, Booking, BookingSort, Event, Link, Relation, Status
from planner.domain.texts import texts
from planner.domain.window import Mode, Precision, When, Window
from planner.rules import RULES
from planner.services.checking import Options, check
from tests.boards import TODAY, found
from tests.builders import PROGRAMME, a_kind, a_register, an_event

REGISTER = a_register(
    bodies=(
        Body(PROGRAMME, "CFM", level="foreign", prepares=(Preparation("CSC", 2),), leader="MINISTER"),
        Body(PROGRAMME, "CSC", level="heads", host="chair", yearly=2, quorum=4),
        Body(PROGRAMME, "JS", level="staff"),
    ),
    kinds=tuple(
        a_kind(family, lead_times=(LeadTime(texts(en="final"), 30),) if family is Family.EXERCISE else ())
        for family in sorted(Family)
    ),
    forces=(Force(PROGRAMME, "CF"), Force(PROGRAMME, "CPF", within="CF", recovery_days=5)),
    places=(
        Place(PROGRAMME, "bishkek", state="KG", zone="Asia/Bishkek", latitude=42.9, longitude=74.6),
        Place(PROGRAMME, "losvido", state="BY", zone="Europe/Minsk", latitude=55.4, longitude=30.2, capacity=1),
    ),
)
KINDS = [family.value for family in Family]


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first = date(2020, 9, 25) + timedelta(days=draw(st.integers(0, 20)))
    last = first + timedelta(days=draw(st.integers(0, 6)))
    zone = draw(st.sampled_from(("Europe/Minsk", "Asia/Bishkek")))
    if draw(st.integers(0, 3)) == 0:
        at, length = time(draw(st.integers(0, 23))), draw(st.sampled_from((None, 60, 240)))
        return Window(first, first, zone, Precision.TIME, at=at, length=length)
    days = (last - first).days + 1
    return Window(first, last, zone, Precision.DAY, length=draw(st.sampled_from((days, days, 1, None))))


@st.composite
def programmes(draw: st.DrawFn) -> list[Event]:
    """Two to eight events of all kinds, that share states, forces, places, names and links."""
    events: list[Event] = []
    for number in range(draw(st.integers(2, 8))):
        booked = {
            BookingSort.PARTY: draw(st.lists(st.sampled_from(("AM", "BY", "members")), unique=True, max_size=2)),
            BookingSort.FORCE: draw(st.lists(st.sampled_from(("CF", "CPF")), unique=True, max_size=1)),
            BookingSort.PLACE: draw(st.lists(st.sampled_from(("bishkek", "losvido")), unique=True, max_size=1)),
        }
        links = ()
        if events and draw(st.booleans()):
            relation = draw(st.sampled_from(list(Relation)))
            links = (Link(relation, draw(st.sampled_from(events)).ref),)
        events.append(
            an_event(
                f"E{number}",
                kind=draw(st.sampled_from(KINDS)),
                status=draw(st.sampled_from(list(Status))),
                titles=texts(ru=draw(st.sampled_from(("Учение «Щит»", "«Щит-2020», этап 2", "Заседание")))),
                bodies=tuple(draw(st.lists(st.sampled_from(("CFM", "CSC", "JS")), unique=True, max_size=2))),
                host=draw(st.sampled_from(("", "BY", "KG", "RU"))),
                mode=draw(st.sampled_from(list(Attendance))),
                bookings=tuple(Booking(sort, code) for sort, codes in booked.items() for code in codes),
                when=When(Mode.DATED, (draw(windows()),)),
                links=links,
            )
        )
    return events


@given(programmes(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_rule_and_no_check_depends_on_the_order_of_events(events: list[Event], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = events[:]
    chance.shuffle(shuffled)
    one, other = (Board(TODAY, (REGISTER,), tuple(each)) for each in (events, shuffled))

    for rule in RULES:
        assert sorted(map(repr, found(rule, one))) == sorted(map(repr, found(rule, other))), rule.code
    assert check(one, Options(everything=True)).checked == check(other, Options(everything=True)).checked
