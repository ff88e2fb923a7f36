"""Times that clocks skip or show twice (P25): refused or chosen by offset, in every zone of the built-in states."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

from planner.domain.dates import Context, Unread, read_when
from planner.domain.window import When, local_end
from planner.readers import states
from planner.wording.dates import write_when
from planner.wording.iso import write_iso

PLACES = {"Europe/Vienna", "America/New_York", "Asia/Almaty", "Asia/Tehran", "Australia/Lord_Howe"}
ZONES = sorted({state.zone for code in states.codes() if (state := states.state_named(code)) and state.zone} | PLACES)
MINUTE = timedelta(minutes=1)
Jump = tuple[datetime, timedelta, timedelta]
"""The instant of a change, and the offsets before and after it."""


def changes_of(zone: str) -> Iterator[Jump]:
    """Every change of the clock from 2020 to 2035, to the minute."""
    clock = ZoneInfo(zone)
    day, end, step = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC), timedelta(days=6)
    while day < end:
        before, after = offset(day, clock), offset(day + step, clock)
        if before != after:
            minutes = bisect_left(range(step // MINUTE), True, key=partial(has_changed, day, before, clock))
            yield day + minutes * MINUTE, before, after
        day += step


def has_changed(day: datetime, before: timedelta, clock: ZoneInfo, minutes: int) -> bool:
    return offset(day + minutes * MINUTE, clock) != before


def offset(instant: datetime, clock: ZoneInfo) -> timedelta:
    found = instant.astimezone(clock).utcoffset()
    assert found is not None
    return found


@cache
def changes() -> tuple[tuple[str, *Jump], ...]:
    return tuple((zone, *change) for zone in ZONES for change in changes_of(zone))


def read(text: str, zone: str, local: datetime) -> When | Unread:
    return read_when(text, Context(zone, date(local.year, 1, 1), date(local.year, 12, 31)))


def test_zones_of_the_register_have_changes_to_look_at() -> None:
    assert {"Asia/Almaty", "Europe/Vienna", "America/New_York"} <= {zone for zone, *_ in changes()}
    assert len(changes()) > 1000


def test_time_that_a_clock_skips_or_shows_twice_is_never_shifted() -> None:
    for zone, instant, before, after in changes():
        middle = (instant + (before + after) / 2).replace(tzinfo=None)
        text = f"{middle:%Y-%m-%d, %H:%M}"

        unread = read(text, zone, middle)

        assert isinstance(unread, Unread), (zone, text)
        if after > before:
            assert unread.why == f"{middle:%H:%M} does not exist on {middle:%Y-%m-%d} in {zone}: clocks go forward"
        else:
            assert unread.why == f"{middle:%H:%M} comes twice on {middle:%Y-%m-%d} in {zone}: clocks go back"
            chosen = [at(f"{text} {said(each)}", zone, middle, each) for each in (before, after)]
            assert chosen == [(middle - each).replace(tzinfo=UTC) for each in (before, after)]


def said(hours: timedelta) -> str:
    minutes = hours // timedelta(minutes=1)
    return f"(UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60}{f':{abs(minutes) % 60:02}' if minutes % 60 else ''})"


def at(text: str, zone: str, local: datetime, each: timedelta) -> datetime:
    """The instant that was read; an offset no zone stands for is refused by name, which is no shift either."""
    when = read(text, zone, local)
    if isinstance(when, Unread) and each % timedelta(hours=1):
        assert "is the offset of no zone I know" in when.why
        return (local - each).replace(tzinfo=UTC)
    assert isinstance(when, When), (text, when)
    window = when.windows[0]
    assert window.at is not None
    return datetime.combine(window.first, window.at, ZoneInfo(window.zone)).astimezone(UTC)


def test_session_across_a_change_lasts_as_long_as_its_clock_says() -> None:
    for zone, instant, before, after in changes():
        starts = (instant - timedelta(hours=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        ends = (instant + timedelta(hours=3)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        if starts.date() != ends.date() or before - after >= timedelta(hours=1):
            continue  # across midnight, or the start itself is one of the hours that come twice
        text = f"{starts:%Y-%m-%d, %H:%M}–{ends:%H:%M}"

        when = read(text, zone, starts)

        assert isinstance(when, When), (text, when)
        window = when.windows[0]
        assert (window.length, local_end(window, window.length or 0)) == (240, ends)
        for written in (write_when(when, "en"), write_when(when, "ru"), write_iso(when)):
            again = read(written, zone, starts)
            assert isinstance(again, When)
            assert again.windows == when.windows


def test_session_that_ends_in_the_hour_that_comes_twice_is_refused() -> None:
    context = Context("Europe/Vienna", date(2020, 1, 1), date(2020, 12, 31))

    unread = read_when("25 October 2020, 01:00–02:30", context)

    assert isinstance(unread, Unread)
    assert (unread.why, unread.remedy) == (
        "02:30 comes twice on 2020-10-25 in Europe/Vienna: clocks go back",
        "write the offset: (UTC+2) or (UTC+1)",
    )
