"""Rules that find events in the wrong order, or too near to one another."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from planner.wording.clocks import city_of
from planner.wording.dates import plural, write_day
from planner.wording.sentences import Sentences, Telling

_PHASES = {
    "outside": ("a part lies outside its whole", "этап выходит за пределы целого"),
    "overlap": ("two parts overlap", "два этапа пересекаются"),
    "hole": ("no part covers these days", "эти дни не охвачены ни одним этапом"),
}


def _phase(telling: Telling) -> str:
    return telling.pick(*_PHASES[telling.fact("what")])


def _into_its_whole(telling: Telling) -> str:
    return telling.pick(
        "move the part into its whole, or link it as `around`",
        "перенести этап внутрь целого или связать как `around`",
    )


def _order(telling: Telling) -> str:
    if telling.finding.subject == "":
        return _link(telling)
    body, gap, least = telling.shared("body"), telling.fact("gap"), int(telling.fact("least"))
    if gap:
        return telling.pick(
            f"{body}: meets {_days_before(int(gap), 'en')} the session it prepares, {least} needed",
            f"{body}: заседание {_days_before(int(gap), 'ru')} заседания, которое оно готовит, нужно {least}",
        )
    within = int(telling.fact("within"))
    return telling.pick(
        f"{body}: no meeting in the {within} days before the session it prepares",
        f"{body}: нет заседания за {_in_days(within)} до заседания, которое оно готовит",
    )


def _link(telling: Telling) -> str:
    session, gap = telling.fact("session"), int(telling.fact("gap"))
    [first] = set(telling.finding.refs) - {session}
    if gap < 1:
        return telling.pick(
            f"{first} prepares {session} and is not before it", f"{first} готовит {session}, но не раньше"
        )
    least = telling.fact("least")
    return telling.pick(
        f"{first} is {_days_before(gap, 'en')} {session}, which it prepares, {least} needed",
        f"{first} {_days_before(gap, 'ru')} {session}, которое готовит, нужно {least}",
    )


def _in_order(telling: Telling) -> str:
    latest = telling.fact("latest")
    if not latest:
        session = telling.fact("session")
        [first] = set(telling.finding.refs) - {session}
        return telling.pick(f"end {first} before {session} begins", f"завершить {first} до начала {session}")
    body, day = telling.shared("body"), write_day(date.fromisoformat(latest), telling.language)
    first_day = write_day(date.fromisoformat(telling.fact("earliest")), telling.language)
    return telling.pick(
        f"a meeting of {body} between {first_day} and {day}", f"заседание в период {first_day} – {day} ({body})"
    )


def _milestone(telling: Telling) -> str:
    name = telling.fact(f"name {telling.language}") or telling.fact("name en") or telling.fact("name ru")
    if telling.finding.subject == "missing":
        return telling.pick(f"not planned: {name}", f"не запланировано: {name}")
    gap, days = int(telling.fact("gap")), telling.fact("days")
    return telling.pick(
        f"{name}: {_days_before(gap, 'en')} the exercise, {days} needed",
        f"{name}: {_days_before(gap, 'ru')} учения, нужно {days}",
    )


def _milestone_in_time(telling: Telling) -> str:
    if telling.finding.subject == "missing":
        return telling.pick(
            "plan it, and link it to the exercise as `prepares`", "запланировать и связать с учением как `prepares`"
        )
    exercise = telling.board.named(telling.fact("exercise"))
    [conference] = set(telling.finding.refs) - {telling.fact("exercise")}
    latest = exercise.when.windows[0].first - timedelta(days=int(telling.fact("days")))
    day = write_day(latest, telling.language)
    return telling.pick(f"end {conference} by {day}", f"завершить {conference} не позднее {day}")


def _journey(telling: Telling) -> str:
    states, travel, rest = telling.shared("party"), int(telling.fact("travel")), int(telling.fact("rest"))
    between = int(telling.fact("minutes")) // 60
    english = f"{between} h between the events, {travel + rest} h needed ({travel} h of travel, {rest} h of rest)"
    russian = f"между мероприятиями {between} ч, нужно {travel + rest} ч (дорога {travel} ч, отдых {rest} ч)"
    if not rest:
        english = f"{between} h between the events, {travel} h of travel needed"
        russian = f"между мероприятиями {between} ч, на дорогу нужно {travel} ч"
    end, begin = (_clock(telling, name) for name in ("end", "begin"))
    return f"{states}: {telling.pick(english, russian)}; {end} → {begin}"


def _later_by_hours(telling: Telling) -> str:
    [later] = set(telling.finding.refs) - {telling.fact("earlier")}
    start = _clock(telling, "from")
    return telling.pick(
        f"begin {later} at {start} or later, or send other people",
        f"начать {later} не раньше {start} или направить других",
    )


def _clock(telling: Telling, name: str) -> str:
    """A local time with the city whose clocks show it: "5 Nov 18:00 (Moscow)"."""
    day, clock, zone = telling.fact(name).split(" ")
    return f"{write_day(date.fromisoformat(day), telling.language)} {clock} ({city_of(zone, telling.language)})"


def _recovery(telling: Telling) -> str:
    forces, free, days = telling.shared("force"), int(telling.fact("free")), int(telling.fact("days"))
    return telling.pick(
        f"{forces}: {free} free day{'' if free == 1 else 's'} between the events, {days} needed to recover",
        f"{forces}: между мероприятиями {free} {plural(free, 'свободный день', 'свободных дня', 'свободных дней')}, "
        f"на восстановление нужно {days}",
    )


def _later_by_days(telling: Telling) -> str:
    [later] = set(telling.finding.refs) - {telling.fact("earlier")}
    day = write_day(date.fromisoformat(telling.fact("from")), telling.language)
    return telling.pick(f"begin {later} on {day} or later", f"начать {later} не раньше {day}")


def _local_hours(telling: Telling) -> str:
    said = telling.fact("local").split(" ")
    clocks = []
    for state, moment in zip(said[::2], said[1::2], strict=True):
        at = datetime.fromisoformat(moment)
        clocks.append(f"{telling.names('party', (state,))} {write_day(at.date(), telling.language)} {at:%H:%M}")
    outside = telling.pick("by video outside working hours", "по видео в нерабочие часы")
    return f"{outside}: {', '.join(clocks)}"


def _another_hour(telling: Telling) -> str:
    hours = telling.fact("hours")
    zone = telling.events[0].when.windows[0].zone
    if not hours:
        return telling.pick("no hour suits all; meet in person", "общего рабочего часа нет; провести очно")
    first, last = hours.split("-")
    city = city_of(zone, telling.language)
    return telling.pick(f"begin between {first} and {last} ({city})", f"начать с {first} до {last} ({city})")


def _days_before(gap: int, language: str) -> str:
    if language == "ru":
        return f"за {_in_days(gap)} до"
    return f"{gap} day{'' if gap == 1 else 's'} before"


def _in_days(number: int) -> str:
    return f"{number} {plural(number, 'день', 'дня', 'дней')}"


SENTENCES: Mapping[str, Sentences] = {
    "C06": Sentences(
        ("a session without its preparing meeting before it", "заседание без подготовительного заседания перед ним"),
        _order,
        _in_order,
    ),
    "C07": Sentences(
        ("a milestone too late before its exercise", "этап подготовки слишком поздно перед учением"),
        _milestone,
        _milestone_in_time,
    ),
    "C11": Sentences(
        ("too little time to travel and rest", "мало времени на дорогу и отдых"),
        _journey,
        _later_by_hours,
    ),
    "C12": Sentences(
        ("a video meeting outside working hours", "заседание по видео в нерабочие часы"),
        _local_hours,
        _another_hour,
    ),
    "C13": Sentences(
        ("a force needed before it has recovered", "силы нужны до конца восстановления"),
        _recovery,
        _later_by_days,
    ),
    "C20": Sentences(
        ("a part that does not fit its whole", "этап не вписывается в целое"),
        _phase,
        _into_its_whole,
    ),
}
