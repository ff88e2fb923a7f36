"""`settle`: what is over and still planned was held, postponed or cancelled."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    carry_out,
    language_option,
    previewing,
    said_language,
    said_today,
    talk,
    the_programme,
    today_option,
    writing_options,
)
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.register import Register
    from planner.services.proposal import Proposal
    from planner.services.settling import Answers, Open, Outcome
    from planner.store import Snapshot

_KEYS: dict[str, "Outcome"] = {"h": "held", "p": "postponed", "c": "cancelled"}


@click.command()
@click.option("--held", multiple=True, metavar="REF", help="This one was held.")
@click.option("--postponed", multiple=True, metavar="REF", help="This one was postponed; it stands on no date.")
@click.option("--cancelled", multiple=True, metavar="REF", help="This one was cancelled.")
@click.option("--rest", type=click.Choice(["held", "postponed", "cancelled"]), help="What all the others were.")
@today_option
@language_option
@writing_options
@click.pass_obj
def settle(
    settings: Settings,
    /,
    held: tuple[str, ...],
    postponed: tuple[str, ...],
    cancelled: tuple[str, ...],
    rest: Any,
    today: date | None,
    language: str | None,
    **given: Any,
) -> None:
    """Say what became of events that are over and still planned: held, postponed or cancelled.

    On a terminal it asks for one after the other; the phases of an exercise share its answer. For scripts the options
    say it. Exit: 0 nothing is left to settle or all is written, 1 something is left, 2 not done.

    \b
    planner settle
    planner settle --cancelled REL-2020-OBS --rest held --yes
    """
    from planner.services.planning import load_plan
    from planner.services.settling import propose_settle, settled_so_far, to_settle

    day, said = said_today(today), said_language(settings, language)
    options: dict[Outcome, tuple[str, ...]] = {"held": held, "postponed": postponed, "cancelled": cancelled}
    with previewing(settings) as snapshot:
        plan = load_plan(snapshot, the_programme(settings, snapshot))
        answers = settled_so_far(plan, day, options, rest)
        left = [one for one in to_settle(plan, day) if one.event.ref not in answers]
    if left and not answers and _may_ask():
        answers |= _ask(left, plan.register, said)
    elif left:
        _say_left(left, said)
    if not answers:
        if not left:
            click.echo("Всё закрыто." if said == "ru" else "Nothing is left to settle.")
        click.get_current_context().exit(1 if left else 0)

    def propose(snapshot: "Snapshot") -> "Proposal":
        return propose_settle(load_plan(snapshot, plan.register.programme.code), answers)

    def show(snapshot: "Snapshot", proposal: "Proposal") -> None:
        from planner.cli.tables import say_proposal

        say_proposal(snapshot, proposal, day, said)

    carry_out(settings, propose, show, **given)
    if any(one.event.ref not in answers for one in left):
        click.get_current_context().exit(1)


def _may_ask() -> bool:
    if sys.stdin.isatty():
        return True
    talk("Nobody to ask here: say --held REF, --postponed REF, --cancelled REF, or --rest held.")
    return False


def _ask(left: "list[Open]", register: "Register", language: str) -> "Answers":
    """One answer after the other; Enter leaves an event as it is, q ends the questions."""
    words = (
        "[h] состоялось, [p] отложено, [c] отменено, [Enter] пропустить, [q] закончить"
        if language == "ru"
        else "[h]eld, [p]ostponed, [c]ancelled, [Enter] leave it, [q]uit asking"
    )
    answers: Answers = {}
    for number, one in enumerate(left, 1):
        talk(f"{number}/{len(left)}  {_line(one, language)}")
        key = click.prompt(
            words, type=click.Choice([*_KEYS, "", "q"]), default="", show_choices=False, show_default=False, err=True
        )
        if key == "q":
            break
        if key:
            answers.update((each.ref, _KEYS[key]) for each in (one.event, *one.along))
    return answers


def _say_left(left: "list[Open]", language: str) -> None:
    for one in left:
        click.echo(_line(one, language))


def _line(one: "Open", language: str) -> str:
    from planner.wording.changes import title_of
    from planner.wording.dates import write_when

    along = f"   (+ {', '.join(each.ref for each in one.along)})" if one.along else ""
    return f"{one.event.ref}  {write_when(one.event.when, language)}  {title_of(one.event, language)}{along}"
