"""`programme close` and `programme reopen`: the end of a year, and its handing over."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    carry_out,
    language_option,
    previewing,
    reading,
    said_language,
    said_today,
    talk,
    today_option,
    writing_options,
)
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.closing import Unsettled
    from planner.services.proposal import Proposal
    from planner.store import Snapshot


@click.command()
@click.argument("code")
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="The folder to hand over.")
@click.option("--force", is_flag=True, help="Close it although events are unsettled; the folder names them.")
@today_option
@language_option
@writing_options
@click.pass_obj
def close(
    settings: Settings,
    /,
    code: str,
    folder: Path,
    force: bool,
    today: date | None,
    language: str | None,
    **given: Any,
) -> None:
    """Close a programme at the end of its year, and write the folder that is handed over.

    First it lists what is unsettled: over and still planned, still to come, or without a date. While there is any it
    stops there, with status 1, unless you say --force. A closed programme can be looked at, checked, exported and
    published; every write to it is refused in one sentence, until `planner programme reopen`. The folder has the plan
    (Word, Excel, CSV, JSON), the programme file, history, decisions, waivers, calendars, and a README in English and in
    Russian that says how to open it all. Of a programme that is closed already it writes the folder again.

    \b
    planner programme close CSTO-2020 --to handover/
    planner programme close CSTO-2020 --to handover/ --force --yes --reason "end of the chairmanship"
    """
    from planner.services.closing import propose_close, unsettled_at_close
    from planner.services.handover import hand_over
    from planner.services.planning import load_plan

    day, said = said_today(today), said_language(settings, language)
    with previewing(settings) as snapshot:
        plan = load_plan(snapshot, code)
    left = unsettled_at_close(plan, day)
    _say_unsettled(left, said)
    if left and not force and not plan.register.programme.is_closed:
        talk(_stop(said))
        click.get_current_context().exit(1)
    if not given["dry_run"]:
        _make(folder)

    def propose(snapshot: "Snapshot") -> "Proposal":
        return propose_close(load_plan(snapshot, code))

    carry_out(settings, propose, lambda snapshot, proposal: _say_close(code, proposal, said), **given)
    if given["dry_run"]:
        return
    with reading(settings) as snapshot:
        names = hand_over(snapshot, code, folder, left)
    talk(f"Wrote {len(names)} files to {folder}; begin with README.{said}.md.")


@click.command()
@click.argument("code")
@language_option
@writing_options
@click.pass_obj
def reopen(settings: Settings, /, code: str, language: str | None, **given: Any) -> None:
    """Open a closed programme again. That is a change like any other: it is kept with who and why.

    \b
    planner programme reopen CSTO-2020 --reason "the minutes of 2 December came late"
    """
    from planner.services.closing import propose_reopen
    from planner.services.planning import load_plan

    said = said_language(settings, language)

    def propose(snapshot: "Snapshot") -> "Proposal":
        return propose_reopen(load_plan(snapshot, code))

    def show(snapshot: "Snapshot", proposal: "Proposal") -> None:
        click.echo(f"~ {code}: снова открыта для изменений" if said == "ru" else f"~ {code}: open to changes again")

    carry_out(settings, propose, show, **given)


def _say_unsettled(left: "tuple[Unsettled, ...]", language: str) -> None:
    from planner.wording.changes import title_of
    from planner.wording.dates import write_when
    from planner.wording.handover import say_why

    why = ""
    for each in left:
        if each.why != why:
            why = each.why
            count = sum(other.why == why for other in left)
            click.echo(click.style(f"{say_why(why, language)}: {count}", bold=True))
        click.echo(f"  {each.event.ref}  {write_when(each.event.when, language)}  {title_of(each.event, language)}")


def _stop(language: str) -> str:
    if language == "ru":
        return "Не закрыто. Сначала planner settle, postpone или cancel; закрыть как есть: --force."
    return "Not closed. First planner settle, postpone or cancel; to close it as it is: --force."


def _say_close(code: str, proposal: "Proposal", language: str) -> None:
    if proposal.is_empty:
        click.echo(f"{code}: уже закрыта" if language == "ru" else f"{code}: is closed already")
    elif language == "ru":
        click.echo(f"~ {code}: закрывается, изменения больше не принимаются")
    else:
        click.echo(f"~ {code}: closes, and takes no more changes")


def _make(folder: Path) -> None:
    """The folder, empty or as an earlier run left it. Raises BadInput before anything is closed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = sorted(path.name for path in folder.iterdir() if path.name != "feeds") if folder.is_dir() else []
    except OSError as error:
        raise BadInput(problem(str(folder), f"cannot be made ({error.strerror})", "a folder you may write")) from error
    if foreign and "SHA256SUMS" not in foreign:
        raise BadInput(
            problem(str(folder), f"has other files in it ({foreign[0]} …)", "an empty folder", "name a new one")
        )
