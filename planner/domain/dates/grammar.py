"""From a text to a When, by an ordered table of small patterns; what fits none of them is refused with its place."""

import re
from dataclasses import replace
from datetime import date, timedelta

from planner.domain.dates import words as w
from planner.domain.dates.compound import in_order
from planner.domain.dates.context import CannotRead, Context, NotADate, Unread
from planner.domain.dates.iso import read_iso
from planner.domain.dates.periods import Period, half_year, months, quarter
from planner.domain.dates.plain import Plain, plain
from planner.domain.dates.windows import Windows, read_windows, windows_or_none
from planner.domain.limits import beyond, too_long
from planner.domain.window import Mode, Precision, When, Window, whole_days

MAX_LETTERS = 300
"""Longer texts are no dates; this bounds the time any text takes."""
_NOTED = re.compile(rf"(?:\(?(?:{w.TENTATIVE})\)?[ ,:-]*)?(?P<rest>.+?)(?:(?:, | ?\(|: )(?P<note>[^()]+?)\)?)?")
_OFF = re.compile(rf"(?:.+?[ ,(]+)?(?P<off>{w.STATUS.pattern})\)?|(?P<said>{w.STATUS.pattern})[ ,:].+")
_TOLD = (w.MOVED, w.ARROW, re.compile(rf"(?P<now>.+?){w.FORMER.pattern}"), w.ONLY_FORMER, w.NOW_OPEN)


def read_when(text: str, context: Context) -> When | Unread:
    """When the text says, its words kept; or what in it cannot be read, and why. Never raises, never guesses."""
    said = plain(text[: MAX_LETTERS + 1])
    if not said.text.strip(" -") or len(text) > MAX_LETTERS:
        why = "is too long for a date" if len(text) > MAX_LETTERS else "nothing is said"
        return Unread(text, 0, text[:20], why)
    try:
        return replace(_within_limits(_read(said, text, context)), words=text.strip())
    except NotADate as error:
        return Unread(text, *_first_unknown(_stretch(error.part, said), text))
    except CannotRead as error:
        part = _stretch(error.part or said.text, said)
        return Unread(text, part.at[0], part.source(text), error.why, "", error.remedy, error.readings)


def _within_limits(when: When) -> When:
    """The same. Raises CannotRead for days that no plan has, and for periods no event takes."""
    for window in (*when.windows, *when.former_windows):
        faults = beyond(window.first), beyond(window.last), too_long(window.first, window.last)
        if why := next(filter(None, faults), ""):
            raise CannotRead(why, "correct the year")
    return when


def _stretch(part: str, said: Plain) -> Plain:
    """Where in the text that part stands; the whole where it was put together from several."""
    start = said.text.find(part)
    return Plain(part, said.at[start : start + len(part)]) if start >= 0 and part else said


def _first_unknown(said: Plain, text: str) -> tuple[int, str, str]:
    """Where the first word stands that is no part of any date, else the whole; and the sentence for it."""
    for match in re.finditer(r"[^\W\d_]+", said.text):
        if match[0] not in _KNOWN:
            part = said.cut(*match.span())
            return part.at[0], part.source(text), f"I do not know the word {part.source(text)!r} in a date"
    return said.at[0] if said.at else 0, said.source(text), "is not a date I can read"


_KNOWN = frozenset(
    word
    for words in (w.MONTHS, w.COUNTS, w.SEASONS, w.WEEKDAYS, w.THIRDS, w.ZONES)
    for key in words
    for word in key.split()
) | set(w.SMALL_WORDS.split())


def _read(said: Plain, text: str, context: Context) -> When:
    """The former date first, where one is told of: "17 ноября (первоначально 16 апреля)", "с 9 мая на 24 июня"."""
    programmed = read_iso(text.strip().lower(), context, windows_or_none)
    if programmed is not None:
        return programmed
    off = _OFF.fullmatch(said.text)
    if off is not None:
        part = said.cut(*off.span("off" if off["off"] else "said"))
        why = f"{part.source(text)!r} is no date but a status"
        raise CannotRead(why, "write it in the column of statuses", part=part.text)
    if w.POSTPONED.fullmatch(said.text):
        return When(Mode.UNDATED)
    for pattern in _TOLD:
        told = pattern.fullmatch(said.text)
        if told is None:
            continue
        former = said.cut(*told.span("former"))
        windows = _sittings(former.text, context) if former.text else ()
        now = _moded(told["now"], context) if "now" in pattern.groupindex else When(Mode.UNDATED)
        return replace(now, former=former.source(text), former_windows=windows)
    return _moded(said.text, context)


def _moded(text: str, context: Context) -> When:
    """The modes that are no dates first; what is left is dated."""
    if w.UNDATED.fullmatch(text):
        return _open_or_dated(text, context)
    if w.ALWAYS.fullmatch(text):
        return When(Mode.THROUGHOUT)
    if w.ALL_YEAR.fullmatch(text):
        whole = Window(context.first, context.last, context.zone, Precision.YEAR)
        return When(Mode.THROUGHOUT, (whole,))
    every = w.EVERY.fullmatch(text)
    if every is not None:
        return When(Mode.DATED, _numbered(_every(every, context), context.zone))
    annual = w.ANNUAL.fullmatch(text)
    if annual is not None:
        return When(Mode.DATED, _each_year(annual["a"] or annual["b"], context))
    if w.OFTEN.fullmatch(text):
        why = f"{text!r} names no days"
        raise CannotRead(why, "write each day, or add the series with `planner add --series`", part=text)
    return _in_words(text, context)


