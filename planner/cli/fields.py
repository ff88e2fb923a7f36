"""`add` and `edit`: events by their fields, named as the columns of a list."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import Day, days_options, language_option, writing_options
from planner.cli.deciding import decision_option, write_decided
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where it is used
    from planner.services.planning import Plan

WHERE = {
    "kind": "kinds",
    "family": "families",
    "body": "bodies",
    "for": "parties",
    "force": "forces",
    "place": "places",
    "priority": "priorities",
    "status": "statuses",
}
"""What `edit --where` may ask for, and the filter it is."""

set_option = click.option("--set", "-s", "cells", multiple=True, metavar="FIELD=VALUE", help="A field and its text.")


def _cells(pairs: tuple[str, ...]) -> dict[str, str]:
    """FIELD=VALUE texts as a mapping; raises BadInput for every one without '='."""
    wrong = [problem("--set", f"{pair!r} has no '='", "FIELD=VALUE") for pair in pairs if "=" not in pair]
    if wrong:
        raise BadInput(*wrong)
    return {name.strip(): text for name, _, text in (pair.partition("=") for pair in pairs)}


@click.command()
@click.argument("ref", required=False)
@click.option("--kind", required=True, help="Its kind, by code or name.")
@click.option("--title", required=True, help="Its title; Cyrillic letters are Russian.")
@click.option("--when", "when", default="", help="Its date, in words or figures; without one it is undated.")
@click.option("--every", help='A series instead: "third Tuesday", "last Friday", "Monday".')
@days_options("First day of a series.  [default: the programme's]", "Last day of a series.  [default: the programme's]")
@click.option("--except", "left_out", multiple=True, type=Day(), help="A day the series leaves out.")
@click.option("--place", default="", help="Where; several places by ';', a videoconference by its name.")
@click.option("--participants", default="", help="States and organisations by ';', RS:observer, or 'all'.")
@set_option
@language_option
@writing_options
@click.pass_obj
def add(
    settings: Settings,
    /,
    ref: str | None,
    cells: tuple[str, ...],
    language: str | None,
    every: str | None,
    **given: Any,
) -> None:
    """Add an event, or a series of them. Without a REF each gets the next free one of its kind.

    \b
    planner add --kind exercise --title "Barrier 2020" --when "12-16 October 2020" --participants all
    planner add PC-2020-08 --kind permanent_council --title "Заседание ПС" --when "8 декабря" -s body=PC
    planner add --kind permanent_council --title "Meeting" --every "third Tuesday" --except 2020-08-18
    """
    from planner.services.planning import propose_add, propose_series

    columns = {
        "kind": given.pop("kind"),
        "title": given.pop("title"),
        "date_text": given.pop("when"),
        "venue": given.pop("place"),
        "participants": given.pop("participants"),
        **_cells(cells),
    }
    bounds = given.pop("first"), given.pop("last"), given.pop("left_out")
    if every is None:
        if any(bounds):
            raise BadInput(problem("", "--from, --to and --except belong to a series", remedy="say --every"))
        write_decided(settings, lambda plan: propose_add(plan, ref or "", columns), language, given)
        return
    if ref or columns["date_text"]:
        raise BadInput(problem("--every", "a series has no REF and no --when of its own", remedy="leave them out"))
    write_decided(settings, lambda plan: propose_series(plan, columns, _days(every, plan, bounds)), language, given)


def _days(words: str, plan: "Plan", bounds: tuple[date | None, date | None, tuple[date, ...]]) -> list[date]:
    """The days of a series; raises BadInput when the words are not one."""
    from planner.domain.dates import Unread, read_series
    from planner.domain.limits import too_long

    said_first, said_last, left_out = bounds
    programme = plan.register.programme
    first, last = said_first or programme.first, said_last or programme.last
    if why := too_long(first, last):
        raise BadInput(problem("--every", why, remedy="say --from and --to"))
    days = read_series(words, first, last)
    if isinstance(days, Unread):
        raise BadInput(problem("--every", f"{days.text!r} {days.why}", days.expected))
    return [day for day in days if day not in left_out]


@click.command()
@click.argument("refs", metavar="[REF]...", nargs=-1)
@click.option("--where", multiple=True, metavar="FIELD=VALUE", help=f"Instead of REFs: {', '.join(WHERE)}.")
@set_option
@decision_option
@language_option
@writing_options
@click.pass_obj
def edit(
    settings: Settings,
    /,
    refs: tuple[str, ...],
    where: tuple[str, ...],
    cells: tuple[str, ...],
    language: str | None,
    **given: Any,
) -> None:
    """Set fields of one or several events; an empty text empties a field.

    \b
    planner edit EX-2020-UB --set people=900 --set "responsible=MoD of Belarus"
    planner edit PC-2020-05 PC-2020-06 --set venue=videoconference
    planner edit --where kind=exercise --where for=BY --set "responsible=Joint Staff"
    """
    from planner.services.planning import propose_edit

    if not cells:
        raise BadInput(problem("", "nothing to set", "--set FIELD=VALUE", "`planner show REF` names the fields"))
    if bool(refs) == bool(where):
        raise BadInput(problem("", "which events?", "REFs, or --where, and not both"))
    write_decided(
        settings,
        lambda plan: propose_edit(plan, refs or _refs_where(plan, where), _cells(cells)),
        language,
        given,
    )


def _refs_where(plan: "Plan", pairs: tuple[str, ...]) -> tuple[str, ...]:
    """The references of the events that pass every FIELD=VALUE; raises BadInput when there are none."""
    from planner.services.looking import Filters, narrowed

    asked: dict[str, Any] = {}
    for name, text in (pair.split("=", 1) if "=" in pair else (pair, "") for pair in pairs):
        if name not in WHERE or not text:
            expected = f"one of {', '.join(WHERE)}, = and a value"
            raise BadInput(problem("--where", f"{name!r} cannot be asked for", expected))
        asked[WHERE[name]] = (*asked.get(WHERE[name], ()), text)
    found = narrowed(plan.events.values(), plan.register, Filters(**asked))
    if not found:
        raise BadInput(problem("--where", f"no event fits {' and '.join(pairs)}"))
    return tuple(event.ref for event in found)
