"""How every rule speaks: one template per rule, one module per group of rules."""

from collections.abc import Mapping

from planner.rules import Need
from planner.wording.rules import clashes, days_off, order
from planner.wording.sentences import Both, Sentences

SENTENCES: Mapping[str, Sentences] = {**clashes.SENTENCES, **days_off.SENTENCES, **order.SENTENCES}
"""Per rule code how it speaks."""

NEEDS: Mapping[Need, Both] = {
    Need.CLOCK_TIME: ("no meeting by video has a clock time", "ни у одного заседания по видео не указано время"),
    Need.COORDINATES: ("no place has coordinates", "ни у одного места нет координат"),
    Need.LEADERS: ("no body or kind has a leader", "ни у органа, ни у вида мероприятий не указан руководитель"),
    Need.LEAD_TIMES: ("no kind has a lead time", "ни у одного вида мероприятий не указан срок подготовки"),
    Need.NAMES: (
        "no event has a name in quotes or a known name",
        "ни у одного мероприятия нет названия в кавычках или известного",
    ),
    Need.PREPARATIONS: (
        "no body prepares another, and no event is linked as `prepares`",
        "ни один орган не готовит другой, и нет связей `prepares`",
    ),
    Need.RECOVERY_DAYS: ("no force has recovery days", "ни у одних сил не указаны дни восстановления"),
}
"""What a silent rule is waiting for."""
