"""C15: one event twice under other names."""

from dataclasses import replace

import pytest

from planner.domain.entries import Force, KnownName, Place
from planner.domain.event import Event, Link, Relation, Status
from planner.domain.finding import Certainty, Severity
from planner.domain.texts import texts
from planner.domain.window import When
from planner.rules.told_twice import RULE
from planner.services.checking import check
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_register, an_event, days, some_time
from tests.rules.cases import each_meeting

KNOWN = (
    KnownName(PROGRAMME, "Нерушимое братство", ("Enduring Brotherhood", "Indestructible Brotherhood")),
    KnownName(PROGRAMME, "Взаимодействие", ("Interaction", "Cooperation")),
)
REGISTER = a_register(
    known_names=KNOWN,
    places=(Place(PROGRAMME, "losvido", texts(en="Losvido range", ru="полигон «Лосвидо»")),),
    forces=(Force(PROGRAMME, "CPF", aliases=("Щит",)),),
)
FIRST = an_event("EX-A", bodies=("JS",), titles=texts(ru="Учение «Нерушимое братство-2020» с миротворческими силами"))


def titled(text: str, language: str = "ru", **fields: object) -> Event:
    return replace(FIRST, ref="EX-B", titles=texts(**{language: text}), **fields)


def pairs(*events: Event) -> list[tuple[str, ...]]:
    return [finding.refs for finding in found(RULE, a_board(*events, register=REGISTER))]


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("КШУ «Нерушимое братство – 2020»", "ru"),
        ("Нерушимое братство – 2020", "ru"),
        ("Indestructible Brotherhood-2020", "en"),
        ("Enduring Brotherhood 2020 with the Collective Peacekeeping Forces", "en"),
        ('Exercise "Enduring Brotherhood"', "en"),
    ],
)
def test_same_name_in_quotes_or_known_is_one_event(title: str, language: str) -> None:
    [finding] = found(RULE, a_board(FIRST, titled(title, language), register=REGISTER))

    assert (finding.refs, finding.severity, finding.certainty) == (
        ("EX-A", "EX-B"),
        Severity.WARNING,
        Certainty.CERTAIN,
    )
    assert finding.shared == ("нерушимое братство",)


@pytest.mark.parametrize(
    "title",
    [
        "Учение с Миротворческими силами",
        "Учение «Взаимодействие-2020» с миротворческими силами",
        "Учение «Нерушимая дружба-2020» с миротворческими силами",
        "«Нерушимое братство-2020», этап 2",
        "Второе учение «Нерушимое братство-2020»",
    ],
    ids=["no name", "another known name", "a name like it", "a stage", "a second one"],
)
def test_likeness_of_words_and_other_numbers_are_not_one_event(title: str) -> None:
    assert pairs(FIRST, titled(title)) == []


def test_different_stages_are_never_one() -> None:
    one, two, again = (titled(f"Операция «Канал», этап {number}") for number in (1, 2, 1))

    assert pairs(replace(one, ref="A"), replace(two, ref="B")) == []
    assert pairs(replace(one, ref="A"), replace(titled("Операция «Канал», II этап"), ref="B")) == []
    assert pairs(replace(one, ref="A"), replace(again, ref="B")) == [("A", "B")]
    assert pairs(replace(two, ref="A"), replace(titled("Операция «Канал», II этап"), ref="B")) == [("A", "B")]


def test_known_name_of_one_generic_word_is_a_name_only_before_a_year_or_alone() -> None:
    commission = titled("Commission on International Cooperation", "en")
    exercise = replace(titled("Cooperation 2020", "en"), ref="EX-C")

    assert pairs(commission, exercise) == []
    assert pairs(exercise, titled("Interaction 2020 with the rapid reaction force", "en")) == [("EX-B", "EX-C")]
    assert pairs(exercise, titled("Interaction", "en")) == [("EX-B", "EX-C")]


@pytest.mark.parametrize("title", ["Перегруппировка на полигон «Лосвидо»", "Сбор сил «Щит»"])
def test_name_of_a_place_or_force_in_quotes_is_no_name_of_an_event(title: str) -> None:
    assert pairs(replace(titled(title), ref="A"), replace(titled(title), ref="B")) == []


@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        ({"bodies": ()}, True),
        ({"bodies": ("JS", "CFM")}, True),
        ({"bodies": ("CFM",)}, False),
        ({"kind": "training"}, False),
        ({"status": Status.CANCELLED}, False),
        ({"links": (Link(Relation.PART_OF, "EX-A"),)}, False),
        ({"links": (Link(Relation.WITH, "EX-A"),)}, False),
        ({"links": (Link(Relation.PREPARES, "EX-A"),)}, False),
        ({"when": some_time("2020-10-01", "2020-12-31")}, True),
        ({"when": some_time("2020-11-01", "2020-12-31")}, False),
    ],
    ids=[
        "body absent", "body among several", "another body", "another family", "cancelled", "a phase", "held together",
        "prepares it", "window overlaps", "window later",
    ],
)  # fmt: skip
def test_body_family_time_and_links_decide(fields: dict[str, object], is_found: bool) -> None:
    assert pairs(FIRST, titled("Нерушимое братство-2020", **fields)) == ([("EX-A", "EX-B")] if is_found else [])


@each_meeting
def test_windows_must_overlap(one: When, other: When, meets: bool) -> None:
    a, b = replace(FIRST, when=one), titled("«Нерушимое братство»", when=other)

    assert pairs(a, b) == ([("EX-A", "EX-B")] if meets else [])


def test_three_of_one_name_give_three_pairs() -> None:
    assert pairs(*(replace(FIRST, ref=ref) for ref in "ABC")) == [("A", "B"), ("A", "C"), ("B", "C")]


def test_approved_one_is_the_event_and_the_draft_repeats_it() -> None:
    draft = replace(FIRST, ref="EX-0", status=Status.PROPOSED)

    [finding] = found(RULE, a_board(FIRST, draft, register=REGISTER))

    assert finding.fact["later"] == "EX-0"


def test_pair_told_twice_gives_no_other_finding_and_the_repetition_none_that_the_event_gives() -> None:
    draft = titled("Нерушимое братство-2020", status=Status.PROPOSED)
    other = an_event("OTHER", bodies=("JS",), when=days("2020-10-14"))

    said = [(f.rule, f.refs, f.also) for f in check(a_board(FIRST, draft, other, register=REGISTER)).listed]

    assert said == [("C01", ("EX-A", "OTHER"), ()), ("C15", ("EX-A", "EX-B"), ())]
