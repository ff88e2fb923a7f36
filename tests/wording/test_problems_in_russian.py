"""Every sentence that says what is wrong with a list has its Russian: the code is walked for all of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import Problem
from planner.wording.imports import say_where, say_whole
from planner.wording.problems import in_russian

ROOT = Path(__file__).parents[2]
SAYING = {"Problem": (1, 2, 3), "problem": (1, 2, 3), "wrong": (1, 2, 3), "doubt": (1, 2), "Trouble": (1, 2)}
SAYING |= {"Refused": (0, 1), "Doubt": (1, 2, 3)}
"""What makes a problem, and at which places its sentences stand."""
NAMED = frozenset({"found", "remedy", "expected", "trouble"})
OF_PROGRAMME_FILES = frozenset({"programme.py", "toml.py", "rules.py", "entries.py", "holidays.py", "states.py"})
SERVICES = ("lists", "importing", "teaching", "rejected", "exporting", "identity", "reissued")
CALENDARS = ("foreign", "source", "moments", "recurring")
FILES = (
    *(path for path in sorted((ROOT / "planner/readers").glob("*.py")) if path.name not in OF_PROGRAMME_FILES),
    *sorted((ROOT / "planner/domain/dates").glob("*.py")),
    *(ROOT / f"planner/services/{name}.py" for name in SERVICES),
    *(ROOT / f"calendars/{name}.py" for name in CALENDARS),
    ROOT / "planner/cli/lists.py",
)
MADE_OF_OTHERS = frozenset({"'x': x", "is x", "seems to be x", "1 to x"})
"""Sentences whose words come from other places of the code, which are walked themselves."""


def written(node: ast.expr) -> Iterator[str]:
    """The sentences an expression may be, 7 or a word for what is put in."""
    if isinstance(node, ast.IfExp):
        yield from (*written(node.body), *written(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(map(_part, node.values))


def _part(node: ast.expr) -> str:
    if isinstance(node, ast.FormattedValue):
        return "'x'" if node.conversion == ord("r") else "\1"
    assert isinstance(node, ast.Constant)
    return str(node.value)


def sentences(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            places = SAYING.get(name, ())
            said = [node.args[at] for at in places if at < len(node.args)]
            said += [each.value for each in node.keywords if places and each.arg in NAMED]
        elif isinstance(node, ast.Assign):
            target = node.targets[0]
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            said = [value for each, value in pairs if isinstance(each, ast.Name) and each.id in NAMED]
        else:
            continue
        for each in said:
            yield from written(each)


def forms(sentence: str) -> list[str]:
    return [sentence.replace("\1", "7"), sentence.replace("\1", "x")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sentence_about_a_list_has_its_russian(path: Path) -> None:
    found = [forms(sentence) for sentence in sentences(path)]

    left = [each for each in found if not any(in_russian(form) or form in MADE_OF_OTHERS for form in each)]

    assert left == []


def test_the_walk_finds_the_sentences() -> None:
    assert sum(len(list(sentences(path))) for path in FILES) > 200


def test_what_a_file_seems_to_be_has_its_russian() -> None:
    from planner.readers import kinds

    tables = (kinds._SIGNATURES, kinds._TEXTS, kinds._OF_OLE, kinds._PARTS, kinds._MIMETYPES)
    said = {text for table in tables for row in table for text in row[1:] if text}

    assert [text for text in said if in_russian(text) is None] == []
    assert in_russian("seems to be a PDF document") == "похоже, это документ PDF"
    assert in_russian(kinds.INSTEAD) is not None


@pytest.mark.parametrize(
    ("found", "russian"),
    [
        ("has 1 rules", "1 правило"),
        ("has 3 rules", "3 правила"),
        ("has 11 rules", "11 правил"),
        ("has 1,021 bytes", "1,021 байт"),
        ("1 or 2 cells between bars, where the table has 3", "1 или 2 ячейки между чертами, а в таблице 3"),
        (
            "no column 'date_text' or 'start' among the 21 headings",
            "среди 21 заголовка нет столбца «date_text» или «start»",
        ),
    ],
)
def test_numbers_have_their_three_forms(found: str, russian: str) -> None:
    assert in_russian(found) == russian


def test_problem_in_one_line_is_russian_from_where_to_what_to_do() -> None:
    problem = Problem('plan.csv, row 3, column "date_text"', "'x' is not a day", "", "write the year", 3, "date_text")

    assert say_whole(problem, "ru") == "plan.csv, строка 3, столбец «сроки»: «x»: такого дня нет; напишите год"
    assert say_where("list.docx, table 2, row 4", "ru") == "list.docx, таблица 2, строка 4"
