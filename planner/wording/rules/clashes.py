"""Rules that find two events claiming the same people, place or force."""

from collections.abc import Mapping

from planner.wording.sentences import Sentences, Telling


def _participant(telling: Telling) -> str:
    states, level = telling.shared("party"), telling.fact("level")
    if level:
        return states + telling.pick(
            f" needed at both, at one level ({level})", f": нужны на обоих, один уровень ({level})"
        )
    return states + telling.pick(" needed at both, at different levels", ": нужны на обоих, разные уровни")


def _place(telling: Telling) -> str:
    return f"{telling.shared('place')}: {telling.pick('booked twice', 'занято дважды')}"


def _force(telling: Telling) -> str:
    return f"{telling.shared('force')}: {telling.pick('needed in two events', 'нужны на двух мероприятиях')}"


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
