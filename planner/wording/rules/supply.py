"""Rules about outside dates, and about what people and things can bear: tempo, capacity, notice."""

from collections.abc import Mapping
from datetime import date

from planner.wording.dates import plural
from planner.wording.sentences import Sentences, Telling


def _outside(telling: Telling) -> str:
    what = telling.fact("what")
    if what == "stale":
        days = (telling.finding.span.first - date.fromisoformat(telling.fact("read"))).days
        return telling.pick(
            f"the outside layer {telling.fact('layer')!r} was read {days} days ago",
            f"слой «{telling.fact('layer')}» прочитан {days} {plural(days, 'день', 'дня', 'дней')} назад",
        )
    people = telling.names("party", telling.fact("people").split())
    forces = telling.names("force", telling.fact("forces").split())
    both = "; ".join(part for part in (people, forces) if part)
    if what == "same":
        return telling.pick(f"{both} needed at an outside event", f"{both}: нужны на внешнем мероприятии")
    who = f", {both}" if both else ""
    return telling.pick(f"on an outside date to be kept free{who}", f"в дни, которые нужно оставить свободными{who}")


def _move_ours(telling: Telling) -> str:
    if telling.fact("what") == "stale":
        layer = telling.fact("layer")
        return telling.pick(
            f"read it again (planner layer refresh {layer!r})", f'прочитать заново (planner layer refresh "{layer}")'
        )
    ours = next((event for event in telling.events if not telling.board.is_outside(event)), telling.events[0])
    how = telling.command(ours, f'move {ours.ref} "…"')
    return telling.pick(
        f"move {ours.ref}; the outside event is not ours to move ({how})",
        f"перенести {ours.ref}: внешнее мероприятие от нас не зависит ({how})",
    )


def _tempo(telling: Telling) -> str:
    states, level, days = telling.shared("party"), telling.fact("level"), int(telling.fact("days"))
    count = int(telling.fact("count"))
    at = telling.pick(f" ({level})", f" ({level})") if level else ""
    return telling.pick(
        f"{states}{at}: {count} events, too many for any {days} days",
        f"{states}{at}: {count} {plural(count, 'мероприятие', 'мероприятия', 'мероприятий')}, "
        f"много для {days} {plural(days, 'дня', 'дней', 'дней')} подряд",
    )


def _spread(telling: Telling) -> str:
    return telling.pick("spread them, or send other people", "развести по времени или направить других людей")


def _capacity(telling: Telling) -> str:
    name = telling.shared(telling.fact("sort"))
    needed, supply = telling.fact("needed"), telling.fact("supply")
    return telling.pick(
        f"{name}: {needed} needed at one time, {supply} there",
        f"{name}: одновременно нужно {needed}, есть {supply}",
    )


def _share(telling: Telling) -> str:
    return telling.pick(
        "move one of them, book less, or raise the supply in the programme file",
        "перенести одно из них, заказать меньше или увеличить запас в файле программы",
    )


def _notice(telling: Telling) -> str:
    people, days, due = telling.fact("people"), int(telling.fact("days")), telling.day("due")
    length = f"{days} {plural(days, 'день', 'дня', 'дней')}"
    if telling.fact("what") == "late":
        return telling.pick(
            f"{people} people: notice of {days} days was to be given by {due}",
            f"{people} человек: уведомить за {length} нужно было до {due}",
        )
    return telling.pick(
        f"{people} people: notice of {days} days is due by {due}",
        f"{people} человек: уведомить за {length} нужно до {due}",
    )


def _say_when_told(telling: Telling) -> str:
    return telling.pick(
        'give notice and accept this (planner waive HANDLE --reason "told on …"), or move it later',
        'уведомить и принять (planner waive HANDLE --reason "уведомили …") либо перенести на более поздний срок',
    )


SENTENCES: Mapping[str, Sentences] = {
    "C14": Sentences(
        ("an event of ours on a fixed outside date", "наше мероприятие в день внешнего"), _outside, _move_ours
    ),
    "C21": Sentences(
        ("more events of one delegation than it can carry", "у делегации слишком много мероприятий подряд"),
        _tempo,
        _spread,
    ),
    "C22": Sentences(
        ("more of a facility booked than there is", "заказано больше средств, чем есть"), _capacity, _share
    ),
    "C23": Sentences(
        ("notice of a large exercise due or late", "срок уведомления о крупном учении"), _notice, _say_when_told
    ),
}
