"""Notes, papers, contacts and replies on an event's page: each added or taken away by a form with its preview."""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.domain.entries import Answer
from planner.domain.event import Event
from planner.errors import BadInput, problem
from planner.services.keeping import (
    Person,
    propose_contact,
    propose_erasure,
    propose_no_note,
    propose_no_paper,
    propose_note,
    propose_paper,
)
from planner.services.planning import Plan
from planner.services.proposal import Proposal
from planner.services.replying import propose_reply, replies_to
from planner.web.deciding import Deed, Input, decide, on_plan, sent
from planner.web.event import event_of
from planner.web.site import Site, for_writers, form, page
from planner.wording.changes import name_of, say_answer_word


def _deed(
    site: Site,
    event: Event,
    title: str,
    inputs: tuple[Input, ...],
    propose: Callable[[Plan], Proposal],
    carried: tuple[tuple[str, str], ...] = (),
) -> Deed:
    back = site.event_url(event)
    return Deed(title, inputs, on_plan(site, propose), back, back, carried)


def _note(site: Site, event: Event) -> Deed:
    said = sent(site)
    words = Input("text", site.say("Note"), sort="area", help=site.say("For coordinators only; in no calendar."))
    by, day = site.visitor.name, datetime.now(UTC).date()
    return _deed(
        site,
        event,
        site.say("Add a note"),
        (words,),
        lambda plan: propose_note(plan, event.ref, said.get("text", ""), by, day),
    )


def _paper(site: Site, event: Event) -> Deed:
    said, say = sent(site), site.say
    inputs = (
        Input("title", say("Title"), is_required=True),
        Input("address", say("Address"), help=say("Where it lies, such as https://files.example.org/agenda.pdf.")),
        Input("sha256", say("SHA-256, if it is known"), help=say("64 digits that tell whether it was changed.")),
    )

    def propose(plan: Plan) -> Proposal:
        return propose_paper(
            plan, event.ref, said.get("title", ""), said.get("address", ""), said.get("sha256", "").casefold()
        )

    return _deed(site, event, say("Add a paper"), inputs, propose)


def _contact(site: Site, event: Event) -> Deed:
    said, say, register = sent(site), site.say, site.seen.register
    parties = tuple((each, name_of(register, "party", each, site.language)) for each in replies_to(register, event))
    inputs = (
        Input("party", say("Participant"), sort="select", choices=parties),
        Input("name", say("Name"), is_required=True),
        Input("tasks", say("What to ask them about")),
        Input("email", say("E-mail")),
        Input("phone", say("Telephone")),
    )
    # The same in preview and saving; it hides the contact, once erased, behind its hash.
    salt = said.get("salt") or secrets.token_hex(16)
    person = Person(*(said.get(name, "") for name in ("name", "tasks", "email", "phone")))

    def propose(plan: Plan) -> Proposal:
        return propose_contact(plan, said.get("party", ""), person, salt)

    return _deed(site, event, say("Add a contact"), inputs, propose, (("salt", salt),))


def _reply(site: Site, event: Event) -> Deed:
    said, say, register = sent(site), site.say, site.seen.register
    answers = tuple((each.value, say_answer_word(each, site.language)) for each in Answer)
    parties = tuple((each, name_of(register, "party", each, site.language)) for each in replies_to(register, event))
    inputs = (
        Input("party", say("Participant"), sort="select", choices=parties),
        Input("answer", say("Reply"), Answer.COMING.value, "radio", answers),
        Input("note", say("What they said besides")),
    )
    day = datetime.now(UTC).date()

    def propose(plan: Plan) -> Proposal:
        if said.get("answer") not in set(Answer):
            raise BadInput(problem("", f"{said.get('answer', '')!r} is no reply", ", ".join(Answer)))
        parties = (said.get("party", ""),)
        return propose_reply(plan, event.ref, Answer(said["answer"]), parties, said.get("note", ""), day)

    return _deed(site, event, say("Record replies"), inputs, propose)


KEEPERS: Mapping[str, Callable[[Site, Event], Deed]] = {
    "note": _note,
    "paper": _paper,
    "contact": _contact,
    "reply": _reply,
}


def _away(site: Site) -> Deed:
    """Taking away the note, paper or contact that the address names."""
    event, given = event_of(site), site.request.path_params
    what, number, party, say = given["what"], given["number"], given.get("party", ""), site.say
    takers: Mapping[str, tuple[str, Callable[[Plan], Proposal]]] = {
        "note": (say("Take the note away"), lambda plan: propose_no_note(plan, event.ref, number)),
        "paper": (say("Take the paper away"), lambda plan: propose_no_paper(plan, event.ref, number)),
        "contact": (say("Erase the contact for good"), lambda plan: propose_erasure(plan, party, number)),
    }
    if what not in takers or (what == "contact") != bool(party):
        raise HTTPException(404)
    title, propose = takers[what]
    return _deed(site, event, f"{title}: {number}", (), propose)


@page
@for_writers
def away_page(site: Site) -> Response:
    """What would go."""
    return decide(site, _away(site))


@form
@for_writers
def do_away(site: Site) -> Response:
    """Its going."""
    return decide(site, _away(site))
