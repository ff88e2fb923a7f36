"""Rules that find events on days on which people do not work."""

from collections.abc import Mapping
from datetime import date

from planner.domain.entries import Holiday
from planner.domain.event import Event
from planner.domain.texts import text_in
from planner.wording.changes import name_of
from planner.wording.dates import write_day
from planner.wording.sentences import Sentences, Telling


def _host(telling: Telling) -> str:
    return f"{telling.pick('day off of the host', 'нерабочий день принимающей стороны')}, {_holidays(telling)}"


def _participant(telling: Telling) -> str:
    return f"{telling.pick('day off of a participant', 'нерабочий день участника')}, {_holidays(telling)}"


def _another_day(telling: Telling) -> str:
    states = telling.shared("party")
    return telling.pick(f"another day, or the agreement of {states}", f"другой день или согласие ({states})")


def _holidays(telling: Telling) -> str:
    [event] = telling.events
    codes = set(" ".join(telling.fact("days").split()).split(" ")[1::2])
    found = [h for s in telling.finding.shared for h in telling.board.holidays(event, s) if h.day.isoformat() in codes]
    return "; ".join(_holiday(telling, holiday, event) for holiday in found)


def _holiday(telling: Telling, holiday: Holiday, event: Event) -> str:
    state = name_of(telling.board.register(event), "party", holiday.state, telling.language)
    name = text_in(telling.language, holiday.names)
    estimated = telling.pick(" (estimated)", " (расчётная дата)") if holiday.estimated else ""
    return f"{state}: {write_day(holiday.day, telling.language)}{f', {name}' if name else ''}{estimated}"


def _weekend(telling: Telling) -> str:
    days = ", ".join(write_day(date.fromisoformat(day), telling.language) for day in telling.fact("days").split())
    return telling.pick(f"starts or ends on a weekend, {days}", f"начинается или завершается в выходной, {days}")


def _working_day(telling: Telling) -> str:
    return telling.pick("begin and end on working days", "начать и завершить в рабочие дни")


SENTENCES: Mapping[str, Sentences] = {
    "C08": Sentences(
        ("a working event on a day off of its host", "рабочее мероприятие в нерабочий день принимающей стороны"),
        _host,
        _another_day,
    ),
    "C09": Sentences(
        ("a working event on a day off of a participant", "рабочее мероприятие в нерабочий день участника"),
        _participant,
        _another_day,
    ),
    "C10": Sentences(
        ("an event that starts or ends on a weekend", "мероприятие начинается или завершается в выходной"),
        _weekend,
        _working_day,
    ),
}
