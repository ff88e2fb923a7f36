"""What the commands that change the plan share: decide on the plan, show, ask, write."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from planner.cli.common import carry_out, said_language, the_programme
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.planning import Plan
    from planner.services.proposal import Proposal
    from planner.store import Snapshot


def write_decided(
    settings: Settings, decide: "Callable[[Plan], Proposal]", language: str | None, options: dict[str, Any]
) -> None:
    """Decides on the plan of the programme meant, and carries it out."""
    from planner.cli.tables import say_proposal
    from planner.services.planning import load_plan

    said = said_language(settings, language)

    def propose(snapshot: "Snapshot") -> "Proposal":
        return decide(load_plan(snapshot, the_programme(settings, snapshot)))

    def show(snapshot: "Snapshot", proposal: "Proposal") -> None:
        say_proposal(snapshot, proposal, said)

    carry_out(settings, propose, show, **options)
