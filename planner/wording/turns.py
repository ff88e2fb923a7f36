"""What turned between two states of the plan, a line for each event."""

from collections import Counter
from collections.abc import Mapping, Sequence

from planner.domain.event import BookingSort, Event
from planner.domain.register import Register
from planner.domain.turn import Turn, Turned
from planner.wording.changes import name_of, say_mode, say_status, say_value, title_of
from planner.wording.dates import plural, write_when
from planner.wording.entries import pick

_NAME: Mapping[Turn, tuple[str, str]] = {
    Turn.NEW: ("new", "новое"),
    Turn.WITHDRAWN: ("no longer in the plan", "исключено из плана"),
    Turn.CANCELLED: ("cancelled", "отменено"),
    Turn.POSTPONED: ("postponed", "отложено"),
    Turn.REINSTATED: ("takes place after all", "всё же состоится"),
    Turn.MOVED: ("moved", "перенесено"),
    Turn.PLACE: ("place", "место"),
    Turn.MODE: ("form", "форма"),
    Turn.STATUS: ("status", "статус"),
    Turn.TITLE: ("title", "наименование"),
    Turn.PARTIES: ("participants", "участники"),
}


def say_turn(turn: Turn, language: str) -> str:
    """What turned, in a word or two."""
    return pick(_NAME[turn], language)


def say_turns(turned: Turned, register: Register, language: str) -> str:
    """What turned of one event: "moved: 9 May 2020 → 24 June 2020; place: Minsk → Moscow"."""
    return "; ".join(_say(turn, turned, register, language) for turn in turned.turns)


def say_turned(turned: Turned, register: Register, language: str) -> str:
    """The event and what turned of it, with the paper and the reason, in one line."""
    event = turned.event
    line = f"{event.ref}  {title_of(event, language)}: {say_turns(turned, register, language)}"
    return f"{line} ({'; '.join(why)})" if (why := say_why(turned, register, language)) else line


def say_why(turned: Turned, register: Register, language: str) -> tuple[str, ...]:
    """The decision and the reason, each where there is one."""
    decision = name_of(register, "decision", turned.event.decision, language) if turned.event.decision else ""
    return tuple(" ".join(text.split()) for text in (decision, turned.reason) if text)


def count_turns(told: Sequence[Turned], language: str) -> str:
    """How many events turned, and how: "4 events changed (moved: 3, cancelled: 1)"."""
    count = len(told)
    if not count:
        return pick(("nothing that people must be told", "ничего, о чём нужно сообщать"), language)
    by_turn = Counter(each.turns[0] for each in told)
    parts = ", ".join(f"{say_turn(turn, language)}: {by_turn[turn]}" for turn in Turn if turn in by_turn)
    if language == "ru":
        return f"{count} {plural(count, 'мероприятие', 'мероприятия', 'мероприятий')} с изменениями ({parts})"
    return f"{count} event{'' if count == 1 else 's'} changed ({parts})"


def _say(turn: Turn, turned: Turned, register: Register, language: str) -> str:
    before, after = turned.before, turned.after
    name = say_turn(turn, language)
    if before is None or after is None:
        return ", ".join(part for part in (name, write_when(turned.event.when, language)) if part)
    if turn in {Turn.CANCELLED, Turn.POSTPONED} and before.when.windows:
        was = write_when(before.when, language)
        return f"{name} ({pick(('it was', 'было'), language)} {was})"
    if turn in {Turn.CANCELLED, Turn.POSTPONED, Turn.REINSTATED}:
        return name
    was, now = (_value(turn, event, register, language) or "–" for event in (before, after))
    return f"{name}: {was} → {now}"


def _value(turn: Turn, event: Event, register: Register, language: str) -> str:
    match turn:
        case Turn.MOVED:
            return write_when(event.when, language)
        case Turn.PLACE:
            return say_value("places", event.booked(BookingSort.PLACE), register, language)
        case Turn.MODE:
            return say_mode(event.mode, language)
        case Turn.STATUS:
            return say_status(event.status, language)
        case Turn.PARTIES:
            return say_value("parties", event.booked(BookingSort.PARTY), register, language)
        case _:
            return title_of(event, language)
