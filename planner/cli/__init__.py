"""The command line: it only says. Everything heavy is imported inside a command, so that `--help` answers at once."""

import errno
import importlib
import os
import sys
from pathlib import Path
from typing import IO, Any

import click

from planner import __version__
from planner.cli.saying import show_problems
from planner.errors import BadInput, PlannerError, problem
from planner.settings import load_settings

# The groups as `--help` shows them. Each command stands in the module named, under the name behind the colon.
SECTIONS: dict[str, dict[str, str]] = {
    "Look": {
        "list": "look:list_events",
        "show": "look:show",
        "find": "look:find",
        "next": "coming:next_events",
        "history": "look:history",
        "why": "look:why",
        "coverage": "coverage:coverage",
    },
    "Change": {
        "add": "fields:add",
        "edit": "fields:edit",
        "move": "change:move",
        "postpone": "change:postpone",
        "cancel": "change:cancel",
        "approve": "change:approve",
        "confirm": "change:confirm",
        "reply": "reply:reply",
        "note": "keeping:note",
        "paper": "keeping:paper",
        "contact": "keeping:contact",
        "settle": "settle:settle",
        "link": "change:link",
        "merge": "change:merge",
        "undo": "change:undo",
    },
    "Lists": {
        "import": "lists:import_list",
        "export": "export:export",
        "conform": "decisions:conform",
        "decision": "decisions:decision",
    },
    "Check": {
        "check": "check:check",
        "rule": "rule:rule",
        "layer": "layer:layer",
        "can": "trying:can",
        "suggest": "trying:suggest",
        "waive": "waiving:waive",
        "waiver": "waiving:waiver",
    },
    "Tell": {
        "release": "release:release",
        "changes": "telling:changes",
        "diff": "telling:diff",
        "told": "told:told",
        "year": "year:year",
    },
    "Calendars": {
        "feed": "feed:feed",
        "publish": "publish:publish",
        "address": "address:address",
    },
    "Set up": {
        "programme": "programme:programme",
        "people": "people:people",
    },
    "Operate": {
        "serve": "serve:serve",
        "daily": "daily:daily",
        "demo": "operate:demo",
        "doctor": "operate:doctor",
        "db": "operate:db",
    },
}
_MODULES = {name: place for commands in SECTIONS.values() for name, place in commands.items()}
_ALIASES = {
    "releases": "release",
    "layers": "layer",
    "rules": "rule",
    "programmes": "programme",
    "feeds": "feed",
    "addresses": "address",
    "decisions": "decision",
    "waivers": "waiver",
}


class _TurnedAwayError(Exception):
    """Nobody reads the pipe any more."""


class Sections(click.Group):
    """Commands in the groups people think in, plural synonyms, and the nearest name for a mistyped one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = _MODULES.get(_ALIASES.get(cmd_name, cmd_name))
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        command = getattr(importlib.import_module(f"planner.cli.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], _MODULES, n=1)
            hint = f"did you mean `planner {near[0]}`?" if near else "`planner --help` lists the commands"
            raise click.UsageError(f"there is no command {args[0]!r}; {hint}", ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """As click does, but for pipes that nobody reads any more: click would end with 1, which asks for a person."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _TurnedAwayError from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in SECTIONS.items():
            rows = []
            for name in commands:
                command = self.get_command(ctx, name)
                if command is not None and not command.hidden:
                    rows.append((name, command.get_short_help_str(limit=90)))
            with formatter.section(title):
                formatter.write_dl(rows)


@click.group(cls=Sections, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--database", "-d", metavar="PATH_OR_URL", help="Where the plan is kept.  [default: planner.db; PLANNER_DATABASE]"
)
@click.option("--programme", "-p", metavar="CODE", help="Which programme, when there are several.")
@click.option("--system-tzdata", is_flag=True, help="Take the system's time zones, not the tzdata package's.")
@click.version_option(__version__, prog_name="planner")
@click.pass_context
def planner(ctx: click.Context, database: str | None, programme: str | None, system_tzdata: bool) -> None:
    """Keep the year of an organisation: import its lists, check them for conflicts, publish calendars.

    \b
    planner demo                                  a finished example in ./demo
    planner programme new my.toml                 begin your own
    planner import plan.csv                       see what a list would change
    planner check                                 see what clashes
    planner feed write calendars/                 write the calendars people subscribe to
    """
    if not system_tzdata:
        import zoneinfo

        # The tzdata package decides, not the system, so that every machine gives the same answer.
        zoneinfo.reset_tzpath(())
    if os.environ.get("NO_COLOR"):
        ctx.color = False  # no-color.org; every command inherits it
    ctx.obj = load_settings(Path.cwd(), os.environ, database=database, programme=programme)
    if ctx.invoked_subcommand is None:
        from planner.cli.look import standing

        standing(ctx.obj)


def main(arguments: list[str] | None = None) -> None:
    """The entry point of `planner`. Exit: 0 done or clean, 1 a person is needed, 2 not done, 70 a defect."""
    for stream in (sys.stdout, sys.stderr):
        _say_what_can_be_said(stream)
    try:
        # Not standalone, click gives back the status of `ctx.exit(1)` instead of ending the process.
        status = planner.main(args=arguments, prog_name="planner", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(status if isinstance(status, int) else 0)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing was written", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except PlannerError as error:
        show_problems(error)
        sys.exit(2)
    except (_TurnedAwayError, BrokenPipeError):
        # The reader of a pipe has seen enough (`planner list | head`); Python would complain again when it closes.
        sys.stdout = None
        os._exit(0)
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename is not None:  # of files the planner writes it is said before
            _report_defect()
            sys.exit(70)
        show_problems(BadInput(problem("standard output", f"cannot be written ({error.strerror})")))
        sys.stdout = None
        os._exit(2)
    except Exception:  # the edge: a defect is ours, and people get a number instead of a traceback
        _report_defect()
        sys.exit(70)


def _say_what_can_be_said(stream: IO[Any]) -> None:
    """A console that cannot show a letter shows '?' rather than failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _report_defect() -> None:
    # Needed once in a blue moon; loading them would cost every start some milliseconds.
    import tempfile
    import traceback
    import uuid

    number = uuid.uuid4().hex[:8].upper()
    path = Path(tempfile.gettempdir()) / f"planner-{number}.txt"
    path.write_text(traceback.format_exc(), encoding="utf-8")
    click.echo(
        f"{click.style('error', fg='red')}: the planner made a mistake of its own (report {number}, kept in {path}); "
        "please send that file with what you typed",
        err=True,
    )
