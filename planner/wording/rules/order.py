"""Rules that find events in the wrong order, or too near to one another."""

from collections.abc import Mapping

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


SENTENCES: Mapping[str, Sentences] = {
    "C20": Sentences(
        ("a part that does not fit its whole", "этап не вписывается в целое"),
        _phase,
        _into_its_whole,
    ),
}
