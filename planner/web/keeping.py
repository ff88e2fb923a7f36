"""Notes, papers, contacts and replies on an event's page: each added or taken away by a form with its preview."""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.domain.beside import Contact
from planner.domain.event import Event
from planner.domain.reply import Answer, Reply
from planner.errors import BadInput, NotFound, problem
from planner.services.keeping import (
    Person,
    propose_contact,
    propose_contact_edit,
    propose_erasure,
    propose_no_note,
    propose_no_paper,
    propose_note,
    propose_paper,
    the_contact,
)
from planner.services.planning import Plan, propose_unlink
from planner.services.proposal import Proposal
from planner.services.replying import propose_replies, replies_to
from planner.web.deciding import Deed, Input, ask, decide, on_plan, sent
from planner.web.event import event_of
from planner.web.site import Site, for_writers, form, page
from planner.wording.changes import name_of, say_answer_word, title_of


def _deed(
    site: Site,
    event: Event,
    title: str,
    inputs: tuple[Input, ...],
    propose: Callable[[Plan], Proposal],
    carried: tuple[tuple[str, str], ...] = (),
) -> Deed:
    back = site.event_url(event)
    return Deed(title, inputs, on_plan(site, propose), back, back, carried, about=title_of(event, site.language))


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
    inputs = (Input("party", say("Participant"), sort="select", choices=parties), *_of_person(site, Contact("", "", 0)))
    # The same in preview and saving; it hides the contact, once erased, behind its hash.
    salt = said.get("salt") or secrets.token_hex(16)

    def propose(plan: Plan) -> Proposal:
        return propose_contact(plan, said.get("party", ""), _person(said), salt)

    return _deed(site, event, say("Add a contact"), inputs, propose, (("salt", salt),))


def _of_person(site: Site, contact: Contact) -> tuple[Input, ...]:
    say = site.say
    return (
        Input("name", say("Name"), contact.name, is_required=True),
        Input("tasks", say("What to ask them about"), contact.tasks),
        Input("email", say("E-mail"), contact.email),
        Input("phone", say("Telephone"), contact.phone),
    )


def _person(said: Mapping[str, str]) -> Person:
    return Person(*(said.get(name, "") for name in ("name", "tasks", "email", "phone")))


def _edited_contact(site: Site) -> Deed:
    """Correcting the contact that the address names. Raises NotFound for one that was erased."""
    event, said, given = event_of(site), sent(site), site.request.path_params
    party, number = given["party"], given["number"]
    stands = the_contact(site.seen.register, party, number)

    def propose(plan: Plan) -> Proposal:
        return propose_contact_edit(plan, party, number, _person(said))

    return _deed(site, event, site.say("Correct the contact"), _of_person(site, stands), propose)


def _reply(site: Site, event: Event) -> Deed:
    """What all participants replied, in one form; those left as the form showed them do not change.

    What it showed comes along, so that a reply that somebody else records meanwhile is not taken back.
    """
    said, recorded = sent(site), replies_to(site.seen.register, event)
    fields = {party: _of_reply(site, party, reply) for party, reply in recorded.items()}
    inputs = tuple(each for both in fields.values() for each in both)
    shown = {each.name: said.get(f"was_{each.name}", each.value) for each in inputs}
    day = datetime.now(UTC).date()

    def propose(plan: Plan) -> Proposal:
        told = {
            party: (_answer(said[answer.name]), said.get(note.name, ""))
            for party, (answer, note) in fields.items()
            if said.get(answer.name) and any(said.get(each.name, "") != shown[each.name] for each in (answer, note))
        }
        return propose_replies(plan, event.ref, told, day)

    carried = tuple((f"was_{name}", value) for name, value in shown.items())
    return _deed(site, event, site.say("Record replies"), inputs, propose, carried)


def _of_reply(site: Site, party: str, reply: Reply | None) -> tuple[Input, Input]:
    """Its answer, and what they said besides."""
    answers = tuple((each.value, say_answer_word(each, site.language)) for each in Answer)
    name = name_of(site.seen.register, "party", party, site.language)
    answer, note = (reply.answer, reply.note) if reply is not None else (Answer.AWAITED, "")
    besides = site.say("%(party)s: what they said besides") % {"party": name}
    return Input(f"answer_{party}", name, answer.value, "select", answers), Input(f"note_{party}", besides, note)


def _answer(said: str) -> Answer:
    if said not in set(Answer):
        raise BadInput(problem("", f"{said!r} is no reply", ", ".join(Answer)))
    return Answer(said)


KEEPERS: Mapping[str, Callable[[Site, Event], Deed]] = {
    "note": _note,
    "paper": _paper,
    "contact": _contact,
    "reply": _reply,
}


def _away(site: Site) -> Deed:
    """Taking away the note, paper, contact or link that the address names."""
    event, given = event_of(site), site.request.path_params
    what, number, party, say = given["what"], given["number"], given.get("party", ""), site.say
    takers: Mapping[str, tuple[str, Callable[[Plan], Proposal]]] = {
        "note": (say("Take the note away"), lambda plan: propose_no_note(plan, event.ref, number)),
        "paper": (say("Take the paper away"), lambda plan: propose_no_paper(plan, event.ref, number)),
        "link": (say("Take the link away"), lambda plan: _unlinked(plan, event, number)),
        "contact": (say("Erase the contact for good"), lambda plan: propose_erasure(plan, party, number)),
    }
    if what not in takers or (what == "contact") != bool(party):
        raise HTTPException(404)
    title, propose = takers[what]
    return _deed(site, event, f"{title}: {number}", (), propose)


def _unlinked(plan: Plan, event: Event, number: int) -> Proposal:
    """Without the link that stands there as the page shows it, counted from 1."""
    if not 0 < number <= len(event.links):
        raise NotFound(problem(event.ref, f"has no link {number}"))
    link = event.links[number - 1]
    return propose_unlink(plan, event.ref, link.ref, link.relation)


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


@page
@for_writers
def contact_page(site: Site) -> Response:
    """The form of a contact as it stands."""
    return ask(site, _edited_contact(site))


@form
@for_writers
def do_contact(site: Site) -> Response:
    """The preview of its correction, or the saving."""
    return decide(site, _edited_contact(site))
