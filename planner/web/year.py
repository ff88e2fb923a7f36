"""The year page as a view: the chart with its looks, the load strip, the agenda, and what has no date."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.entries import Family
from planner.domain.event import Event, Status
from planner.domain.finding import Certainty, Finding
from planner.domain.register import Register
from planner.domain.window import Mode
from planner.services.year import By, Year, YearRow
from planner.web.chart import LANE, Chart, Item, Row, draw, fit
from planner.web.load import Load, load_of
from planner.web.rendering import catalogue
from planner.wording.changes import name_of, say_family, say_place, say_status, title_of
from planner.wording.dates import short_period, write_day, write_when
from planner.wording.entries import short_title
from planner.wording.months import say_month

THEMES: Mapping[Family, str] = {
    Family.COUNCIL_SESSION: "council",
    Family.STATUTORY_MEETING: "council",
    Family.EXERCISE: "exercise",
    Family.EXERCISE_PHASE: "exercise",
    Family.PLANNING_CONFERENCE: "training",
    Family.TRAINING: "training",
    Family.OPERATION: "operation",
    Family.COMMEMORATION: "commemoration",
    Family.MEDIA: "external",
    Family.CONSULTATION: "external",
    Family.CONFERENCE: "external",
    Family.EXTERNAL: "external",
}
"""The six colours of kinds (web.md, "Tokens")."""

MOST_TIES = 100
"""Between more bars than that no lines are drawn: they would hide what they tie."""
Href = Callable[[Event], str]


@dataclass(frozen=True, slots=True)
class Look:
    """How an event is drawn: its classes, where it leads, what is read aloud, and its mark ('', certain, possible)."""

    css: str
    theme: str
    href: str
    says: str
    mark: str = ""
    is_moved: bool = False
    """Whether it stands on other days than in the latest release."""

    @property
    def is_open(self) -> bool:
        """Whether its day is not fixed."""
        return "pl-open" in self.css


@dataclass(frozen=True, slots=True)
class Tie:
    """A thin line between two bars that clash for certain."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """An event in the agenda."""

    event: Event
    look: Look
    when: str
    title: str
    place: str
    status: str


@dataclass(frozen=True, slots=True)
class YearView:
    chart: Chart
    looks: Mapping[str, Look]
    load: Load
    ties: tuple[Tie, ...]
    days_off: tuple[float, ...]
    today: float | None
    today_name: str
    months: tuple[tuple[date, str, tuple[Line, ...]], ...]
    undated: tuple[Line, ...]
    themes: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """In which language, what the rows stand for, which findings may be shown, and where an event's link leads."""

    language: str
    by: By
    href: Href
    findings: tuple[Finding, ...] = ()
    moved: frozenset[str] = frozenset()
    aspect: float | None = None
    """How high the chart may be to its width, for a sheet it should fill; None draws it for a screen."""


def view(year: Year, board: Board, register: Register, asked: Asked) -> YearView:
    """The page as values; geometry, words and looks, nothing left to decide."""
    events = {event.ref: event for row in year.rows for event in row.events}
    everything = (*events.values(), *year.undated)
    marks = _marks(asked.findings)
    looks = {event.ref: _look(event, board, asked, marks.get(board.name(event), "")) for event in everything}
    rows = [_row(row, register, asked, looks) for row in year.rows]
    drawn = fit(rows, year.first, year.last, asked.aspect) if asked.aspect else draw(rows, year.first, year.last)
    ordered = sorted(events.values(), key=_first_day)
    return YearView(
        drawn,
        looks,
        load_of(year, drawn, asked.findings),
        _ties(drawn, {board.name(event): event.ref for event in everything}, asked.findings),
        tuple(round(drawn.x(day), 1) for day in year.shared_days_off),
        round(drawn.x(board.day), 1) if year.first <= board.day <= year.last else None,
        write_day(board.day, asked.language),
        tuple(_agenda(ordered, year, register, asked, looks)),
        tuple(_line(event, register, asked, looks) for event in year.undated),
        tuple(theme for theme in dict.fromkeys(THEMES.values()) if any(look.theme == theme for look in looks.values())),
        len(looks),
    )


def _marks(findings: Iterable[Finding]) -> dict[str, str]:
    """The gravest thing said of each event, by its name in findings."""
    marks: dict[str, str] = {}
    for finding in findings:
        mark = "possible" if finding.certainty is Certainty.POSSIBLE else "certain"
        for ref in finding.refs:
            if marks.get(ref) != "certain":
                marks[ref] = mark
    return marks


