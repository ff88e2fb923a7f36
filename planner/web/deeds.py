"""What can be done to events on pages: each deed is a form and the proposal it means."""

from collections.abc import Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.domain.event import Attendance, Event, Relation, Status
from planner.errors import BadInput, problem
from planner.services.bulk import propose_postpone_all, propose_shift
from planner.services.exporting import cells_of
from planner.services.history import propose_undo
from planner.services.moving import propose_cancel, propose_move, propose_postpone
from planner.services.planning import (
    Plan,
    propose_add,
    propose_approve,
    propose_confirm,
    propose_edit,
    propose_link,
)
from planner.services.proposal import Proposal
from planner.services.settling import propose_settle
from planner.web.deciding import Deed, Input, ask, decide, on_plan, sent
from planner.web.event import event_of
from planner.web.keeping import KEEPERS
from planner.web.site import Site, for_writers, form, page
from planner.wording.changes import name_of, say_field, say_mode, say_status

EDITED = (
    "title_en",
    "title_ru",
    "short_en",
    "short_ru",
    "kind",
    "body",
    "host_country",
    "venue",
    "participants",
    "forces",
    "responsible",
    "financing",
    "people",
    "priority",
    "remarks_en",
    "remarks_ru",
    "internal",
)
"""The columns an event's form has, as lists have them; days are moved, status is decided."""

Make = Callable[[Site, Event], Deed]


def _reason(site: Site) -> Input:
    return Input("reason", site.say("Reason"), sent(site).get("reason", ""), help=site.say("Kept in the history."))


def _paper(site: Site) -> Input:
    papers = tuple((each.code, each.code) for each in site.seen.register.decisions)
    return Input("paper", site.say("Allowed by"), sort="select", choices=(("", "–"), *papers))


def _along(site: Site) -> Input:
    choices = (
        ("phases", site.say("its phases and what lies around it")),
        ("all", site.say("what is held together with it, too")),
        ("none", site.say("nothing")),
    )
    return Input("along", site.say("What comes along"), "phases", "radio", choices)


def _deed(site: Site, event: Event, title: str, inputs: tuple[Input, ...], propose: Callable[[Plan], Proposal]) -> Deed:
    back = site.event_url(event)
    return Deed(title, (*inputs, _reason(site)), on_plan(site, propose), back, back)


def _chosen_along(site: Site) -> str:
    along = sent(site).get("along", "phases")
    return along if along in {"phases", "all", "none"} else "phases"


def _move(site: Site, event: Event) -> Deed:
    words = sent(site).get("when", "")
    when = Input("when", site.say("New date"), help=site.say("As people write it: 19–23 October, III квартал."))
    inputs = (Input(when.name, when.label, help=when.help, is_required=True), _along(site), _paper(site))
    along = _chosen_along(site)
    return _deed(site, event, site.say("Move"), inputs, lambda plan: propose_move(plan, event.ref, words, along))  # type: ignore[arg-type]


def _postpone(site: Site, event: Event) -> Deed:
    words, along = sent(site).get("when", ""), _chosen_along(site)
    when = Input(
        "when", site.say("New date, if there is one"), help=site.say("Empty: without a date until it gets one.")
    )

    def propose(plan: Plan) -> Proposal:
        if words:
            return propose_move(plan, event.ref, words, along)  # type: ignore[arg-type]
        return propose_postpone(plan, event.ref, along)  # type: ignore[arg-type]

    return _deed(site, event, site.say("Postpone"), (when, _along(site), _paper(site)), propose)


def _cancel(site: Site, event: Event) -> Deed:
    along = _chosen_along(site)
    inputs = (_along(site), _paper(site))
    return _deed(site, event, site.say("Cancel it"), inputs, lambda plan: propose_cancel(plan, event.ref, along))  # type: ignore[arg-type]


def _approve(site: Site, event: Event) -> Deed:
    paper = sent(site).get("decision", "")
    papers = tuple((each.code, each.code) for each in site.seen.register.decisions)
    inputs = (Input("decision", site.say("The paper that approves"), sort="select", choices=papers),)
    return _deed(site, event, site.say("Approve"), inputs, lambda plan: propose_approve(plan, (event.ref,), paper))


def _confirm(site: Site, event: Event) -> Deed:
    return _deed(site, event, site.say("Confirm the day"), (), lambda plan: propose_confirm(plan, (event.ref,)))


def _settle(site: Site, event: Event) -> Deed:
    outcome = sent(site).get("outcome", "held")
    statuses = (Status.HELD, Status.POSTPONED, Status.CANCELLED)
    choices = tuple((each.value, say_status(each, site.language)) for each in statuses)

    def propose(plan: Plan) -> Proposal:
        if outcome not in {each.value for each in statuses}:
            raise BadInput(problem("", f"{outcome!r} is no outcome", "held, postponed or cancelled"))
        return propose_settle(plan, {event.ref: outcome})  # type: ignore[dict-item]

    inputs = (Input("outcome", site.say("How it came out"), "held", "radio", choices),)
    return _deed(site, event, site.say("Settle"), inputs, propose)


