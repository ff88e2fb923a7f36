"""Feeds in words: what they take in, at which level, and what they make of events without a day."""

from collections.abc import Mapping

from planner.domain.feed import Approximate, Cancelled, Feed, FeedLanguage, Follows, Level, Undated, followed
from planner.domain.register import Register
from planner.wording.changes import name_of, say_family, say_status
from planner.wording.dates import plural
from planner.wording.entries import pick

_LEVEL: Mapping[Level, tuple[str, str]] = {
    Level.FULL: ("everything, drafts too", "всё, включая черновики"),
    Level.MEMBER: ("for members", "для участников"),
    Level.PUBLIC: ("for everybody", "для всех"),
    Level.BUSY: ("times and parties alone", "только время и участники"),
}
_LANGUAGE: Mapping[FeedLanguage, tuple[str, str]] = {
    FeedLanguage.EN: ("English", "английский"),
    FeedLanguage.RU: ("Russian", "русский"),
    FeedLanguage.BOTH: ("English and Russian", "английский и русский"),
}
_APPROXIMATE: Mapping[Approximate, tuple[str, str]] = {
    Approximate.MARKER: ("on the first day of the period", "в первый день периода"),
    Approximate.SPAN: (
        "over the period, if it has at most ten days",
        "на весь период, если в нём не больше десяти дней",
    ),
    Approximate.LEAVE: ("left out", "не показываются"),
}
_FOLLOWS: Mapping[Follows, tuple[str, str]] = {
    Follows.PLAN: ("the plan as it stands", "план, каков он есть"),
    Follows.RELEASE: ("the latest release", "последний выпуск"),
}
_UNDATED: Mapping[Undated, tuple[str, str]] = {
    Undated.LEAVE: ("left out", "не показываются"),
    Undated.NOTE: ("a note on the day of the decision", "заметка в день решения"),
}
_FIELDS: Mapping[str, tuple[str, str, str]] = {
    "kinds": ("kind", "kinds", "виды"),
    "families": ("", "families of kinds", "группы видов"),
    "bodies": ("body", "bodies", "органы"),
    "states": ("party", "states", "государства"),
    "forces": ("force", "forces", "силы"),
    "places": ("place", "places", "места"),
    "priorities": ("priority", "priorities", "приоритеты"),
    "statuses": ("", "statuses", "статусы"),
}


def say_level(level: Level, language: str) -> str:
    return pick(_LEVEL[level], language)


def say_selection(feed: Feed, register: Register, language: str) -> str:
    """What it takes in: "families of kinds: Exercises; states: Belarus", or that it takes in everything."""
    parts = []
    for field, (sort, *words) in _FIELDS.items():
        values = getattr(feed.selection, field)
        if values:
            names = [_name(field, sort, value, register, language) for value in values]
            parts.append(f"{pick((words[0], words[1]), language)}: {', '.join(names)}")
    return "; ".join(parts) or pick(("all events", "все мероприятия"), language)


def _name(field: str, sort: str, value: str, register: Register, language: str) -> str:
    if field == "families":
        return say_family(value, language)  # type: ignore[arg-type]  # its values are families
    if field == "statuses":
        return say_status(value, language)  # type: ignore[arg-type]  # and statuses
    return name_of(register, sort, value, language)


def say_feed(feed: Feed, register: Register, language: str) -> tuple[tuple[str, str], ...]:
    """(what, how it is) of everything that makes a feed what it is."""
    policy = feed.policy
    titles = " / ".join(title for _, title in feed.titles)
    lines = (
        (("title", "название"), titles),
        (("takes in", "что входит"), say_selection(feed, register, language)),
        (("level", "уровень"), f"{feed.level.value}: {say_level(feed.level, language)}"),
        (("made from", "составляется по"), pick(_FOLLOWS[followed(feed, register.programme)], language)),
        (("language", "язык"), pick(_LANGUAGE[feed.language], language)),
        (("approximate events", "без точного дня"), pick(_APPROXIMATE[policy.approximate], language)),
        (("undated events", "без даты"), pick(_UNDATED[policy.undated], language)),
        (("cancelled events", "отменённые"), _cancelled(feed, language)),
        (("said to be moved", "о переносе сказано"), _days(policy.moved_days, language)),
    )
    return tuple((pick(label, language), text) for label, text in lines if text)


def _cancelled(feed: Feed, language: str) -> str:
    match feed.policy.cancelled:
        case Cancelled.KEEP:
            return pick(("kept", "остаются"), language)
        case Cancelled.DROP:
            return pick(("dropped at once", "сразу убираются"), language)
        case Cancelled.KEEP_DAYS:
            days = _days(feed.policy.cancelled_days, language)
            return pick((f"kept for {days}", f"остаются {days}"), language)


def _days(number: int, language: str) -> str:
    if language == "ru":
        return f"{number} {plural(number, 'день', 'дня', 'дней')}"
    return f"{number} day{'' if number == 1 else 's'}"
