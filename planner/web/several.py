"""Changing several events at once: those ticked in the list, as one proposal that one undo takes back."""

import re
from collections.abc import Mapping

from starlette.responses import Response

from planner.domain.event import Attendance, Status
from planner.errors import BadInput, problem
from planner.services.bulk import propose_postpone_all, propose_shift
from planner.services.planning import Plan, propose_edit
from planner.services.proposal import Proposal
from planner.web.deciding import Deed, Input, ask, decide, on_plan, reason_input, sent
from planner.web.site import Site, for_writers, form, page
from planner.wording.changes import say_mode, say_status


@page
@for_writers
def bulk_page(site: Site) -> Response:
    """What to do to the events ticked in the list."""
    return ask(site, _bulk(site))


@form
@for_writers
def do_bulk(site: Site) -> Response:
    """Its preview, or its saving."""
    return decide(site, _bulk(site))


def _bulk(site: Site) -> Deed:
    source = site.form or site.query
    refs = tuple(str(ref) for ref in source.getlist("refs") if str(ref) in site.seen.by_ref)
    said, say = sent(site), site.say
    modes = tuple((each.value, say_mode(each, site.language)) for each in Attendance)
    keep = (("", say("as it is")),)
    statuses = tuple((each.value, say_status(each, site.language)) for each in Status if each is not Status.POSTPONED)
    inputs = (
        Input("venue", say("Place"), help=say("Empty: as it is.")),
        Input("mode", say("How they meet"), sort="select", choices=(*keep, *modes)),
        Input("status", say("Status"), sort="select", choices=(*keep, *statuses)),
        Input("responsible", say("Responsible"), help=say("Empty: as it is.")),
        Input("shift", say("Shift by days"), help=say("7 is a week later, -7 a week earlier.")),
        Input(
            "postpone", say("Postpone"), sort="select", choices=(("", say("no")), ("yes", say("yes, without a date")))
        ),
        reason_input(site),
    )
    title = say("Change several events")
    carried = tuple(("refs", ref) for ref in refs)
    return Deed(
        title,
        inputs,
        on_plan(site, lambda plan: _bulk_proposal(plan, refs, said)),
        site.url("list"),
        site.url("list"),
        carried,
    )


def _bulk_proposal(plan: Plan, refs: tuple[str, ...], said: Mapping[str, str]) -> Proposal:
    """Exactly one of: fields set, days shifted, dates taken off. Raises BadInput for none and for several."""
    cells = {name: said[name] for name in ("venue", "mode", "status", "responsible") if said.get(name)}
    wanted = [bool(cells), bool(said.get("shift")), bool(said.get("postpone"))]
    if not refs:
        raise BadInput(problem("", "no event is ticked", remedy="go back and tick some"))
    if sum(wanted) != 1:
        raise BadInput(problem("", "one thing at a time", "fields, or a shift, or postponing"))
    if cells:
        return propose_edit(plan, refs, cells)
    if said.get("shift"):
        text = said["shift"].replace("\u2212", "-")
        if not re.fullmatch(r"[+-]?\d{1,4}", text):
            raise BadInput(problem("", f"{said['shift']!r} is not a number of days", "a number such as 7 or -14"))
        return propose_shift(plan, refs, int(text))
    return propose_postpone_all(plan, refs)
