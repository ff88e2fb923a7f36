"""Importing a list: what it would change, the questions it leaves open, and doing exactly what was shown."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    format_option,
    language_option,
    lasting_values,
    said_language,
    writing_options,
)
from planner.cli.importing import STDIN, Importing
from planner.cli.saying import saying
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.lists import Asked
    from planner.services.three_way import Side

SIDED = ("--ours", "--theirs")


class ImportCommand(click.Command):
    """Lets `--theirs` stand alone, for every field, or with a field: `--theirs when`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not set(SIDED) & set(args):
            return super().parse_args(ctx, args)
        from planner.services.teaching import is_field  # loads the grammar: only where somebody says it

        whole = [
            f"{each}=*" if each in SIDED and not is_field(following) else each
            for each, following in zip(args, [*args[1:], ""], strict=True)
        ]
        return super().parse_args(ctx, whole)


def _pair(name: str) -> Any:
    """Reads "text=meaning"; the text may have an equals sign in it."""

    def read(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        pairs = []
        for value in values:
            left, equals, right = value.rpartition("=")
            if not equals or not left.strip():
                raise click.BadParameter(f"{value!r} is not {name}", ctx, param)
            pairs.append((left.strip(), right.strip()))
        return tuple(pairs)

    return read


@click.command("import", cls=ImportCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--list",
    "list_name",
    metavar="NAME",
    help="The list this is an issue of.  [default: its decision, else the programme]",
)
@click.option("--decision", help="The paper that approved the list: its rows become the paper's numbered items.")
@click.option("--encoding", help="Of the file, when it is not found rightly.")
@click.option("--sheet", help="Of a workbook, or `table 2` of a document.  [default: whose headings are known best]")
@click.option("--header-row", type=click.IntRange(min=1), help="The row of the headings.  [default: found]")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="HEADING=COLUMN",
    callback=_pair("HEADING=COLUMN"),
    help="Read that column as this one (nothing behind `=`: not at all). Remembered for lists with these headings.",
)
@click.option(
    "--place",
    "places",
    multiple=True,
    metavar="TEXT=PLACE",
    callback=_pair("TEXT=PLACE"),
    help="What the list calls so is that place, or `new`. Remembered.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND|TEXT=KIND",
    help="Of rows whose kind neither a column nor a title nor a section says; or what the list calls so. Remembered.",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="TEXT=STATUS",
    callback=_pair("TEXT=STATUS"),
    help="What status the list calls so. Remembered.",
)
@click.option("--day-first/--month-first", default=None, help="How to read 12/10/2020.")
@click.option(
    "--ours", multiple=True, metavar="[FIELD]", help="Where both sides changed a field, or that field, keep the plan's."
)
@click.option(
    "--theirs",
    multiple=True,
    metavar="[FIELD]",
    help="Where both sides changed a field, or that field, take the list's.",
)
@click.option(
    "--link-phases", is_flag=True, help="Make new events parts of the one whose reference theirs begins with."
)
@click.option("--allow-removals", is_flag=True, help="The list is whole, although much of last time's is not in it.")
@click.option("--partial", is_flag=True, help="Apply the rows that can be; the others go to a file of rejects.")
@click.option(
    "--rejects", type=click.Path(path_type=Path), help="Where those go.  [default: LIST.rejects.csv or .xlsx]"
)
@click.option("--all", "everything", is_flag=True, help="Name every row, however many.")
@format_option("text", "json")
@language_option
@writing_options
@click.pass_context
def import_list(ctx: click.Context, /, file: Path, language: str | None, **given: Any) -> None:
    """Import a list of events (CSV, workbook, Word document, calendar), shown as a change first.

    All or nothing: a row that cannot be read or decided stops the list, unless you answer, or say --partial. The same
    file again changes nothing. FILE may be - for standard input.
    Exit: 0 applied or nothing to do, 1 rows to decide or unread (or nobody said yes), 2 could not run.

    \b
    planner import plan-2020.csv
    planner import plan-2020.csv --yes --by "Protocol" --reason "list of 28 November"
    planner import plan-2020.xlsx --sheet План --map "Период=when" --place "Минская обл.=minsk"
    planner import plan-2020.xlsx --theirs when --ours place
    planner import victory75.docx --kind commemoration --decision "CSC 2019-11-28 No 5"
    """
    from planner.services.lists import File

    settings: Settings = ctx.obj
    spoken = said_language(settings, language)
    with lasting_values(), saying(spoken):
        content = content_of(file, settings.limits.file_mb * 1_000_000)
        opened = File(content, _name(file), given["encoding"], given["sheet"], given["header_row"], settings.limits)
        ctx.exit(Importing(settings, file, opened, spoken, given).carry_out(_asked(given)))


def _asked(given: dict[str, Any]) -> "Asked":
    from planner.services.lists import Asked
    from planner.services.teaching import Answer

    both: dict[Side, tuple[str, ...]] = {"ours": given["ours"], "theirs": given["theirs"]}
    whole = [side for side, fields in both.items() if "*" in fields]
    if len(whole) > 1:
        raise BadInput(problem("", "--ours and --theirs both speak of every field", "one of them, or fields"))
    sides = _sides(both)
    usual = [each for each in given["kinds"] if "=" not in each]
    if len(usual) > 1:
        raise BadInput(problem("--kind", f"{' and '.join(usual)} are two usual kinds", "one, or TEXT=KIND"))
    said = {"place": given["places"], "status": given["statuses"]}
    said["kind"] = tuple(each.rpartition("=")[::2] for each in given["kinds"] if "=" in each)
    plain = ("list_name", "decision", "day_first", "partial", "link_phases", "allow_removals", "columns")
    return Asked(
        **{name: given[name] for name in plain},
        kind=usual[0] if usual else None,
        prefer=whole[0] if whole else None,
        answers=tuple(Answer(sort, text.strip(), code.strip()) for sort, pairs in said.items() for text, code in pairs),
        sides=tuple(sides),
    )


def _sides(said: "Mapping[Side, tuple[str, ...]]") -> "list[tuple[str, Side]]":
    """Each field of which a person said whose word counts. Raises BadInput for one that does not exist."""
    from planner.services.teaching import fields_meant

    for side, fields in said.items():
        for each in fields:
            if each != "*" and not fields_meant(each):
                raise BadInput(problem(f"--{side}", f"{each!r} is not a field", "such as when, place or title"))
    return [(name, side) for side, fields in said.items() for each in fields for name in fields_meant(each)]


def content_of(file: Path, most: int) -> bytes:
    """The bytes of the file, or of standard input; of one that is too large only as many as show it."""
    if file == STDIN:
        return sys.stdin.buffer.read(most + 1)
    try:
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except OSError as error:
        raise BadInput(
            problem(str(file), f"cannot be read ({error.strerror})", "a list, a workbook, a document or a calendar")
        ) from error


def _name(file: Path) -> str:
    return "standard input" if file == STDIN else file.name
