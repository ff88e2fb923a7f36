"""Editing one event when two do it at once: what both changed differently is chosen field by field."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.domain.event import Event
from planner.services.planning import propose_edit
from planner.web.deciding import Deed, Input, Said, decide, on_plan, reason_input, sent
from planner.web.event_form import EDITED, cells_in, field_inputs
from planner.web.site import Site, for_writers, form, page
from planner.wording.changes import title_of

Clash = tuple[Input, str, str]
"""A field that both changed: the field, mine, theirs."""


@page
@for_writers
def edit_page(site: Site) -> Response:
    """The form with every field as it now stands; it remembers at which revision that was."""
    event = _event(site)
    return site.page("deed.html", deed=_deed(site, event, cells_in(site, event), {}), said=Said(sent(site)))


@form
@for_writers
def do_edit(site: Site) -> Response:
    """The preview, the saving, or both versions side by side where somebody else changed the same fields."""
    event = _event(site)
    base, theirs = _base(site, event), cells_in(site, event)
    mine = {name: sent(site).get(name, theirs.get(name, "")) for name in EDITED}
    clashes = [
        name for name in EDITED if mine[name] != base.get(name) and theirs.get(name) not in {base.get(name), mine[name]}
    ]
    chosen = {name: sent(site).get(f"choose_{name}", "") for name in clashes}
    if any(choice not in {"mine", "theirs"} for choice in chosen.values()):
        shown = {each.name: each for each in field_inputs(site, mine)}
        told = [(shown[name], *_called(shown[name], mine[name], theirs.get(name, ""))) for name in clashes]
        return site.page("clash.html", 409, event=event, clashes=told, said=sent(site), mine=mine)
    changed = {
        name: mine[name]
        for name in EDITED
        if mine[name] != base.get(name) and mine[name] != theirs.get(name) and chosen.get(name) != "theirs"
    }
    return decide(site, _deed(site, event, mine, changed))


def _called(field: Input, *values: str) -> tuple[str, ...]:
    """The values as the form calls them."""
    called = dict(field.choices)
    return tuple(called.get(value, value) for value in values)


def _event(site: Site) -> Event:
    event = site.seen.by_ref.get(site.request.path_params["ref"])
    if event is None:
        raise HTTPException(404)
    return event


def _base(site: Site, event: Event) -> Mapping[str, str]:
    """The event as the form was made from; as it now stands when that is not told."""
    said = sent(site).get("read_at", "")
    if not said.isdecimal() or len(said) > 9 or int(said) >= site.seen.revision:
        return cells_in(site, event)
    with site.database.snapshot(as_of=int(said)) as snapshot:
        before = [each for each in snapshot.events(event.programme) if each.ref == event.ref]
    if not before:
        raise HTTPException(409)
    return cells_in(site, before[0])


def _deed(site: Site, event: Event, cells: Mapping[str, str], changed: Mapping[str, str]) -> Deed:
    read_at = sent(site).get("read_at") or str(site.seen.revision)
    chosen = tuple((name, value) for name, value in sent(site).items() if name.startswith("choose_"))
    back = site.event_url(event)
    return Deed(
        site.say("Edit"),
        (*field_inputs(site, cells), reason_input(site)),
        on_plan(site, lambda plan: propose_edit(plan, (event.ref,), changed)),
        back,
        back,
        (("read_at", read_at), *chosen),
        about=title_of(event, site.language),
    )
