"""What the commands share: options that mean the same everywhere, and preview, question, answer."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.errors import BadInput, NotFound, problem
from planner.settings import Settings

if TYPE_CHECKING:  # the store is heavy; commands import it when they run
    from planner.domain.reach import Reach
    from planner.services.proposal import Proposal
    from planner.store import Database, Snapshot

Command = TypeVar("Command", bound=Callable[..., Any])

# Accounts that several people use: whoever writes must say who they are.
SHARED_ACCOUNTS = frozenset({"root", "admin", "administrator", "service", "daemon", "nobody", "www-data", "postgres"})


class Day(click.ParamType[date]):
    """A day as 2020-10-12."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        from planner.domain.limits import beyond

        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2020-10-12", param, ctx)
        if why := beyond(day):
            self.fail(why, param, ctx)
        return day


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`, the first being the default."""
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], show_default=True)


def days_options(from_help: str, to_help: str) -> Callable[[Command], Command]:
    """`--from` and `--to` as `first` and `last`; the last day is never before the first."""

    def with_days(command: Command) -> Command:
        to = click.option("--to", "last", type=Day(), callback=_in_order, help=to_help)
        return click.option("--from", "first", type=Day(), callback=_in_order, help=from_help)(to(command))

    return with_days


def _in_order(context: click.Context, option: click.Parameter, day: date | None) -> date | None:
    """The day as it was said. Whichever of the two options comes second sees the other."""
    said = {**context.params, option.name: day}
    first, last = said.get("first"), said.get("last")
    if first is not None and last is not None and last < first:
        raise click.BadParameter(f"{last} is before {first}, the day of --from", context, param_hint="--to")
    return day


language_option = click.option(
    "--language", type=click.Choice(["en", "ru"]), help="Of titles and sentences.  [default: PLANNER_LANGUAGE or en]"
)
today_option = click.option("--today", type=Day(), help="Judge as if it were this day.  [default: today]")
as_of_option = click.option(
    "--as-of", metavar="REVISION|DAY|RELEASE", help="What the plan said then: 14, 2020-05-20 or R2."
)


def looking_options(*formats: str) -> Callable[[Command], Command]:
    """`--language --as-of --format`, as on every command that looks at the plan; the first format is the default."""

    def with_options(command: Command) -> Command:
        return language_option(as_of_option(format_option(*formats)(command)))

    return with_options


fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(["certain", "possible", "never"]),
    default="certain",
    show_default=True,
    help="What makes the exit status 1.",
)


def by_option(what: str) -> Callable[[Command], Command]:
    """`--by`, with what that person does."""
    return click.option("--by", metavar="NAME", help=f"{what}  [default: PLANNER_USER or your account]")


def writing_options(command: Command) -> Command:
    """`--by --reason --yes --dry-run`, as on every command that writes."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Show what would happen and stop."),
        click.option("--yes", "-y", is_flag=True, help="Do it without asking."),
        click.option("--reason", default="", help="Why; kept in the history."),
        by_option("Who does it."),
    ):
        command = option(command)
    return command


def said_language(settings: Settings, language: str | None) -> str:
    return language or settings.language


def said_today(today: date | None) -> date:
    return today or datetime.now(UTC).date()


def who(settings: Settings, by: str | None) -> str:
    """The person who writes. A shared account must say; raises BadInput when it does not."""
    name = by or settings.user
    if name:
        return name
    import getpass

    account = getpass.getuser()
    if account in SHARED_ACCOUNTS:
        found = f"the account {account!r} may be anybody"
        raise BadInput(problem("", found, "the name of the person who changes the plan", "say --by NAME"))
    return account


def said_reach(settings: Settings) -> "Reach":
    """Where the server is reached, and from where."""
    from planner.domain.reach import Reach

    return Reach(settings.public_url, settings.reach == "internal", bool(settings.url))


@contextmanager
def reading(settings: Settings, as_of: str | None = None) -> Iterator["Snapshot"]:
    """A snapshot of the plan, now or as of a revision or day. The database is neither made nor changed."""
    from planner.services.states import revision_meant
    from planner.store import open_database

    database = open_database(settings.database, writes=False)
    try:
        if as_of is None:
            with database.snapshot() as snapshot:
                yield snapshot
            return
        with database.snapshot() as newest:
            number = revision_meant(newest, as_of, "--as-of")
        with database.snapshot(as_of=number) as snapshot:
            yield snapshot
    finally:
        database.close()


@contextmanager
def writing(settings: Settings) -> Iterator["Database"]:
    """The database for writing. A missing SQLite file is made, and that is said."""
    from planner.store import open_database

    database = open_database(settings.database, writes=True)
    try:
        if database.created:
            talk(f"made a new database at {database.shown}")
        yield database
    finally:
        database.close()


def the_programme(settings: Settings, snapshot: "Snapshot") -> str:
    """The code of the programme meant; raises NotFound when there is none, BadInput when it must be said."""
    codes = [programme.code for programme in snapshot.programmes()]
    if settings.programme:
        if settings.programme in codes:
            return settings.programme
        known = ", ".join(codes) or "none"
        raise NotFound(problem("--programme", f"there is no programme {settings.programme!r}", f"known: {known}"))
    if not codes:
        remedy = "make one with `planner programme new FILE.toml`, then `planner programme load FILE.toml`"
        raise NotFound(problem("", "the database has no programme yet", remedy=remedy))
    if len(codes) > 1:
        raise BadInput(problem("", f"there are {len(codes)} programmes: {', '.join(codes)}", remedy="say --programme"))
    return codes[0]


def carry_out(
    settings: Settings,
    propose: "Callable[[Snapshot], Proposal]",
    show: "Callable[[Snapshot, Proposal], None]",
    *,
    by: str | None,
    reason: str,
    yes: bool,
    dry_run: bool,
) -> int | None:
    """Proposes, shows, asks, applies, and says under which number it can be undone; None when nothing was written.

    Off a terminal nothing is written without `--yes`; that ends with status 1, for a person is still needed.
    """
    from planner.domain.closing import refuse_closed
    from planner.services.proposal import Author, apply

    author = None if dry_run else Author(who(settings, by), reason, datetime.now(UTC))
    with previewing(settings) as snapshot:
        proposal = propose(snapshot)
        refuse_closed(snapshot.programmes(), proposal.changes)
        show_on(lambda: show(snapshot, proposal), goes_on=yes and not dry_run)
    if author is None:
        talk("Dry run: nothing is written.")
        return None
    if proposal.is_empty:
        return None
    if not yes and not agreed():
        talk("Nothing is written.")
        click.get_current_context().exit(1)
    with writing(settings) as database:
        number = apply(database, propose, proposal, author)
    talk(f"Applied as revision {number}.{'' if proposal.is_final else f'   Undo: planner undo {number}'}")
    return number


def show_on(show: Callable[[], None], *, goes_on: bool) -> None:
    """Shows a preview. With `--yes`, a reader who turns away (`| head`) does not keep it from being written."""
    try:
        show()
        sys.stdout.flush()
    except BrokenPipeError:
        if not goes_on:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def lasting_values() -> Iterator[None]:
    """Work that makes many values and throws none away before its end.

    Looking among them for circles of garbage would take a fifth of the time of a long import, and find none.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def previewing(settings: Settings) -> Iterator["Snapshot"]:
    """Like `reading`, but a database that does not exist yet counts as an empty one and still is not made."""
    from planner.errors import MissingDatabase
    from planner.store import open_database

    try:
        database = open_database(settings.database, writes=False)
    except MissingDatabase:
        database = open_database("sqlite://", writes=True)
    try:
        with database.snapshot() as snapshot:
            yield snapshot
    finally:
        database.close()


def agreed() -> bool:
    """True when the person at the terminal says yes; off a terminal nobody is asked."""
    if not sys.stdin.isatty():
        talk("Nobody to ask here: say --yes to apply it.")
        return False
    return click.confirm("Apply?", default=False, err=True)


def talk(sentence: str) -> None:
    """Says something to the person; data goes to standard output, talk does not."""
    click.echo(sentence, err=True)


def say_json(data: object) -> None:
    """Data for a script: UTF-8, sorted as built, one document."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
