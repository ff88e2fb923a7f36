"""Importing a list: what it would change, the questions it leaves open, and doing exactly what was shown."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    agreed,
    format_option,
    language_option,
    lasting_values,
    previewing,
    said_language,
    say_json,
    show_on,
    talk,
    the_programme,
    who,
    writing,
    writing_options,
)
from planner.cli.progress import Bar
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.forecasting import Forecast, Tally
    from planner.services.importing import ImportPlan, Side
    from planner.services.lists import Asked, File
    from planner.store import Snapshot

STDIN = Path("-")
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
    content = content_of(file, settings.limits.file_mb * 1_000_000)
    opened = File(content, _name(file), given["encoding"], given["sheet"], given["header_row"], settings.limits)
    run = _Run(settings, file, opened, said_language(settings, language), given)
    with lasting_values():
        ctx.exit(run.carry_out(_asked(given)))


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


class _Run:
    """One import, from the file to the answer: shown, asked about, shown again, applied."""

    def __init__(self, settings: Settings, path: Path, file: "File", language: str, options: dict[str, Any]) -> None:
        self._settings, self._path, self._file, self._language = settings, path, file, language
        self._dry, self._yes, self._as_json = options["dry_run"], options["yes"], options["form"] == "json"
        self._everything, self._rejects = options["everything"], options["rejects"]
        self._by, self._reason = options["by"], options["reason"]
        self._bar = Bar()

    def carry_out(self, asked: "Asked") -> int:
        """Proposes, shows, asks, applies; gives back the exit status."""
        from planner.services.proposal import Author, apply

        author = None if self._dry else Author(who(self._settings, self._by), self._reason, datetime.now(UTC))
        if not self._as_json and self._is_known(asked):
            return 0
        asked, plan, is_agreed = self._decide(asked)
        if author is None or plan.is_empty or not is_agreed:
            if asked.partial and plan.problems and not self._dry:
                self._write_rejects(plan)
            return self._without_writing(plan, is_agreed)

        def propose(snapshot: "Snapshot") -> "ImportPlan":
            return self._propose(snapshot, asked)

        with writing(self._settings) as database, self._bar:
            self._bar.stage("Записываю" if self._language == "ru" else "Writing")
            number = apply(database, propose, plan, author)
        ru = self._language == "ru"
        said = f"Записано: ревизия {number}.   Отменить:" if ru else f"Applied as revision {number}.   Undo:"
        talk(f"{said} planner undo {number}")
        if plan.problems:
            self._write_rejects(plan)
            return 1
        return 0

    def _is_known(self, asked: "Asked") -> bool:
        """True, and said, when these very bytes were imported last and can say nothing else now."""
        from planner.services.lists import known_already

        if self._file.encoding or self._file.sheet or self._file.header_row:
            return False  # whoever says how to read it wants it read
        with previewing(self._settings) as snapshot:
            code = the_programme(self._settings, snapshot)
            revision = known_already(snapshot, self._file.content, code, asked)
        if revision is None:
            return False
        if self._language == "ru":
            talk(f"Делать нечего: {self._file.name} без изменений с ревизии {revision}.")
        else:
            talk(f"Nothing to do: {self._file.name} is the very file that revision {revision} imported.")
        return True

    def _decide(self, asked: "Asked") -> "tuple[Asked, ImportPlan, bool]":
        """What was asked in the end, the plan of it, and whether to apply it."""
        from planner.cli.answering import Choice, answered, choose

        while True:
            plan = self._show(asked)
            if self._dry or (plan.is_empty and not plan.problems):
                return asked, plan, False
            if self._yes or not sys.stdin.isatty():
                return asked, plan, self._yes or (not plan.is_empty and agreed())
            if not plan.problems:
                return asked, plan, agreed()
            choice = choose(plan, self._rejects_path(plan), self._language)
            if choice is Choice.ANSWER:
                asked = answered(asked, plan, self._language)
            elif choice is Choice.PARTIAL:
                asked = replace(asked, partial=True)
                with previewing(self._settings) as snapshot:
                    return asked, self._propose(snapshot, asked), True
            elif choice is Choice.REJECTS:
                self._write_rejects(plan)
                return asked, plan, False
            elif choice is Choice.ALL:
                self._everything = True
            else:
                return asked, plan, False

    def _without_writing(self, plan: "ImportPlan", is_agreed: bool) -> int:
        ru = self._language == "ru"
        if self._dry:
            talk("Проба: ничего не записано." if ru else "Dry run: nothing is written.")
        elif plan.problems and plan.is_empty:
            talk(
                "Ничего не записано: список принимается целиком. Ответьте или исправьте эти строки (или --partial)."
                if ru
                else "Nothing is written: a list is all or nothing. Answer or correct these rows (or say --partial)."
            )
        elif plan.is_empty:
            talk(
                "Делать нечего: план уже таков." if ru else "Nothing to do: the plan already says what this list says."
            )
        elif not is_agreed:
            talk("Ничего не записано." if ru else "Nothing is written.")
            return 1
        return 1 if plan.problems else 0

    def _propose(self, snapshot: "Snapshot", asked: "Asked") -> "ImportPlan":
        from planner.domain.closing import refuse_closed
        from planner.services.lists import propose_file

        self._bar.stage(f"{'Читаю' if self._language == 'ru' else 'Reading'} {self._file.name}")
        plan = propose_file(snapshot, self._file, the_programme(self._settings, snapshot), asked, self._bar.at)
        refuse_closed(snapshot.programmes(), plan.changes)
        return plan

    def _show(self, asked: "Asked") -> "ImportPlan":
        from planner.cli.preview import preview_data, say_outlook, say_preview
        from planner.services.forecasting import outlook
        from planner.services.lists import register_with

        with previewing(self._settings) as snapshot:
            with self._bar:
                plan = self._propose(snapshot, asked)
                register = register_with(snapshot, plan)
                self._bar.stage("Ищу накладки" if self._language == "ru" else "Looking for conflicts")
                coming: Forecast | Tally | None = None if plan.is_empty else outlook(snapshot, plan.changes)

            def show() -> None:
                if self._as_json:
                    say_json(preview_data(plan, register, self._language, coming))
                    return
                say_preview(plan, register, self._language, asked.day_first, self._everything)
                if coming is not None:
                    say_outlook(coming, self._language, self._everything, not (self._yes or self._dry))

            show_on(show, goes_on=self._yes and not self._dry)
        return plan

    def _rejects_path(self, plan: "ImportPlan") -> Path:
        assert plan.run is not None
        stem = self._path.stem if self._path != STDIN else "list"
        suffix = ".xlsx" if plan.run.encoding in {"XLSX", "XLS", "ODS"} else ".csv"
        path: Path = self._rejects or self._path.with_name(f"{stem}.rejects{suffix}")
        return path

    def _write_rejects(self, plan: "ImportPlan") -> None:
        """Writes the rows that were left out, with their reasons, beside the list."""
        from planner.services.rejected import table_of_rejects

        path = self._rejects_path(plan)
        content, count = table_of_rejects(plan, path.suffix.lower())
        try:
            path.write_bytes(content)
        except OSError as error:
            raise BadInput(problem(str(path), f"cannot be written ({error.strerror})")) from error
        if self._language == "ru":
            talk(f"Строки ({count}) с причинами: {path}. Исправьте и импортируйте этот файл.")
        else:
            talk(f"{count} row{'' if count == 1 else 's'} left out, with the reasons: {path}. Correct and import it.")


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
