"""One builder per noun, with dull defaults, so that a test shows only what matters to it."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from planner.domain.entries import Body, Disclosure, Family, Force, Kind, Party, Place, Programme, Standing
from planner.domain.event import Attendance, Booking, BookingSort, Event, Link, Relation, Role, Status
from planner.domain.feed import Approximate, Cancelled, Feed, FeedLanguage, Level, Policy, Selection, Undated
from planner.domain.register import Register
from planner.domain.texts import texts
from planner.domain.window import Mode, Precision, When, Window, whole_days

PROGRAMME = "TEST-2020"
ZONE = "Europe/Moscow"


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(first: str, last: str | None = None, zone: str = ZONE) -> When:
    """A fixed When of whole days, both included."""
    return When(Mode.DATED, (whole_days(day(first), day(last or first), zone),))


def hours(on: str, start: int, end: int | None = None, zone: str = ZONE) -> When:
    """A When with a clock time, on full hours; without an end when none is given."""
    length = None if end is None else (end - start) * 60
    return When(Mode.DATED, (Window(day(on), day(on), zone, Precision.TIME, at=time(start), length=length),))


def some_time(
    first: str, last: str, length: int | None = None, precision: Precision = Precision.MONTH, zone: str = ZONE
) -> When:
    """An approximate When: somewhere in the period, of that many days if stated."""
    return When(Mode.DATED, (Window(day(first), day(last), zone, precision, length=length),))


def a_programme(code: str = PROGRAMME, **fields: Any) -> Programme:
    usual: dict[str, Any] = {
        "organisation": texts(en="Test Organisation", ru="Организация"),
        "chair": "RU",
        "first": date(2020, 1, 1),
        "last": date(2020, 12, 31),
        "zone": ZONE,
        "members": ("AM", "BY", "KG", "KZ", "RU", "TJ"),
        "languages": ("en", "ru"),
    }
    return Programme(code, **(usual | fields))


ZONES = {
    "AM": "Asia/Yerevan",
    "BY": "Europe/Minsk",
    "KG": "Asia/Bishkek",
    "KZ": "Asia/Almaty",
    "RU": "Europe/Moscow",
    "TJ": "Asia/Dushanbe",
}


def a_register(programme: Programme | None = None, **fields: Any) -> Register:
    """Six member states, a kind for each family, two bodies, a tree of forces, a range, and two cities."""
    its = programme or a_programme()
    code = its.code
    usual: dict[str, Any] = {
        "parties": tuple(Party(code, state, standing=Standing.MEMBER, zone=zone) for state, zone in ZONES.items()),
        "bodies": (
            Body(code, "CFM", texts(en="Council of Foreign Ministers"), level="foreign"),
            Body(code, "CSC", texts(en="Collective Security Council"), level="heads"),
            Body(code, "JS", texts(en="Joint Staff"), level="staff"),
        ),
        "kinds": tuple(a_kind(family, programme=code) for family in sorted(Family)),
        "forces": (
            Force(code, "CF", texts(en="Collective Forces")),
            Force(code, "CPF", texts(en="Collective Peacekeeping Forces"), within="CF"),
            Force(code, "POLICE", texts(en="Law enforcement agencies"), general=True),
        ),
        "places": (
            Place(code, "bishkek", texts(en="Bishkek"), state="KG", zone="Asia/Bishkek"),
            Place(code, "losvido", texts(en="Losvido range"), state="BY", zone="Europe/Minsk", capacity=1),
            Place(code, "moscow", texts(en="Moscow"), state="RU", zone="Europe/Moscow"),
        ),
    }
    return Register(its, **(usual | fields))


def a_kind(family: Family, code: str | None = None, programme: str = PROGRAMME, **fields: Any) -> Kind:
    """The plain kind of a family: its code is the family's name; commemorations and media do not occupy people."""
    usual: dict[str, Any] = {"blocks": family not in {Family.COMMEMORATION, Family.MEDIA}}
    return Kind(programme, code or family.value, family, **(usual | fields))