def _open_or_dated(text: str, context: Context) -> When:
    """No date, or the one that stands beside the words that it is open: "по согласованию (октябрь)"."""
    both = w.DATED_OPEN.fullmatch(text)
    if both is None or w.UNDATED.fullmatch(both["open"]) is None or both["rest"].startswith("от "):
        return When(Mode.UNDATED)
    return _moded(both["rest"], context)


def has_reserve(text: str) -> bool:
    """True for a text that keeps days in reserve beside its date: "15–16.10 (резерв 22–23.10)"."""
    noted = _NOTED.fullmatch(plain(text).text)
    return noted is not None and noted["note"] is not None and w.RESERVE.fullmatch(noted["note"]) is not None


def _each_year(text: str, context: Context) -> Windows:
    """That day or period in every year of the plan."""
    years = range(context.first.year, context.last.year + 1)
    terms = [(max(date(year, 1, 1), context.first), min(date(year, 12, 31), context.last)) for year in years]
    found = [_sittings(text, replace(context, first=first, last=last)) for first, last in terms]
    return in_order(tuple(each for windows in found for each in windows), text)


def _in_words(text: str, context: Context) -> When:
    during = w.THROUGHOUT.fullmatch(text)
    if during is not None:
        return When(Mode.THROUGHOUT, read_windows(during["rest"], context))
    deadline = w.DEADLINE.fullmatch(text)
    if deadline is not None:
        day = _deadline(deadline["rest"], context)
        return When(Mode.DEADLINE, (whole_days(day, day, context.zone),))
    before = w.BEFORE.fullmatch(text)
    if before is not None:
        _refuse_before(before["rest"], text, context)
    noted = _NOTED.fullmatch(text)
    # A season that is not even said of a year, of which the date is yet to be settled, is no date: a person says which.
    is_vague = noted is not None and noted["note"] is not None and noted["rest"] in w.SEASONS
    if noted is not None and noted["rest"] != text and not is_vague and _is_note(noted["note"], context):
        return _moded(noted["rest"], context)
    return When(Mode.DATED, _sittings(text, context))


def _is_note(note: str | None, context: Context) -> bool:
    """True for a remark that leaves the date as it is: "(по согласованию)", "(TBC)", "(резерв 22–23 октября)"."""
    if note is None or w.UNDATED.fullmatch(note) is not None or re.fullmatch(w.TENTATIVE, note) is not None:
        return True
    reserve = w.RESERVE.fullmatch(note)
    return reserve is not None and windows_or_none(reserve["rest"], context) is not None


def _every(match: re.Match[str], context: Context) -> list[Period]:
    """One period for each quarter, month, half or year of the plan."""
    found: list[Period] = []
    for year in range(context.first.year, context.last.year + 1):
        if match["quarter"]:
            found.extend(quarter(year, number) for number in range(1, 5))
        elif match["month"]:
            found.extend(months(year, number, number, Precision.MONTH) for number in range(1, 13))
        elif match["half"]:
            found.extend(half_year(year, number) for number in (1, 2))
        else:
            found.append(months(year, 1, 12, Precision.YEAR))
    return [each for each in found if each[0] <= context.last and context.first <= each[1]]


def _numbered(periods: list[Period], zone: str) -> Windows:
    return tuple(Window(first, last, zone, precision, part=n) for n, (first, last, precision) in enumerate(periods, 1))


def _deadline(text: str, context: Context) -> date:
    """The last day on which it is in time."""
    if w.END_OF_YEAR.fullmatch(text):
        return context.last
    end_of = w.END_OF.fullmatch(text)
    if end_of is not None:
        return read_windows(end_of["rest"], context)[-1].last
    windows = read_windows(text, context)
    if len(windows) != 1 or not windows[0].is_fixed or windows[0].first != windows[0].last:
        remedy = "name the day, or write 'by the end of …'"
        raise CannotRead(f"{text!r} is not a day to be ready by", remedy, part=text)
    return windows[0].last


def _refuse_before(rest: str, text: str, context: Context) -> None:
    """ "before 10 December" may count the day or not; "by" and "до" do."""
    last = read_windows(rest, context)[0].first
    both = (last - timedelta(days=1), last)
    why = f"{text!r} may mean by {both[0].isoformat()} or by {both[1].isoformat()}"
    raise CannotRead(why, "write 'by' or 'до' and the last day on which it is in time", both, text)


def _sittings(text: str, context: Context) -> Windows:
    """The windows of a text without a mode of its own, numbered and in order."""
    text = w.PHASE_BEHIND.sub("", text)
    parts = w.PHASE.split(text)[1:] if w.PHASE.match(text) else w.SEVERAL.split(text)
    if len(parts) == 1:
        return _open(text, context) or read_windows(text, context)
    return in_order(tuple(window for part in parts for window in read_windows(part, context)), text)


def _open(text: str, context: Context) -> Windows | None:
    """Some time after a day, to the end of the plan."""
    after, since = w.AFTER.fullmatch(text), w.SINCE.fullmatch(text)
    if after is None and since is None:
        return None
    rest = (after or since)["rest"]  # type: ignore[index]
    window = read_windows(rest, context)[-1]
    first = window.first if after is None else window.last + timedelta(days=1)
    if first > context.last:
        raise CannotRead(f"after {rest!r} the plan is over ({context.last.isoformat()})", "name the period", part=text)
    return (Window(first, context.last, context.zone, Precision.ABOUT),)
