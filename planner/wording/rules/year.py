"""Rules about the year as a whole: coverage, accountability, cadence, and what nobody settled."""

from collections.abc import Mapping

from planner.wording.coverage import say_quarter
from planner.wording.dates import plural
from planner.wording.sentences import Sentences, Telling

_COLUMNS = {
    "responsible": ("nobody is named as responsible", "не указан исполнитель"),
    "financing": ("no financing is named", "не указано финансирование"),
}


def _coverage(telling: Telling) -> str:
    quarter = say_quarter(int(telling.fact("year")), int(telling.fact("quarter")), telling.language, with_year=True)
    [code] = telling.finding.shared
    return telling.pick(
        f"{code} {telling.shared('priority')}: no event in {quarter}",
        f"{code} {telling.shared('priority')}: нет мероприятий, {quarter}",
    )


def _plan_one(telling: Telling) -> str:
    return telling.pick(
        "plan an event, or name the priority in one there is (planner coverage)",
        "запланировать мероприятие или указать приоритет у имеющегося (planner coverage)",
    )


def _accountable(telling: Telling) -> str:
    missing = [telling.pick(*_COLUMNS[column]) for column in telling.fact("missing").split()]
    return "; ".join(missing)


def _name_them(telling: Telling) -> str:
    [event] = telling.events
    sets = " ".join(f"--set {column}=…" for column in telling.fact("missing").split())
    return telling.command(event, f"edit {event.ref} {sets}")


def _cadence(telling: Telling) -> str:
    least, planned = telling.fact("least"), int(telling.fact("planned"))
    days = (telling.finding.span.last - telling.finding.span.first).days + 1
    body = telling.shared("body")
    if telling.board.day > telling.finding.span.last:
        return telling.pick(
            f"{body}: met {planned} time{'' if planned == 1 else 's'}, at least {least} were due",
            f"{body}: заседаний {planned}, должно быть не менее {least}",
        )
    return telling.pick(
        f"{body}: {planned} planned of at least {least}, and {days} day{'' if days == 1 else 's'} are left",
        f"{body}: запланировано {planned}, нужно не менее {least}; осталось {days} "
        f"{plural(days, 'день', 'дня', 'дней')}",
    )


def _plan_meetings(telling: Telling) -> str:
    return telling.pick(
        "plan the missing meetings, or accept with a reason",
        "запланировать недостающие заседания или принять с причиной",
    )


def _unsettled(telling: Telling) -> str:
    count = len(telling.finding.refs)
    return telling.pick(
        f"{count} event{' is' if count == 1 else 's are'} over and still planned",
        f"{count} {plural(count, 'мероприятие прошло', 'мероприятия прошли', 'мероприятий прошли')} и не закрыты",
    )


def _settle(telling: Telling) -> str:
    return telling.pick("say what became of them (planner settle)", "отметить, чем они кончились (planner settle)")


SENTENCES: Mapping[str, Sentences] = {
    "C24": Sentences(
        ("a priority without an event in a quarter", "приоритет без мероприятий в квартале"), _coverage, _plan_one
    ),
    "C25": Sentences(
        (
            "an event without anybody responsible, or financing",
            "мероприятие без исполнителя или источника финансирования",
        ),
        _accountable,
        _name_them,
    ),
    "C26": Sentences(
        ("a body below its yearly minimum", "орган собирается реже положенного"), _cadence, _plan_meetings
    ),
    "C27": Sentences(
        ("events that are over and still planned", "прошедшие мероприятия не закрыты"), _unsettled, _settle
    ),
}
