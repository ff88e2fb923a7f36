"""Rules that find two events claiming the same people, place or force."""

from collections.abc import Mapping

from planner.domain.finding import Certainty
from planner.wording.dates import plural
from planner.wording.sentences import Sentences, Telling


def _together(telling: Telling) -> str:
    """How many days events that cannot all take place need: "together 36 days of the 30 there are"."""
    if telling.finding.certainty is not Certainty.JOINTLY:
        return ""
    needed, days = telling.fact("needed"), telling.fact("days")
    return telling.pick(
        f", together for {needed} days where there are {days}", f", вместе дней: {needed}, а есть только {days}"
    )


def _participant(telling: Telling) -> str:
    states, level = telling.shared("party"), telling.fact("level")
    if telling.fact("levels") == "different":
        return states + telling.pick(" needed at both, at different levels", ": нужны на обоих, разные уровни")
    every, each = telling.every
    if level:
        said = telling.pick(f" needed at {every}, at one level ({level})", f": нужны на {each}, один уровень ({level})")
    else:
        said = telling.pick(f" needed at {every}, level not stated", f": нужны на {each}, уровень не указан")
    return states + said + _together(telling)


def _place(telling: Telling) -> str:
    times = len(telling.finding.refs)
    said = telling.pick("booked twice", "занято дважды")
    if times > 2:
        said = telling.pick(f"booked {times} times", f"занято {times} {plural(times, 'раз', 'раза', 'раз')}")
    return f"{telling.shared('place')}: {said}{_together(telling)}"


def _force(telling: Telling) -> str:
    times = len(telling.finding.refs)
    said = telling.pick("needed in two events", "нужны на двух мероприятиях")
    if times > 2:
        said = telling.pick(f"needed in {times} events", f"нужны на {times} мероприятиях")
    return f"{telling.shared('force')}: {said}{_together(telling)}"


def _official(telling: Telling) -> str:
    return f"{telling.shared('party')}: {telling.pick('needed at both', 'нужны на обоих')}"


def _host(telling: Telling) -> str:
    state, count = telling.shared("party"), len(telling.finding.refs)
    return telling.pick(
        f"{state} hosts {count} large events in one week", f"{state}: крупных мероприятий за одну неделю — {count}"
    )


def _another_week(telling: Telling) -> str:
    return telling.pick(
        "move one of them to another week, or to another host",
        "перенести одно из них на другую неделю или в другое государство",
    )


def _twice(telling: Telling) -> str:
    names = ", ".join(f"«{name[:1].upper()}{name[1:]}»" for name in telling.finding.shared)
    return telling.pick(f"{names}: one event told twice", f"{names}: одно мероприятие названо дважды")


def _only_once(telling: Telling) -> str:
    later = telling.board.named(telling.fact("later"))
    [first] = [event for event in telling.events if event != later]
    how = telling.command(first, f"link {first.ref} {later.ref} --as replaces")
    return telling.pick(
        f"keep one ({how}), or give them names of their own",
        f"оставить одно ({how}) или дать им разные названия",
    )


SENTENCES: Mapping[str, Sentences] = {
    "C01": Sentences(
        ("one delegation required in two places", "одна делегация нужна в двух местах"),
        _participant,
    ),
    "C02": Sentences(
        ("a place booked twice", "место занято дважды"),
        _place,
    ),
    "C03": Sentences(
        ("a host of too many large events in a week", "слишком много крупных мероприятий за неделю"),
        _host,
        _another_week,
    ),
    "C05": Sentences(
        ("a named official in two events", "должностное лицо нужно на двух мероприятиях"),
        _official,
    ),
    "C15": Sentences(
        ("one event told twice", "одно мероприятие названо дважды"),
        _twice,
        _only_once,
    ),
    "C04": Sentences(
        ("a force needed in two events", "силы нужны на двух мероприятиях"),
        _force,
    ),
}