def _look(event: Event, board: Board, asked: Asked, mark: str) -> Look:
    theme = theme_of(board, event)
    if event.status in {Status.CANCELLED, Status.POSTPONED}:
        form = "gone"
    elif event.when.mode in {Mode.THROUGHOUT, Mode.DEADLINE}:
        form = "thin"
    elif not event.when.is_fixed:
        form = "open"
    else:
        form = "firm" if event.status in {Status.CONFIRMED, Status.HELD} else "tentative"
    parts = (
        title_of(event, asked.language),
        write_when(event.when, asked.language),
        say_place(event, board.register(event), asked.language),
        "" if event.status is Status.APPROVED else say_status(event.status, asked.language),
        _say_mark(mark, asked.language),
        catalogue(asked.language).gettext("moved since the release") if event.ref in asked.moved else "",
    )
    says = " · ".join(part for part in parts if part)
    return Look(f"pl-{form} pl-{theme}", theme, asked.href(event), says, mark, event.ref in asked.moved)


def theme_of(board: Board, event: Event) -> str:
    """The colour of an event, by its kind."""
    family = board.family(event)
    return THEMES[family] if family is not None else "external"


def _say_mark(mark: str, language: str) -> str:
    say = catalogue(language).gettext
    return {"certain": say("conflict"), "possible": say("possible conflict")}.get(mark, "")


def _row(row: YearRow, register: Register, asked: Asked, looks: Mapping[str, Look]) -> Row:
    say = catalogue(asked.language).gettext
    named = name_of(register, row.sort, row.code, asked.language) if row.code else say("Others")
    caption = say_family(Family(row.group), asked.language) if row.group else ""
    return Row(row.code, named, tuple(_item(e, register, asked, looks[e.ref]) for e in row.events), caption)


def _item(event: Event, register: Register, asked: Asked, look: Look) -> Item:
    label = short_title(event, register, asked.language)
    if event.when.mode is Mode.DATED and not event.when.is_fixed and len(event.when.windows) == 1:
        label += f" · {short_period(event.when.windows[0], asked.language)}"
    stretches = sorted((window.first, _last(event, window.first, window.last)) for window in event.when.windows)
    is_thin = "pl-thin" in look.css
    return Item(event.ref, tuple(stretches), label, bool(look.mark), is_thin)


def _last(event: Event, first: date, last: date) -> date:
    return first + timedelta(days=6) if event.when.mode is Mode.DEADLINE and first == last else last


def _ties(drawn: Chart, refs: Mapping[str, str], findings: Iterable[Finding]) -> tuple[Tie, ...]:
    """A line for each pair that clashes for certain, between the nearest of their bars, where they overlap."""
    places: dict[str, list[float]] = {}
    for row in drawn.rows:
        for placed in row.items:
            places.setdefault(placed.item.key, []).append(placed.y)
    ties: dict[Tie, None] = {}
    for finding in findings:
        inside = drawn.first <= finding.span.first <= drawn.last
        if len(finding.refs) == 2 and finding.certainty is not Certainty.POSSIBLE and inside:
            one, other = (places.get(refs.get(name, ""), []) for name in finding.refs)
            pairs = [(abs(a - b), min(a, b), max(a, b)) for a in one for b in other if a != b]
            if pairs:
                _, top, bottom = min(pairs)
                x = drawn.x(finding.span.first) + drawn.day / 2
                ties[Tie(round(x, 1), top + LANE - 2, bottom + 2)] = None
    return tuple(ties) if len(ties) <= MOST_TIES else ()


def _agenda(
    events: Sequence[Event], year: Year, register: Register, asked: Asked, looks: Mapping[str, Look]
) -> Iterable[tuple[date, str, tuple[Line, ...]]]:
    """The events by the month they begin in, each with its first day and its name; what began before, in the first."""
    months: dict[date, list[Line]] = {}
    for event in events:
        month = max(_first_day(event)[0], year.first).replace(day=1)
        months.setdefault(month, []).append(_line(event, register, asked, looks))
    for month in sorted(months):
        yield month, say_month(month, asked.language), tuple(months[month])


def _first_day(event: Event) -> tuple[date, str]:
    return min(window.first for window in event.when.windows), event.ref


def _line(event: Event, register: Register, asked: Asked, looks: Mapping[str, Look]) -> Line:
    return Line(
        event,
        looks[event.ref],
        write_when(event.when, asked.language),
        title_of(event, asked.language),
        say_place(event, register, asked.language),
        say_status(event.status, asked.language),
    )
