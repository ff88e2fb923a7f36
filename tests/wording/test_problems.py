"""What is wrong with a row reaches a Russian reader in Russian."""

import re

import pytest

from planner.domain.dates import Unread
from planner.errors import Problem
from planner.readers.listing import read_list
from planner.readers.table import read_table
from planner.wording.imports import say_problem
from planner.wording.problems import in_russian
from tests.boards import sample_register

HEADINGS = "ref;title_en;kind;date_text;start;end;people;links;blocks;disclosure;all_day;zone;mode;part_of;facilities"
ROWS = (
    "A-1;One;exercise;12 May 2020;;;many;EX-1 and more;perhaps;secret;;Mars/Olympus;by pigeon;not a ref;tent:x",
    "A-1;;nonsense;31.04.2020;;;;;;;;;;;",
    "A/2;Two;;12;2020-05-02;2020-05-01;;;;;;;;;",
    "A-3;Three;exercise;#REF!;;;;;;;;;;;",
    "A-4;Four;exercise;somewhen;;;;;;;;;;;",
    "A-5;Five;exercise;16–12 October 2020;;;;;;;;;;;",
    "A-6;Six;exercise;Monday 12 May 2020;;;;;;;;;;;",
    "A-7;Seven;exercise;перенесено на май 1820;;;;;;;;;;;",
)
ENGLISH = re.compile(r"(?!planner )(?<![-`'«\w/])[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")


def problems() -> list[Problem]:
    """Everything that is wrong with a list in which most things are."""
    table = read_table("\n".join((HEADINGS, *ROWS)).encode(), "plan.csv")
    return [problem for row in read_list(table, sample_register()).rows for problem in row.problems]


def test_every_sentence_about_a_bad_list_is_in_russian() -> None:
    found = problems()
    assert len(found) > 15

    left = [(said, each.found) for each in found for said in say_problem(each, "ru") if ENGLISH.search(said)]

    assert left == []


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("'A-1' is already in row 2", "«A-1»: уже есть в строке 2"),
        ("could be either of A and B", "может быть как A, так и B"),
        ("'12–16' names days and no month", None),
        ("a day, a range, or a period such as '2020'", None),
    ],
)
def test_sentence_is_known_by_its_form_and_keeps_what_it_quotes(english: str, russian: str | None) -> None:
    said = in_russian(english)

    assert said == russian if russian else said is None or said.startswith("нужен")


def test_what_the_grammar_expects_is_in_russian() -> None:
    assert in_russian(Unread("x", 0, "x", "y").expected) is not None
