"""`programme copy`: the next year from this one."""

from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import carry_out, language_option, said_language, writing_options
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.event import Event
    from planner.services.proposal import Proposal
    from planner.store import Snapshot


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("to")
@click.option("--chair", help="Who chairs the new one, by ISO code.  [default: as before]")
@click.option(
    "--year", type=click.IntRange(1950, 2100), help="Its first year.  [default: as its code says, or the next]"
)
@click.option(
    "--keep",
    type=click.Choice(["weekday", "date"]),
    default="weekday",
    show_default=True,
    help="Meetings keep their weekday and week, or their day of the month.",
)
@language_option
@writing_options
@click.pass_obj
def copy(
    settings: Settings,
    /,
    source: str,
    to: str,
    chair: str | None,
    year: int | None,
    keep: str,
    language: str | None,
    **given: Any,
) -> None:
    """Begin the next year with this one: what the programme knows, and its events as drafts.

    Anniversaries keep their day, meetings their weekday and week. Of exercises, operations and outside events only
    the third of the month or the months are kept: their days are agreed anew. Each event says which it *replaces*.
    Days off are those of the new year. Decisions, waivers, replies and remarks stay with the year they are of.

    \b
    planner programme copy CSTO-2020 CSTO-2021 --chair TJ
    planner programme copy CSTO-2020 CSTO-2021 --keep date --dry-run
    """
    from planner.services.copying import Turn, propose_copy, year_in

    said = said_language(settings, language)

    def propose(snapshot: "Snapshot") -> "Proposal":
        before = snapshot.register(source).programme
        years = (year or year_in(to) or before.first.year + 1) - before.first.year
        return propose_copy(snapshot, source, Turn(to, years, (chair or before.chair).upper(), keep == "weekday"))

    def show(snapshot: "Snapshot", proposal: "Proposal") -> None:
        _say_copy({event.ref: event for event in snapshot.events(source)}, proposal, said)

    carry_out(settings, propose, show, **given)


def _say_copy(before: "dict[str, Event]", proposal: "Proposal", language: str) -> None:
    """What the new programme has, then every event with its date in both years."""
    from collections import Counter

    from planner.domain.event import Event
    from planner.services.copying import came_from
    from planner.services.looking import by_day
    from planner.wording.changes import say_sort, title_of
    from planner.wording.dates import write_when
    from planner.wording.notes import label, say_note

    code = proposal.changes[0].key.programme
    sorts = Counter(change.key.sort for change in proposal.changes)
    counted = ", ".join(f"{say_sort(sort, language)} {n}" for sort, n in sorts.items() if sort != "programme")
    click.echo(f"+ {say_sort('programme', language)} {code}: {counted}")
    copied = [change.after for change in proposal.changes if isinstance(change.after, Event)]
    for event in sorted(copied, key=by_day):
        was = before[came_from(event)]
        click.echo(f"+ {event.ref}  {title_of(event, language)}")
        click.echo(f"    {write_when(_known(was), language)} → {write_when(event.when, language)}")
    for note in proposal.notes:
        click.echo(f"{label(language)}: {say_note(note, language)}")


def _known(event: "Event") -> Any:
    """Its date, for a postponed one the date it had."""
    from dataclasses import replace

    from planner.domain.window import Mode

    when = event.when
    if when.windows or not when.former_windows:
        return when
    return replace(when, mode=Mode.DATED, windows=when.former_windows)
