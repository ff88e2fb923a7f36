"""Events to rows and back. Sets are loaded whole: one statement a table, never one an event."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache, partial
from importlib.metadata import version
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, select

from planner.domain.entries import Disclosure
from planner.domain.event import Attendance, Booking, BookingSort, Event, Link, Relation, Role, Status
from planner.domain.shift import Shift
from planner.domain.window import Mode, Precision, When, Window
from planner.store import tables as t
from planner.store.bulk import insert_rows

Row = dict[str, Any]
Where = tuple[str, str]  # programme, ref

_TEXTS = ("titles", "shorts", "remarks", "internal")
_PLAIN = ("kind", "host", "decision", "item", "responsible", "financing", "people", "layer", "foreign_uid")
_FLAGS = ("blocks", "fixed_by_nature", "approximate_by_nature")
# Looking a value up takes a fifth of the time of calling its class, and a plan has hundreds of thousands.
_SORTS, _ROLES = {each.value: each for each in BookingSort}, {each.value: each for each in Role}
_MODES, _STATUSES = {each.value: each for each in Attendance}, {each.value: each for each in Status}
_BATCH = 400  # SQLite takes at most 999 variables in old builds


def load(connection: Connection, programme: str | None = None, ref: str | None = None) -> tuple[Event, ...]:
    """Events in the latest state, sorted by programme and ref."""
    return _load(connection, programme, None if ref is None else [ref])


def load_some(connection: Connection, programme: str, refs: Iterable[str]) -> tuple[Event, ...]:
    """Those of these events of a programme that exist, by ref."""
    wanted = sorted({(programme, ref) for ref in refs})
    return tuple(event for _, batch in batches(wanted) for event in _load(connection, programme, batch))


def _load(connection: Connection, programme: str | None, refs: Sequence[str] | None) -> tuple[Event, ...]:
    def rows(table: Any, *order: Any) -> Sequence[Any]:
        statement = select(table).order_by(*order)
        if programme is not None:
            statement = statement.where(table.c.programme == programme)
        if refs is not None:
            statement = statement.where(table.c.ref.in_(refs))
        return connection.execute(statement).all()

    texts = _grouped(rows(t.event_text, t.event_text.c.language), lambda row: (row.field, row.language, row.text))
    bodies = _grouped(rows(t.event_body, t.event_body.c.position), lambda row: row.body)
    priorities = _grouped(rows(t.event_priority, t.event_priority.c.position), lambda row: row.priority)
    windows = _grouped(rows(t.window, t.window.c.position), lambda row: (row.is_former, _window(row)))
    bookings = _grouped(rows(t.booking, t.booking.c.position), _booking)
    links = _grouped(
        rows(t.link, t.link.c.position), lambda row: Link(Relation(row.relation), row.to_ref, row.gap_days)
    )
    return tuple(
        _event(row, texts[key], windows[key])(
            bodies=tuple(bodies[key]),
            priorities=tuple(priorities[key]),
            bookings=tuple(bookings[key]),
            links=tuple(links[key]),
        )
        for row in rows(t.event, t.event.c.programme, t.event.c.ref)
        for key in [(row.programme, row.ref)]
    )


def _event(row: Any, texts: Iterable[tuple[str, str, str]], windows: list[tuple[bool, Window]]) -> Callable[..., Event]:
    """The event of a row, still without the parts that stand in tables of several."""
    said: dict[str, list[tuple[str, str]]] = {name: [] for name in _TEXTS}
    for field, language, text in texts:
        said[field].append((language, text))
    fields: Row = {name: getattr(row, name) for name in (*_PLAIN, *_FLAGS)}
    fields |= {name: tuple(pairs) for name, pairs in said.items()}
    return partial(
        Event,
        ref=row.ref,
        programme=row.programme,
        status=_STATUSES[row.status],
        mode=_MODES[row.mode],
        when=_when(row, windows),
        disclosure=Disclosure(row.disclosure) if row.disclosure else None,
        **fields,
    )


def _grouped(rows: Iterable[Any], value: Any) -> dict[Where, list[Any]]:
    found: dict[Where, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.programme, row.ref].append(value(row))
    return found


def _window(row: Any) -> Window:
    at = time.fromisoformat(row.at) if row.at else None
    first, last = date.fromisoformat(row.first), date.fromisoformat(row.last)
    return Window(first, last, row.zone, Precision(row.precision), at, row.length, row.part)


def _when(row: Any, windows: list[tuple[bool, Window]]) -> When:
    now = tuple(window for is_former, window in windows if not is_former)
    former = tuple(window for is_former, window in windows if is_former)
    return When(Mode(row.when_mode), now, row.when_words, row.when_former, former)


def _booking(row: Any) -> Booking:
    mode = _MODES[row.mode] if row.mode else None
    return Booking(_SORTS[row.sort], row.code, row.level, _ROLES[row.role], mode, row.quantity)


def shifts(connection: Connection, keys: Iterable[Where] | None = None) -> tuple[Shift, ...]:
    """The sittings of all events, or of these, whose clock time is another instant than when it was written, sorted."""
    w = t.window.c
    columns = (w.programme, w.ref, w.part, w.first, w.last, w.zone, w.precision, w.at, w.length, w.starts, w.tzdata)
    statement = select(*columns).where(w.starts.is_not(None), w.is_former.is_(False))
    found = []
    for row in _rows_of(connection, statement, keys):
        was, now = datetime.fromisoformat(row.starts), datetime.fromisoformat(_instant(_window(row)))
        if was != now:
            found.append(Shift(row.programme, row.ref, row.part, was, now, row.zone, row.tzdata or ""))
    return tuple(sorted(found))


def _rows_of(connection: Connection, statement: Any, keys: Iterable[Where] | None) -> Iterator[Any]:
    if keys is None:
        yield from connection.execute(statement)
        return
    for programme, refs in batches(keys):
        its = t.window.c
        yield from connection.execute(statement.where(its.programme == programme, its.ref.in_(refs)))


def versions(connection: Connection, keys: Iterable[Where]) -> dict[Where, tuple[int, int]]:
    """(version, sequence) of those of these events that exist."""
    columns = (t.event.c.programme, t.event.c.ref, t.event.c.version, t.event.c.sequence)
    return {
        (row.programme, row.ref): (row.version, row.sequence)
        for programme, refs in batches(keys)
        for row in connection.execute(select(*columns).where(t.event.c.programme == programme, t.event.c.ref.in_(refs)))
    }


def batches(keys: Iterable[Where]) -> Iterator[tuple[str, list[str]]]:
    """The refs of each programme, in lots that one statement can name."""
    by_programme: dict[str, list[str]] = defaultdict(list)
    for programme, ref in keys:
        by_programme[programme].append(ref)
    for programme, refs in by_programme.items():
        for start in range(0, len(refs), _BATCH):
            yield programme, refs[start : start + _BATCH]


def save(connection: Connection, events: Sequence[tuple[Event, int]], revision: int) -> None:
    """Writes these events as they now are, each with its SEQUENCE; none of them may be there."""
    insert_rows(connection, t.event, [_event_row(event, sequence, revision) for event, sequence in events])
    for table, rows_of in _PARTS:
        insert_rows(connection, table, [row for event, _ in events for row in rows_of(event)])


def remove(connection: Connection, keys: Iterable[Where]) -> None:
    """Takes these events out of the latest state; their rows elsewhere go with them."""
    for programme, refs in batches(keys):
        connection.execute(delete(t.event).where(t.event.c.programme == programme, t.event.c.ref.in_(refs)))


# Rows are tuples in the order of the columns of their table (tables.py): a plan has hundreds of thousands.
def _event_row(event: Event, sequence: int, revision: int) -> tuple[Any, ...]:
    when = event.when
    return (
        event.programme,
        event.ref,
        event.kind,
        event.status.value,
        event.mode.value,
        event.host,
        event.decision,
        event.item,
        event.responsible,
        event.financing,
        event.people,
        event.blocks,
        event.fixed_by_nature,
        event.approximate_by_nature,
        event.disclosure.value if event.disclosure else None,
        event.layer,
        event.foreign_uid,
        when.mode.value,
        when.words,
        when.former,
        sequence,
        revision,
    )


def _text_rows(event: Event) -> list[tuple[Any, ...]]:
    said = (
        ("titles", event.titles),
        ("shorts", event.shorts),
        ("remarks", event.remarks),
        ("internal", event.internal),
    )
    return [(event.programme, event.ref, field, *each) for field, texts in said for each in texts]


def _body_rows(event: Event) -> list[tuple[Any, ...]]:
    return [(event.programme, event.ref, n, code) for n, code in enumerate(event.bodies)]


def _priority_rows(event: Event) -> list[tuple[Any, ...]]:
    return [(event.programme, event.ref, n, code) for n, code in enumerate(event.priorities)]


def _window_rows(event: Event) -> list[tuple[Any, ...]]:
    both = ((False, event.when.windows), (True, event.when.former_windows))
    return [
        (event.programme, event.ref, is_former, n, *_window_columns(each))
        for is_former, windows in both
        for n, each in enumerate(windows)
    ]


def _window_columns(window: Window) -> tuple[Any, ...]:
    is_instant = window.at is not None and window.is_fixed
    return (
        window.part,
        window.first.isoformat(),
        window.last.isoformat(),
        window.zone,
        window.precision.value,
        window.at.isoformat() if window.at is not None else None,
        window.length,
        _instant(window) if is_instant else None,
        _tzdata() if is_instant else None,
    )


def _instant(window: Window) -> str:
    assert window.at is not None
    local = datetime.combine(window.first, window.at, ZoneInfo(window.zone))
    return local.astimezone(UTC).isoformat(timespec="microseconds")


@cache
def _tzdata() -> str:
    return version("tzdata")


def _booking_rows(event: Event) -> list[tuple[Any, ...]]:
    programme, ref = event.programme, event.ref
    return [
        (
            programme,
            ref,
            n,
            each.sort.value,
            each.code,
            each.level,
            each.role.value,
            each.mode.value if each.mode else None,
            each.quantity,
        )
        for n, each in enumerate(event.bookings)
    ]


def _link_rows(event: Event) -> list[tuple[Any, ...]]:
    return [
        (event.programme, event.ref, n, each.relation.value, each.ref, each.gap_days)
        for n, each in enumerate(event.links)
    ]


_PARTS = (
    (t.event_text, _text_rows),
    (t.event_body, _body_rows),
    (t.event_priority, _priority_rows),
    (t.window, _window_rows),
    (t.booking, _booking_rows),
    (t.link, _link_rows),
)
