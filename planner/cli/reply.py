"""`reply`: what parties answered to an invitation."""

from datetime import date
from typing import Any

import click

from planner.cli.common import language_option, said_today, today_option, writing_options
from planner.cli.deciding import write_decided
from planner.settings import Settings


@click.command()
@click.argument("ref")
@click.argument("answer", type=click.Choice(["coming", "deputy", "video", "not-coming", "awaited"]))
@click.argument("parties", metavar="PARTY...", nargs=-1, required=True)
@click.option("--note", default="", help="What they said besides, such as who comes.")
@today_option
@language_option
@writing_options
@click.pass_obj
def reply(
    settings: Settings,
    /,
    ref: str,
    answer: str,
    parties: tuple[str, ...],
    note: str,
    today: date | None,
    language: str | None,
    **given: Any,
) -> None:
    """Record what parties replied about an event: coming, a deputy, by video, not coming.

    `awaited` takes a reply back. A body that has a quorum is warned about when too few can still come.

    \b
    planner reply CFM-2020-2 coming BY KZ
    planner reply CFM-2020-2 not-coming Armenia --note "elections"
    """
    from planner.domain.reply import Answer
    from planner.services.replying import propose_reply

    said, day = Answer(answer.replace("-", " ")), said_today(today)
    write_decided(settings, lambda plan: propose_reply(plan, ref, said, parties, note, day), language, given)
