"""An import before it is applied, as people read it on a terminal of any width and in a pipe, and as JSON."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.cli.tables import width
from planner.domain.change import Difference
from planner.domain.listing import Outcome
from planner.domain.register import Register
from planner.domain.texts import Texts
from planner.errors import Problem
from planner.services.importing import ImportPlan, PlannedRow
from planner.wording import imports as words
from planner.wording.changes import say_field, say_sort, say_value, title_of
from planner.wording.dates import write_when
from planner.wording.findings import say_finding_line
from planner.wording.notes import say_note

if TYPE_CHECKING:
    from planner.services.forecasting import Forecast, Tally

SHOWN = 20
"""Rows of one group that a preview names before it only counts them; `--all` names every one."""
FINDINGS_SHOWN = 5
WEIGHTY = frozenset({"when", "places", "mode"})
"""Fields whose change people must see first."""
INDENT = 18
ROOM = 24  # columns that a value needs beside what stands before it
_COLOURS = {"+": "green", "~": "yellow", "?": "magenta", "!": "red"}


def say_preview(plan: ImportPlan, register: Register, language: str, day_first: bool | None, everything: bool) -> None:
    """How the file was taken, then the five groups, each row with what to do about it."""
    assert plan.run is not None
    click.echo(words.say_source(plan.run, len(plan.run.rows), day_first, language))
    for note in plan.notes:
        _say_lines("  ", [("", say_note(note, language), "")], indent=2)
    label = "Столбцы" if language == "ru" else "Columns"
    _flow(f"{label}   ", words.say_columns(plan.columns, language))
    for section in plan.sections:
        word = "Раздел, строка" if language == "ru" else "Section in row"
        click.echo(f"{word} {section.number}: {section.text}{f' → {section.kind}' if section.kind else ''}")
    _say_additions(plan, language)
    click.echo()
    for outcome in Outcome:
        if plan.count(outcome):
            _say_group(plan, outcome, register, language, everything)
    for doubt in plan.doubts:
        _say_lines("  ? ", [("", *words.say_problem(doubt, language))])
    if plan.gone:
        gone = words.say_gone(_some(plan.gone, everything), len(plan.gone), language)
        _say_lines("", [("", f"{gone} {words.say_cancel(language)}", "")], indent=0)
    if plan.phases:
        click.echo(words.say_phases(plan.phases, language))


def say_outlook(coming: "Forecast | Tally", language: str, everything: bool, is_asked: bool) -> None:
    """What would come of applying it, the gravest conflicts named; of very many changes, what was counted."""
    from planner.services.forecasting import Tally

    ru = language == "ru"
    nothing = (" Пока ничего не записано." if ru else " Nothing is written yet.") if is_asked else ""
    if isinstance(coming, Tally):
        _flow("", [f"{words.say_tally(coming.created, coming.cleared, language)}{nothing}"])
        return
    click.echo(f"{words.say_forecast_counts(coming.created, coming.cleared, language)}{nothing}")
    for sign, findings in (("+", coming.created), ("−", coming.cleared)):
        shown = findings if everything else findings[:FINDINGS_SHOWN]
        for finding in shown:
            _say_lines(f"    {sign} ", [("", say_finding_line(finding, coming.board, language), "")], indent=6)
        if len(findings) > len(shown):
            more = len(findings) - len(shown)
            click.echo(f"    {sign} {f'… ещё {more}' if ru else f'… and {more} more'} (planner check)")


def preview_data(
    plan: ImportPlan, register: Register, language: str, coming: "Forecast | Tally | None"
) -> dict[str, Any]:
    """The same for a script; the values as people read them."""
    assert plan.run is not None
    run = plan.run
    return {
        "file": run.file_name,
        "sha256": run.sha256,
        "form": run.encoding,
        "sheet": run.sheet,
        "header_row": run.header_row,
        "list": run.list_name,
        "columns": [{"heading": heading, "column": column or None} for heading, column in plan.columns],
        "counts": {outcome.value: plan.count(outcome) for outcome in Outcome},
        "rows": [_row_data(row, register, language) for row in plan.rows],
        "doubts": [str(doubt) for doubt in plan.doubts],
        "gone": list(plan.gone),
        "phases": [list(pair) for pair in plan.phases],
        "would_write": len(plan.changes),
        **_outlook_data(coming),
    }


def _outlook_data(coming: "Forecast | Tally | None") -> dict[str, Any]:
    """`conflicts` by their ids; of very many changes `double_bookings`, counted."""
    from planner.services.forecasting import Tally

    if isinstance(coming, Tally):
        return {"conflicts": None, "double_bookings": {"created": coming.created, "cleared": coming.cleared}}
    if coming is None:
        return {"conflicts": None}
    return {"conflicts": {name: [each.id for each in getattr(coming, name)] for name in ("created", "cleared")}}


def _row_data(row: PlannedRow, register: Register, language: str) -> dict[str, Any]:
    return {
        "row": row.number,
        "ref": row.ref or None,
        "outcome": row.outcome.value,
        "changes": [
            {
                "field": each.field,
                "before": say_value(each.field, each.before, register, language),
                "after": say_value(each.field, each.after, register, language),
            }
            for each in (row.differences if row.outcome is Outcome.CHANGED else row.clashes)
        ],
        "problems": [
            {"column": each.column, "found": each.found, "expected": each.expected, "remedy": each.remedy}
            for each in row.problems
        ],
    }


def _say_additions(plan: ImportPlan, language: str) -> None:
    """What comes into the programme with this list."""
    new = [
        change.after for change in plan.changes if change.before is None and change.key.sort not in {"event", "list"}
    ]
    sorts = sorted({record.sort for record in new if record is not None})
    label = "В программу войдут: " if language == "ru" else "New to the programme: "
    for sort in sorts:
        names = [_name(record) for record in new if record is not None and record.sort == sort]
        _flow(label + say_sort(sort, language) + " ", [f"«{name}»" for name in names[:SHOWN]] + _rest(len(names)))


def _name(record: Any) -> str:
    said: Texts = getattr(record, "names", ()) or getattr(record, "titles", ())
    return next((text for _, text in said), str(record.code))


def _rest(count: int) -> list[str]:
    return [f"… +{count - SHOWN}"] if count > SHOWN else []


def _say_group(plan: ImportPlan, outcome: Outcome, register: Register, language: str, everything: bool) -> None:
    sign = words.SIGNS[outcome]
    rows = [row for row in plan.rows if row.outcome is outcome]
    label = f"  {sign} {words.say_outcome(outcome, len(rows), language)}"
    lines = list(_lines(plan, outcome, rows, register, language, everything))
    _say_lines(label, lines, colour=_COLOURS.get(sign))


Line = tuple[str, str, str]
"""What stands before, the text, and what to do, which goes below it."""


def _lines(
    plan: ImportPlan, outcome: Outcome, rows: list[PlannedRow], register: Register, language: str, everything: bool
) -> Iterator[Line]:
    if outcome is Outcome.NEW:
        yield from _new(plan, rows, language, everything)
    elif outcome is Outcome.UNCHANGED:
        known = [row.ref for row in rows if row.ref in set(plan.matched)]
        if known:
            yield "", f"{words.say_matched(language)} {_some(known, everything)}", ""
    elif outcome is Outcome.CHANGED:
        yield from _changed(plan, rows, register, language, everything)
    else:
        yield from _in_doubt(plan, rows, register, language, everything)


def _new(plan: ImportPlan, rows: list[PlannedRow], language: str, everything: bool) -> Iterator[Line]:
    given = set(plan.given)
    if everything:
        for row in rows:
            assert row.event is not None  # a new row that could not be read is none of these
            said = f"{title_of(row.event, language)} · {write_when(row.event.when, language)}"
            yield f"{words.say_row(row.number, row.label, language)}  {row.ref}  ", said, ""
        return
    had = [row.ref for row in rows if row.ref not in given]
    gets = [row.ref for row in rows if row.ref in given]
    if had:
        yield "", _some(had, everything), ""
    if gets:
        yield "", f"{_some(gets, everything)} {words.say_given(len(gets), language)}", ""


def _changed(
    plan: ImportPlan, rows: list[PlannedRow], register: Register, language: str, everything: bool
) -> Iterator[Line]:
    if not everything:
        # What moves, is cancelled or changes its place is seen first, however many remarks were added.
        rows = sorted(rows, key=lambda row: not any(_is_weighty(each) for each in row.differences))
    shown = rows if everything else rows[:SHOWN]
    numbered = max((len(words.say_row(row.number, row.label, language)) for row in shown), default=0)
    refs = max((len(row.ref) for row in shown), default=0)
    fields = max((len(say_field(d.field, language)) for row in shown for d in row.differences), default=0)
    is_narrow = INDENT + numbered + refs + fields + 6 > max(width(), 60) - ROOM
    for row in shown:
        head = f"{words.say_row(row.number, row.label, language):<{numbered}}  {row.ref:<{refs}}  "
        if is_narrow:
            yield "", head.rstrip(), ""
            head = "  "
        for different in row.differences:
            yield f"{head}{say_field(different.field, language):<{fields}}  ", _arrow(different, register, language), ""
            head = " " * len(head)
    if len(rows) > len(shown):
        more = len(rows) - len(shown)
        yield "", f"… ещё {more} (--all)" if language == "ru" else f"… and {more} more (--all)", ""
    matched = [row.ref for row in rows if row.ref in set(plan.matched)]
    if matched:
        yield "", f"{words.say_matched(language)} {_some(matched, everything)}", ""


def _arrow(different: Difference, register: Register, language: str) -> str:
    before = say_value(different.field, different.before, register, language) or "–"
    after = say_value(different.field, different.after, register, language) or "–"
    return f"{before} → {after}"


def _in_doubt(
    plan: ImportPlan, rows: list[PlannedRow], register: Register, language: str, everything: bool
) -> Iterator[Line]:
    shown = rows if everything else rows[:SHOWN]
    numbered = max((len(words.say_row(row.number, row.label, language)) for row in shown), default=0)
    for row in shown:
        head = f"{words.say_row(row.number, row.label, language):<{numbered}}  "
        clashes = {each.field: each for each in row.clashes}
        for each in row.problems:
            found, remedy = words.say_problem(each, language)
            clash = clashes.get(each.column)
            if clash is not None:
                here, there = ("здесь", "в списке") if language == "ru" else ("here", "in the list")
                ours, theirs = (
                    say_value(clash.field, value, register, language) or "–" for value in (clash.before, clash.after)
                )
                found = f"{row.ref} {say_field(clash.field, language)}: {here} {ours}, {there} {theirs}"
            yield head, f"{_cell(plan, each)}{found}", remedy
            head = " " * len(head)
    if len(rows) > len(shown):
        more = len(rows) - len(shown)
        yield "", f"… ещё {more} (--all)" if language == "ru" else f"… and {more} more (--all)", ""


def _cell(plan: ImportPlan, problem: Problem) -> str:
    """The address of the cell as a spreadsheet has it, "D27 "; '' where the problem is of no cell."""
    assert plan.run is not None
    columns = [column for _, column in plan.run.headings]
    if problem.column not in columns or not plan.run.header_row:
        return ""
    number, letters = columns.index(problem.column) + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{problem.row} "


def _is_weighty(difference: Difference) -> bool:
    return difference.field in WEIGHTY or difference.after in {"cancelled", "postponed"}


def _some(refs: Sequence[str], everything: bool) -> str:
    if everything or len(refs) <= SHOWN:
        return ", ".join(refs)
    return f"{', '.join(refs[:SHOWN])} … +{len(refs) - SHOWN} (--all)"


def _flow(label: str, parts: Iterable[str]) -> None:
    """Parts one behind the other, never broken inside where the width allows it."""
    room = max(width(), 40)
    line = label
    for part in parts:
        if len(line) > len(label) and len(line) + len(part) > room:
            click.echo(line.rstrip())
            line = " " * min(len(label), INDENT)
        line += f"{part}   "
    click.echo(line.rstrip())


def _say_lines(label: str, lines: Sequence[Line], colour: str | None = None, indent: int = INDENT) -> None:
    """The label, and beside it the lines, folded to the width; what to do stands below each, further in."""
    room = max(width(), 60)
    lead = click.style(label, fg=colour) if colour else label
    if not lines or len(label) > indent:
        click.echo(lead)
        lead = " " * indent
    else:
        lead += " " * (indent - len(label))
    for before, text, remedy in lines:
        inner = len(before) if indent + len(before) < room - ROOM else 4
        for each in textwrap.wrap(before + text, room - indent, subsequent_indent=" " * inner):
            click.echo(lead + each)
            lead = " " * indent
        for each in textwrap.wrap(remedy, room - indent - inner):
            click.echo(" " * (indent + inner) + each)
