"""A plan as the planner exports it in JSON, to a grid: each event says the columns it has."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from planner.errors import BadInput, Problem
from planner.readers.grid import Grid, Row
from planner.readers.guard import Guard
from planner.readers.text import checked, decoded

FORMAT = "council-planner/plan"
VERSION = "1"
_WORDS = {True: "yes", False: "no", None: ""}


class _TwiceError(ValueError):
    """A key that one object has twice: which value counts is anybody's guess."""


def read_plan(content: bytes, guard: Guard, encoding: str | None = None) -> Grid:
    """A row for each event, numbered from 1, and its columns as headings.

    Raises BadInput for what is no JSON, or JSON that is not a plan of ours.
    """
    file_name = guard.file_name
    text, _ = decoded(content, file_name, encoding)
    plan = _loaded(checked(text, file_name), file_name)
    events = _events(plan, file_name)
    guard.count(len(events), "events")
    columns = _columns(events)
    revision = plan.get("revision")
    added = () if revision is None or "revision" in columns else ("revision",)
    heading = guard.check(Row(0, (*columns, *added), "keys"))
    rows = (_row(n, event, columns, file_name, (_short(revision),) * len(added)) for n, event in enumerate(events, 1))
    programme = plan.get("programme")
    whole = (heading, *(guard.check(row) for row in rows))
    return Grid("JSON", whole, programme=programme if isinstance(programme, str) else "")


def _events(plan: Any, file_name: str) -> list[Any]:
    if not isinstance(plan, dict) or plan.get("format") != FORMAT:
        expected = f'a plan with "format": "{FORMAT}"'
        raise BadInput(
            Problem(file_name, "is JSON, but not a plan", expected, "export one, or save the list as CSV or a workbook")
        )
    if plan.get("version") != VERSION:
        found = f"is a plan of version {_short(plan.get('version'))}"
        raise BadInput(Problem(file_name, found, f"version {VERSION}", "use the planner that wrote it, or a newer one"))
    events = plan.get("events")
    if not isinstance(events, list):
        raise BadInput(Problem(file_name, "is a plan without events", '"events": [ … ]'))
    return events


def _loaded(text: str, file_name: str) -> Any:
    """The value in the text; numbers stay as they are written."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        where = f"{file_name}, line {error.lineno}, character {error.colno}"
        is_cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        remedy = "it may be cut off: send the whole file" if is_cut else ""
        raise BadInput(Problem(where, f"not JSON ({error.msg})", remedy=remedy)) from error
    except (_TwiceError, RecursionError) as error:
        found = str(error) if isinstance(error, _TwiceError) else "is nested too deeply"
        raise BadInput(Problem(file_name, found, "a plan as it was exported")) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _TwiceError(f"one object has the key {_short(twice)!r} twice")
    return found


def _no_constant(name: str) -> Any:
    raise _TwiceError(f"has {name}, which is no value")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _columns(events: Sequence[Any]) -> tuple[str, ...]:
    """Every key of any event, in the order in which they first come."""
    return tuple(dict.fromkeys(key for event in events if isinstance(event, dict) for key in event))


def _row(number: int, event: Any, columns: Iterable[str], file_name: str, added: tuple[str, ...]) -> Row:
    label = f"event {number}"
    if not isinstance(event, dict):
        where = f"{file_name}, {label}"
        raise BadInput(Problem(where, f"{_short(event)!r} is not an event", "an object of columns", row=number))
    problems: list[Problem] = []
    cells = tuple(_cell(event.get(name), name, f"{file_name}, {label}", number, problems) for name in columns)
    return Row(number, (*cells, *added), label, tuple(problems))


def _cell(value: Any, column: str, where: str, number: int, problems: list[Problem]) -> str:
    place = f'{where}, column "{_short(column)}"'
    if isinstance(value, list | dict):
        kind = "a list" if isinstance(value, list) else "an object"
        problems.append(Problem(place, f"is {kind}", "a text", "several by semicolons", row=number, column=column))
        return ""
    return value if isinstance(value, str) else _WORDS[value]
