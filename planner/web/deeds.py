"""What can be done to events on pages: each deed is a form and the proposal it means."""

from collections.abc import Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.domain.event import Event, Relation, Status
from planner.errors import BadInput, problem
from planner.services.history import propose_undo
from planner.services.moving import propose_cancel, propose_move, propose_postpone
from planner.services.planning import (
    Plan,
    propose_approve,
    propose_confirm,
    propose_link,
)
from planner.services.proposal import Proposal
from planner.services.settling import propose_settle
from planner.web.deciding import Deed, Input, ask, decide, on_plan, reason_input, sent
from planner.web.event import event_of
from planner.web.keeping import KEEPERS
from planner.web.site import Site, for_writers, form, page
from planner.wording.changes import name_of, say_status, title_of

Make = Callable[[Site, Event], Deed]


def _paper(site: Site) -> Input:
    return Input("paper", site.say("Allowed by"), sort="select", choices=(("", "–"), *_papers(site)))


def _papers(site: Site) -> tuple[tuple[str, str], ...]:
    register, language = site.seen.register, site.language
    return tuple((each.code, name_of(register, "decision", each.code, language)) for each in register.decisions)


def _along(site: Site) -> Input:
    choices = (
        ("phases", site.say("its phases and what lies around it")),
        ("all", site.say("what is held together with it, too")),
        ("none", site.say("nothing")),
    )
    return Input("along", site.say("What comes along"), "phases", "radio", choices)


def _deed(site: Site, event: Event, title: str, inputs: tuple[Input, ...], propose: Callable[[Plan], Proposal]) -> Deed:
    back = site.event_url(event)
    about = title_of(event, site.language)
    return Deed(title, (*inputs, reason_input(site)), on_plan(site, propose), back, back, about=about)


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
    inputs = (Input("decision", site.say("The paper that approves"), sort="select", choices=_papers(site)),)
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
        title,
        (reason_input(site),),
        lambda snapshot: propose_undo(snapshot, number),
        site.url("year"),
        site.url("year"),
    )
