"""Moving, approving, linking, taking back: each shows before and after, asks, and writes one revision."""

from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import carry_out, language_option, said_language, said_today, writing_options
from planner.cli.deciding import decision_option, write_decided
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    pass

along_option = click.option(
    "--with",
    "along",
    type=click.Choice(["phases", "all", "none"]),
    default="phases",
    show_default=True,
    help="What comes along: phases and what lies around it, events held together with it too, or nothing.",
)


@click.command()
@click.argument("ref")
@click.argument("when", nargs=-1, required=True)
@along_option
@decision_option
@language_option
@writing_options
@click.pass_obj
def move(
    settings: Settings, /, ref: str, when: tuple[str, ...], along: Any, language: str | None, **given: Any
) -> None:
    """Move an event to other days; its phases and what lies around it move by as many.

    \b
    planner move EX-2020-UB "19-23 October 2020" --reason "host's request"
    planner move EX-2020-UB 19–23 октября --with none
    """
    from planner.services.moving import propose_move

    write_decided(settings, lambda plan: propose_move(plan, ref, " ".join(when), along), language, given)


@click.command()
@click.argument("ref")
@click.argument("when", nargs=-1)
@along_option
@decision_option
@language_option
@writing_options
@click.pass_obj
def postpone(
    settings: Settings, /, ref: str, when: tuple[str, ...], along: Any, language: str | None, **given: Any
) -> None:
    """Take an event off its date until it gets one; with WHEN, move it there.

    \b
    planner postpone EX-2020-INT --reason "epidemic situation"
    planner postpone EX-2020-INT "second half of November"
    """
    from planner.services.moving import propose_move, propose_postpone

    if when:
        write_decided(settings, lambda plan: propose_move(plan, ref, " ".join(when), along), language, given)
    else:
        write_decided(settings, lambda plan: propose_postpone(plan, ref, along), language, given)


@click.command()
@click.argument("ref")
@along_option
@decision_option
@language_option
@writing_options
@click.pass_obj
def cancel(settings: Settings, /, ref: str, along: Any, language: str | None, **given: Any) -> None:
    """Cancel an event; calendars show it as cancelled, and it stays in the plan.

    \b
    planner cancel REL-2020-OBS --reason "epidemic situation"
    """
    from planner.services.moving import propose_cancel

    write_decided(settings, lambda plan: propose_cancel(plan, ref, along), language, given)


@click.command()
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@click.option("--decision", required=True, help="The paper that approves, by code or name.")
@language_option
@writing_options
@click.pass_obj
def approve(settings: Settings, /, refs: tuple[str, ...], decision: str, language: str | None, **given: Any) -> None:
    """Record that a paper approved events.

    \b
    planner approve EX-2020-COB EX-2020-THU --decision "CSC 2020-03-01 No 2"
    """
    from planner.services.planning import propose_approve

    write_decided(settings, lambda plan: propose_approve(plan, refs, decision), language, given)


@click.command()
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@language_option
@writing_options
@click.pass_obj
def confirm(settings: Settings, /, refs: tuple[str, ...], language: str | None, **given: Any) -> None:
    """Record that the host confirmed the days of approved events.

    \b
    planner confirm PC-2020-05 --by "Protocol"
    """
    from planner.services.planning import propose_confirm

    write_decided(settings, lambda plan: propose_confirm(plan, refs), language, given)


@click.command()
@click.argument("ref")
@click.argument("to")
@click.option(
    "--as",
    "relation",
    type=click.Choice(["part-of", "around", "with", "prepares", "replaces"]),
    required=True,
    help="What the first is to the second.",
)
@click.option("--gap", "gap_days", type=click.IntRange(min=0), help="Least days between them.")
@language_option
@writing_options
@click.pass_obj
def link(
    settings: Settings, /, ref: str, to: str, relation: str, gap_days: int | None, language: str | None, **given: Any
) -> None:
    """Link two events: the first is part of, around, with, prepares or replaces the second.

    \b
    planner link TRN-2020-03 EX-2020-UB --as prepares --gap 14
    """
    from planner.domain.event import Relation
    from planner.services.planning import propose_link

    meant = Relation(relation.replace("-", " "))
    write_decided(settings, lambda plan: propose_link(plan, ref, to, meant, gap_days), language, given)


@click.command()
@click.argument("keep")
@click.argument("gone")
@language_option
@writing_options
@click.pass_obj
def merge(settings: Settings, /, keep: str, gone: str, language: str | None, **given: Any) -> None:
    """Take the second event into the first: two that are one. Its links, names and history come along.

    What the first does not say it takes from the second. Calendars show the second as cancelled; lists that name it
    mean the first from now on. Undone like any other revision.

    \b
    planner merge EX-2020-UB EX-2020-17
    """
    from planner.services.merging import propose_merge

    write_decided(settings, lambda plan: propose_merge(plan, keep, gone), language, given)


@click.command()
@click.argument("revision", type=click.IntRange(min=1), required=False)
@language_option
@writing_options
@click.pass_obj
def undo(settings: Settings, /, revision: int | None, language: str | None, **given: Any) -> None:
    """Take back a revision, the newest without a number. An undo is itself a change and can be undone.

    \b
    planner undo 14
    """
    from planner.cli.tables import say_proposal
    from planner.services.history import propose_undo

    said = said_language(settings, language)
    carry_out(
        settings,
        lambda snapshot: propose_undo(snapshot, revision),
        lambda snapshot, proposal: say_proposal(snapshot, proposal, said_today(None), said),
        **given,
    )
