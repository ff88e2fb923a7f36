"""How every rule speaks: one template per rule, one module per group of rules."""

from collections.abc import Mapping

from planner.rules import Need
from planner.wording.rules import authority, clashes, days_off, order, supply, year
from planner.wording.sentences import Both, Sentences

SENTENCES: Mapping[str, Sentences] = {
    **clashes.SENTENCES,
    **days_off.SENTENCES,
    **order.SENTENCES,
    **authority.SENTENCES,
    **supply.SENTENCES,
    **year.SENTENCES,
}
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
    Need.ACCOUNTABLE: (
        "no event names anybody responsible or a financing",
        "ни у одного мероприятия не указан исполнитель или источник финансирования",
    ),
    Need.CHAIRED_BODIES: ("no body meets at the chair's", "нет органов, которые собираются у председателя"),
    Need.DECISIONS: ("no kind needs a decision", "ни одному виду мероприятий не нужно решение"),
    Need.MINIMUM: ("no body has a yearly minimum", "ни у одного органа нет годового минимума"),
    Need.OUTSIDE_DATES: ("there is no outside event or layer", "нет внешних мероприятий и слоёв"),
    Need.PEOPLE: ("no event has a number of people", "ни у одного мероприятия нет численности"),
    Need.PRIORITIES: ("the programme has no priorities", "в программе нет приоритетов"),
    Need.REPLIES: (
        "no reply is recorded, or no body has a quorum",
        "ответы не записаны или ни у одного органа нет кворума",
    ),
    Need.SUPPLY: (
        "no facility has a supply, no place room for several events",
        "ни у одного средства нет запаса, ни одно место не вмещает нескольких мероприятий",
    ),
    Need.RECOVERY_DAYS: ("no force has recovery days", "ни у одних сил не указаны дни восстановления"),
}
"""What a silent rule is waiting for."""
