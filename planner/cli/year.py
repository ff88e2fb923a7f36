"""`planner year`: the year at a glance as one file."""

from datetime import date
from pathlib import Path

import click

from planner.cli.common import (
    as_of_option,
    language_option,
    reading,
    said_language,
    said_today,
    talk,
    the_programme,
    today_option,
)
from planner.errors import BadInput, problem
from planner.settings import Settings


@click.command()
@click.option("--html", "path", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Where to.")
@click.option(
    "--by",
    "by",
    type=click.Choice(["bodies", "states", "forces", "kinds"]),
    default="bodies",
    show_default=True,
    help="What the rows stand for.",
)
@click.option("--conflicts", is_flag=True, help="With the marks of conflicts: the coordinator's copy.")
@language_option
@today_option
@as_of_option
@click.pass_obj
def year(
    settings: Settings,
    path: Path,
    by: str,
    conflicts: bool,
    language: str | None,
    today: date | None,
    as_of: str | None,
) -> None:
    """Write the year planner as one file: chart, list and every event, to read without a network or to print on A3.

    \b
    planner year --html year-2020.html
    planner year --html год-2020.html --language ru --by states
    """
    from planner.services.checking import check, load_board
    from planner.services.putting import put_file
    from planner.services.year import By
    from planner.web.road import Road, write

    with reading(settings, as_of) as snapshot:
        code = the_programme(settings, snapshot)
        board = load_board(snapshot, said_today(today))
        revisions = snapshot.revisions()
        events = snapshot.events(code)
        revision = snapshot.revision
    if not revisions:
        raise BadInput(problem("", "the plan is empty", remedy="import a list first: `planner import FILE`"))
    register = next(each for each in board.registers if each.programme.code == code)
    findings = check(board).listed if conflicts else ()
    road = Road(board, register, events, revision, revisions[-1].at, By(by), findings)
    text = write(road, said_language(settings, language))
    put_file(path, text)
    talk(f"{path}  {len(events)} events, {len(text.encode()) // 1024} KB")
