"""One import at the command line: shown, asked about, shown again, and exactly what was shown is applied."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.cli.common import (
    agreed,
    previewing,
    said_today,
    say_json,
    show_on,
    talk,
    the_programme,
    who,
    writing,
)
from planner.cli.progress import Bar
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.forecasting import Forecast, Tally
    from planner.services.importing import ImportPlan
    from planner.services.lists import Asked, File
    from planner.store import Snapshot

STDIN = Path("-")


class Importing:
    """One import, from the file to the answer: shown, asked about, shown again, applied."""

    def __init__(self, settings: Settings, path: Path, file: "File", language: str, options: dict[str, Any]) -> None:
        self._settings, self._path, self._file, self._language = settings, path, file, language
        self._dry, self._yes, self._as_json = options["dry_run"], options["yes"], options["form"] == "json"
        self._everything = options["everything"]
        self._rejects: Path | None = options["rejects"]
        self._by, self._reason = options["by"], options["reason"]
        self._bar = Bar()
        if self._rejects is not None and path != STDIN and self._rejects.resolve() == path.resolve():
            raise BadInput(problem("--rejects", f"{self._rejects} is the list itself", "another file"))

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

        with self._rejects_ready(plan), writing(self._settings) as database, self._bar:
            self._bar.stage("Записываю" if self._language == "ru" else "Writing")
            number = apply(database, propose, plan, author)
        ru = self._language == "ru"
        said = f"Записано: ревизия {number}.   Отменить:" if ru else f"Applied as revision {number}.   Undo:"
        talk(f"{said} planner undo {number}")
        if plan.problems:
            self._say_rejects(plan)
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
                coming: Forecast | Tally | None = None
                if not plan.is_empty:
                    coming = outlook(snapshot, plan.changes, said_today(None))

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
        """As said, else beside the list under the first free name: one that is there may hold corrections."""
        assert plan.run is not None
        if self._rejects is None:
            stem = self._path.stem if self._path != STDIN else "list"
            suffix = ".xlsx" if plan.run.encoding in {"XLSX", "XLS", "ODS"} else ".csv"
            names = (f"{stem}.rejects{'' if number == 1 else f'-{number}'}{suffix}" for number in count(1))
            self._rejects = next(path for path in map(self._path.with_name, names) if not path.exists())
        return self._rejects

    @contextmanager
    def _rejects_ready(self, plan: "ImportPlan") -> "Iterator[None]":
        """The rows that are left out, with their reasons, lie ready while the others are written, or nothing is."""
        from planner.services.putting import beside
        from planner.services.rejected import table_of_rejects

        if not plan.problems:
            yield
            return
        path = self._rejects_path(plan)
        content, _ = table_of_rejects(plan, path.suffix.lower(), self._language)
        with beside(path, content):
            yield

    def _write_rejects(self, plan: "ImportPlan") -> None:
        """Writes the rows that were left out, with their reasons, beside the list."""
        with self._rejects_ready(plan):
            pass
        self._say_rejects(plan)

    def _say_rejects(self, plan: "ImportPlan") -> None:
        from planner.services.rejected import rejects

        path, count = self._rejects_path(plan), len(rejects(plan)[1])
        if self._language == "ru":
            talk(f"Строки ({count}) с причинами: {path}. Исправьте и импортируйте этот файл.")
        else:
            talk(f"{count} row{'' if count == 1 else 's'} left out, with the reasons: {path}. Correct and import it.")