def _link(site: Site, event: Event) -> Deed:
    said = sent(site)
    relations = _relations(site)
    others = tuple((each.ref, f"{each.ref}  {dict(each.titles).get(site.language, '')}") for each in site.seen.events)
    inputs = (
        Input("relation", site.say("It is"), "part of", "select", relations),
        Input("to", site.say("of which event"), sort="select", choices=others),
    )

    def propose(plan: Plan) -> Proposal:
        if said.get("relation") not in set(Relation):
            raise BadInput(problem("", f"{said.get('relation', '')!r} is no relation", ", ".join(Relation)))
        return propose_link(plan, event.ref, said.get("to", ""), Relation(said["relation"]))

    return _deed(site, event, site.say("Link"), inputs, propose)


def _relations(site: Site) -> tuple[tuple[str, str], ...]:
    say = site.say
    words = {
        Relation.PART_OF: say("a part"),
        Relation.AROUND: say("around it: deployment, recovery"),
        Relation.WITH: say("held together"),
        Relation.PREPARES: say("the preparation"),
        Relation.REPLACES: say("the replacement"),
    }
    return tuple((relation.value, word) for relation, word in words.items())


MAKERS: Mapping[str, Make] = {
    "move": _move,
    "postpone": _postpone,
    "cancel": _cancel,
    "approve": _approve,
    "confirm": _confirm,
    "settle": _settle,
    "link": _link,
    **KEEPERS,
}


def _made(site: Site) -> Deed:
    make = MAKERS.get(site.request.path_params["deed"])
    if make is None:
        raise HTTPException(404)
    return make(site, event_of(site))


@page
@for_writers
def deed_page(site: Site) -> Response:
    """The form of one deed on one event."""
    return ask(site, _made(site))


@form
@for_writers
def do_deed(site: Site) -> Response:
    """Its preview, or its saving."""
    return decide(site, _made(site))


def field_inputs(site: Site, cells: Mapping[str, str]) -> tuple[Input, ...]:
    """The fields of an event's form with these values."""
    return tuple(_field_input(site, name, cells.get(name, "")) for name in EDITED)


def _field_input(site: Site, name: str, value: str) -> Input:
    register, language = site.seen.register, site.language
    label = _label(site, name)
    if name == "kind":
        kinds = tuple((kind.code, name_of(register, "kind", kind.code, language)) for kind in register.kinds)
        return Input(name, label, value, "select", kinds)
    if name == "host_country":
        states = tuple((each, name_of(register, "party", each, language)) for each in register.programme.members)
        listed = states if value in {"", *(code for code, _ in states)} else (*states, (value, value))
        return Input(name, label, value, "select", (("", "–"), *listed))
    return Input(name, label, value, "area" if name.startswith(("remarks", "internal")) else "text")


_FIELDS = {
    "body": "bodies",
    "host_country": "host",
    "venue": "places",
    "participants": "parties",
    "priority": "priorities",
}


def _label(site: Site, name: str) -> str:
    said = site.say("internal remarks") if name == "internal" else say_field(_FIELDS.get(name, name), site.language)
    return said[0].upper() + said[1:]


@page
@for_writers
def add_page(site: Site) -> Response:
    """The form of a new event."""
    return ask(site, _add(site))


@form
@for_writers
def do_add(site: Site) -> Response:
    """Its preview, or its saving."""
    return decide(site, _add(site))


def _add(site: Site) -> Deed:
    said = sent(site)
    cells = {name: said[name] for name in (*EDITED, "date_text") if said.get(name)}
    when = Input("date_text", site.say("When"), help=site.say("As people write it: 19–23 October, III квартал."))
    inputs = (when, *field_inputs(site, {"participants": "all"}), _reason(site))
    return Deed(
        site.say("New event"),
        inputs,
        on_plan(site, lambda plan: propose_add(plan, "", cells)),
        site.url("list"),
        site.url("list"),
    )


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
        _reason(site),
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
        if not text.lstrip("+-").isdecimal() or len(text) > 5:
            raise BadInput(problem("", f"{said['shift']!r} is not a number of days", "a number such as 7 or -14"))
        return propose_shift(plan, refs, int(text))
    return propose_postpone_all(plan, refs)


@page
@for_writers
def undo_page(site: Site) -> Response:
    """What undoing a revision would restore."""
    return decide(site, _undo(site))


@form
@for_writers
def do_undo(site: Site) -> Response:
    """The undoing."""
    return decide(site, _undo(site))


def _undo(site: Site) -> Deed:
    number = site.request.path_params["number"]
    title = f"{site.say('Undo')}: {site.say('rev. %(number)d') % {'number': number}}"
    return Deed(
        title, (_reason(site),), lambda snapshot: propose_undo(snapshot, number), site.url("year"), site.url("year")
    )


def current_cells(site: Site, event: Event) -> Mapping[str, str]:
    """What the form of an event shows of it now."""
    cells = dict(cells_of(event, site.seen.register))
    cells["internal"] = dict(event.internal).get(site.seen.register.programme.languages[0], "")
    return cells
