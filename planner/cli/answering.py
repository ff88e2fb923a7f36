"""Questions on a terminal: what to do with an import that leaves some open, and each of them once."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.errors import Doubt
from planner.services.teaching import Answer
from planner.wording.dates import plural
from planner.wording.imports import NEW, say_question

if TYPE_CHECKING:
    from planner.services.importing import ImportPlan
    from planner.services.lists import Asked
    from planner.services.three_way import Side


class Choice(StrEnum):
    ANSWER = "d"
    PARTIAL = "p"
    REJECTS = "r"
    ALL = "s"
    STOP = "n"


def choose(plan: "ImportPlan", rejects: Path, language: str) -> Choice:
    """What the person at the terminal wants done with this import; Enter stops."""
    choices = _choices(plan, rejects, language)
    for key, text in choices.items():
        click.echo(f"  [{key.upper() if key is Choice.STOP else key.value}] {text}", err=True)
    while True:
        said = click.prompt("", default="N", show_default=False, prompt_suffix="> ", err=True).strip().casefold()
        # A Russian keyboard left on: the keys where d, p, r, s and n are.
        said = {"в": "d", "з": "p", "к": "r", "ы": "s", "т": "n"}.get(said, said)
        if said in set(choices):
            return Choice(said)


def _choices(plan: "ImportPlan", rejects: Path, language: str) -> Mapping[Choice, str]:
    ru = language == "ru"
    questions = len(plan.questions)
    rows = sum(bool(row.problems) for row in plan.rows)
    good = sum(row.outcome.value in {"new", "changed"} for row in plan.rows)
    found: dict[Choice, str] = {}
    if questions:
        found[Choice.ANSWER] = f"ответить здесь ({questions})" if ru else f"answer the {questions} here"
    if good and not plan.doubts:
        found[Choice.PARTIAL] = (
            f"записать {good} {plural(good, 'изменение', 'изменения', 'изменений')} без этих строк ({rows})"
            if ru
            else f"apply the {good} change{_s(good)} without {'this row' if rows == 1 else f'these {rows} rows'}"
        )
    if rows:
        found[Choice.REJECTS] = f"записать строки в {rejects.name}" if ru else f"write the rows to {rejects.name}"
    found[Choice.ALL] = "показать всё" if ru else "show all"
    found[Choice.STOP] = "стоп" if ru else "stop"
    return found


def answered(asked: "Asked", plan: "ImportPlan", language: str) -> "Asked":
    """What was asked, with the answers to every question; an empty answer leaves one open."""
    for doubt in plan.questions:
        asked = _answer(asked, doubt, language)
    return asked


def _answer(asked: "Asked", doubt: Doubt, language: str) -> "Asked":
    ru = language == "ru"
    click.echo(say_question(doubt, language), err=True)
    if doubt.asks == "day_first":
        words = ["день первым", "месяц первым"] if ru else ["the day comes first", "the month comes first"]
        picked = _pick(words, language)
        return asked if picked is None else replace(asked, day_first=picked == 0)
    if doubt.asks == "side":
        sides: list[Side] = ["theirs", "ours"]
        picked = _pick(["взять из списка", "оставить здешнее"] if ru else ["take the list's", "keep ours"], language)
        return asked if picked is None else replace(asked, sides=(*asked.sides, (doubt.about, sides[picked])))
    if doubt.asks == "removals":
        picked = _pick(["да, полный", "нет"] if ru else ["yes, it is whole", "no"], language)
        return replace(asked, allow_removals=picked == 0)
    options = [*doubt.choices, *(["новое место" if ru else "a new place: add it"] if doubt.asks == "place" else [])]
    picked = _pick(options, language)
    if picked is None:
        return asked
    code = doubt.choices[picked] if picked < len(doubt.choices) else NEW
    return replace(asked, answers=(*asked.answers, Answer(doubt.asks, doubt.about, code)))


def _pick(options: list[str], language: str) -> int | None:
    """The number of the option chosen, from 0; None for Enter, which leaves the question open."""
    for number, option in enumerate(options, 1):
        click.echo(f"    {number}  {option}", err=True)
    later = "Enter: решить позже" if language == "ru" else "Enter: leave it open"
    while True:
        said = click.prompt(f"  1–{len(options)}, {later}", default="", show_default=False, err=True).strip()
        if not said:
            return None
        if said.isdecimal() and 1 <= int(said) <= len(options):
            return int(said) - 1
        sys.stderr.flush()


def _s(count: int) -> str:
    return "" if count == 1 else "s"
