"""What holds where a programme file says nothing: a kind for each family, the words lists use for a status."""

from collections.abc import Mapping

from planner.domain.entries import Disclosure, Family, Kind
from planner.domain.event import Status
from planner.domain.status import APPROVED_OR_PROPOSED
from planner.domain.texts import texts

BLOCKING = frozenset(Family) - {Family.COMMEMORATION, Family.MEDIA}
"""Families whose events occupy people."""

STATUS_MEANINGS = (*(status.value for status in Status), APPROVED_OR_PROPOSED)
STATUS_WORDS: Mapping[str, str] = {
    **{status.value: status.value for status in Status},
    "planned": APPROVED_OR_PROPOSED,
    "запланировано": APPROVED_OR_PROPOSED,
    "по плану": APPROVED_OR_PROPOSED,
    "tentative": "proposed",
    "проект": "draft",
    "черновик": "draft",
    "предложено": "proposed",
    "утверждено": "approved",
    "подтверждено": "confirmed",
    "отложено": "postponed",
    "перенесено": "postponed",
    "отменено": "cancelled",
    "canceled": "cancelled",
    "состоялось": "held",
    "проведено": "held",
}

_KINDS: Mapping[Family, tuple[str, str, str]] = {
    Family.COUNCIL_SESSION: ("CSC", "Council session", "Сессия совета"),
    Family.STATUTORY_MEETING: ("MTG", "Statutory meeting", "Заседание уставного органа"),
    Family.EXERCISE: ("EX", "Exercise", "Учение"),
    Family.EXERCISE_PHASE: ("PH", "Phase of an exercise", "Этап учения"),
    Family.PLANNING_CONFERENCE: ("PLC", "Planning conference", "Штабные переговоры"),
    Family.OPERATION: ("OP", "Operation", "Операция"),
    Family.TRAINING: ("TRN", "Training", "Подготовка"),
    Family.COMMEMORATION: ("COM", "Commemoration", "Памятное мероприятие"),
    Family.CONSULTATION: ("CNS", "Consultation", "Консультации"),
    Family.CONFERENCE: ("CNF", "Conference", "Конференция"),
    Family.MEDIA: ("INF", "Media event", "Информационное мероприятие"),
    Family.EXTERNAL: ("EXT", "Outside event", "Внешнее мероприятие"),
}
_LONG: Mapping[Family, int] = {
    Family.EXERCISE: 5,
    Family.EXERCISE_PHASE: 2,
    Family.OPERATION: 5,
    Family.TRAINING: 5,
    Family.PLANNING_CONFERENCE: 3,
    Family.CONFERENCE: 2,
}
_PUBLIC = frozenset({Family.COMMEMORATION, Family.MEDIA, Family.COUNCIL_SESSION})


def usual_days(family: Family) -> int:
    return _LONG.get(family, 1)


def disclosure_of(family: Family) -> Disclosure:
    return Disclosure.PUBLIC if family in _PUBLIC else Disclosure.MEMBER


def kinds(programme: str) -> tuple[Kind, ...]:
    """One kind for each family, its code the family's name."""
    return tuple(
        Kind(
            programme,
            family.value,
            family,
            texts(en=english, ru=russian),
            prefix=prefix,
            usual_days=usual_days(family),
            blocks=family in BLOCKING,
            disclosure=disclosure_of(family),
        )
        for family, (prefix, english, russian) in _KINDS.items()
    )
