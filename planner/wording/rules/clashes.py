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


SENTENCES: Mapping[str, Sentences] = {
    "C01": Sentences(
        ("one delegation required in two places", "одна делегация нужна в двух местах"),
        _participant,
    ),
    "C02": Sentences(
        ("a place booked twice", "место занято дважды"),
        _place,
    ),
    "C04": Sentences(
        ("a force needed in two events", "силы нужны на двух мероприятиях"),
        _force,
    ),
}