def an_event(ref: str = "EX-2020-A", **fields: Any) -> Event:
    """An approved exercise of AM and BY on 12-16 October, unless said otherwise.

    `states`, `forces` and `places` are short for bookings of these codes.
    """
    booked = [
        *((BookingSort.PARTY, code) for code in fields.pop("states", ("AM", "BY"))),
        *((BookingSort.FORCE, code) for code in fields.pop("forces", ())),
        *((BookingSort.PLACE, code) for code in fields.pop("places", ())),
    ]
    usual: dict[str, Any] = {
        "programme": PROGRAMME,
        "kind": "exercise",
        "status": Status.APPROVED,
        "titles": texts(en=f"Event {ref}", ru=f"Мероприятие {ref}"),
        "when": days("2020-10-12", "2020-10-16"),
        "bookings": tuple(Booking(sort, code) for sort, code in booked),
    }
    return Event(ref, **(usual | fields))


def with_observer(event: Event, state: str) -> Event:
    """The same event with one more state that only observes."""
    return replace(event, bookings=(*event.bookings, Booking(BookingSort.PARTY, state, role=Role.OBSERVER)))


def a_full_feed(name: str = "exercises-in-belarus") -> Feed:
    """A feed with a value in every field, none of them the default."""
    selection = Selection(
        ("exercise",), (Family.EXERCISE,), ("JS",), ("BY",), ("CPF",), ("losvido",), ("P10",), (Status.CONFIRMED,)
    )
    policy = Policy(Approximate.SPAN, Undated.NOTE, Cancelled.KEEP, 30, 7)
    titles = texts(en="Exercises in Belarus", ru="Учения в Беларуси")
    return Feed(PROGRAMME, name, titles, selection, FeedLanguage.BOTH, Level.FULL, policy, is_off=True)


def a_full_event(ref: str = "EX-2020-FULL") -> Event:
    """An event with a value in every field, none of them the default."""
    window = Window(day("2020-10-12"), day("2020-10-16"), "Europe/Minsk", Precision.DAY, length=5, part=2)
    timed = Window(day("2020-11-06"), day("2020-11-06"), "Asia/Dushanbe", Precision.TIME, time(9, 30), 90, part=3)
    former = Window(day("2020-04-01"), day("2020-06-30"), "Europe/Minsk", Precision.QUARTER)
    return Event(
        ref,
        PROGRAMME,
        "exercise",
        status=Status.CONFIRMED,
        titles=texts(en="Enduring, \"quoted\"; 'marked' \\ slashed", ru="«Нерушимое братство»\nвторая строка"),
        shorts=texts(en="Enduring", ru="Братство"),
        when=When(Mode.DATED, (window, timed), "12-16 октября, 6 ноября 09:30", "II квартал", (former,)),
        bodies=("JS", "CFM"),
        host="BY",
        mode=Attendance.MIXED,
        bookings=(
            Booking(BookingSort.PARTY, "BY", "heads", Role.HOST, Attendance.IN_PERSON, 12),
            Booking(BookingSort.PARTY, "AM", "", Role.OPTIONAL, Attendance.VIDEO),
            Booking(BookingSort.FORCE, "CPF", quantity=900),
            Booking(BookingSort.PLACE, "losvido"),
            Booking(BookingSort.FACILITY, "interpretation", quantity=2),
        ),
        links=(Link(Relation.PART_OF, "EX-2020-A"), Link(Relation.PREPARES, "EX-2020-B", 30)),
        priorities=("P10", "P11"),
        decision="CSC 2019-11-28",
        item="4.2",
        responsible="Joint Staff; ministries of defence",
        financing="hosts",
        people=900,
        remarks=texts(en="More than 900 people", ru="Более 900 человек"),
        internal=texts(ru="только для служебного пользования"),
        blocks=False,
        fixed_by_nature=True,
        approximate_by_nature=True,
        disclosure=Disclosure.PUBLIC,
        layer="regional exercises",
        foreign_uid="4711@example.org",
    )
