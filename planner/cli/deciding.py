"""What the commands that change the plan share: decide on the plan, show, ask, write."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import carry_out, said_language, said_today, the_programme
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.planning import Plan
    from planner.services.proposal import Proposal
    from planner.store import Snapshot


decision_option = click.option(
    "--decision", metavar="PAPER", help="The paper that allows it: the events stay as approved, and become its items."
)


def write_decided(
    settings: Settings, decide: "Callable[[Plan], Proposal]", language: str | None, options: dict[str, Any]
) -> None:
    """Decides on the plan of the programme meant, and carries it out, under a paper if one is named."""
    from planner.cli.tables import say_proposal
    from planner.services.approval import under
    from planner.services.planning import load_plan

    decision = options.pop("decision", None)
    said = said_language(settings, language)

    def propose(snapshot: "Snapshot") -> "Proposal":
        plan = load_plan(snapshot, the_programme(settings, snapshot))
        return under(plan, decide(plan), decision)

    def show(snapshot: "Snapshot", proposal: "Proposal") -> None:
        say_proposal(snapshot, proposal, said_today(None), said)

    carry_out(settings, propose, show, **options)
