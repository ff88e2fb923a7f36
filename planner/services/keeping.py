"""Notes and papers of events, contacts of parties: kept beside the plan as records of their own (pure decisions)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

from planner.domain.beside import SALT_LETTERS, Contact, Note, Paper
from planner.domain.board import Board
from planner.domain.change import Change
from planner.domain.event import BookingSort, Event
from planner.domain.register import Register
from planner.errors import BadInput, NotFound, Problem, problem
from planner.services.planning import Plan, proposed
from planner.services.proposal import Proposal

KeptT = TypeVar("KeptT", Note, Paper, Contact)
LONGEST = 4000
"""Letters in one text; what is longer is a paper, and kept elsewhere."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(rf"[0-9a-f]{{{SALT_LETTERS}}}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class Person:
    """What is said of a contact; None leaves it as it is."""

    name: str | None = None
    tasks: str | None = None
    email: str | None = None
    phone: str | None = None


def notes_of(register: Register, event: Event) -> tuple[Note, ...]:
    """The notes on an event, in the order they were written."""
    return tuple(sorted((each for each in register.notes if each.ref == event.ref), key=lambda each: each.number))


def papers_of(register: Register, event: Event) -> tuple[Paper, ...]:
    """The papers for an event, in the order they were added."""
    return tuple(sorted((each for each in register.papers if each.ref == event.ref), key=lambda each: each.number))


def contacts_of(register: Register, parties: Sequence[str] = ()) -> tuple[Contact, ...]:
    """The contacts of these parties, or of all, by party and number."""
    found = (each for each in register.contacts if not parties or each.party in parties)
    return tuple(sorted(found, key=lambda each: (each.party, each.number)))


def contacts_for(register: Register, event: Event) -> tuple[Contact, ...]:
    """The contacts of those who take part in an event, its host among them."""
    booked = {booking.code for booking in event.booked(BookingSort.PARTY)}
    parties = {event.host, *booked, *Board(date.min, (register,), (event,)).invited(event)} - {""}
    return contacts_of(register, sorted(parties)) if parties else ()


def propose_note(plan: Plan, ref: str, text: str, by: str, today: date) -> Proposal:
    """A note on that event, behind those it has."""
    event = plan.event(ref)
    _refuse(_wrong("text", text, is_needed=True))
    number = _next(each.number for each in notes_of(plan.register, event))
    return proposed(plan, "note", [Change(None, Note(event.programme, event.ref, number, text.strip(), by, today))])


def propose_no_note(plan: Plan, ref: str, number: int) -> Proposal:
    """That note taken away; the history keeps it."""
    event = plan.event(ref)
    return proposed(plan, "note", [Change(_numbered(notes_of(plan.register, event), number, "note", event.ref), None)])


def propose_paper(plan: Plan, ref: str, title: str, address: str, sha256: str = "") -> Proposal:
    """A paper for that event; one at an address it has already gets the new title and hash."""
    event, title, address = plan.event(ref), title.strip(), address.strip()
    _refuse([*_wrong("title", title, is_needed=True), *_wrong_with_address(address), *_wrong_with_digest(sha256)])
    papers = papers_of(plan.register, event)
    before = next((each for each in papers if each.address == address), None)
    number = before.number if before is not None else _next(each.number for each in papers)
    after = Paper(event.programme, event.ref, number, title, address, sha256)
    return proposed(plan, "paper", [] if before == after else [Change(before, after)])


def propose_no_paper(plan: Plan, ref: str, number: int) -> Proposal:
    """That paper taken away."""
    event = plan.event(ref)
    paper = _numbered(papers_of(plan.register, event), number, "paper", event.ref)
    return proposed(plan, "paper", [Change(paper, None)])


def propose_contact(plan: Plan, party: str, said: Person, salt: str) -> Proposal:
    """A new contact of that party; `salt` is random, and the same when this is decided again."""
    code = party_named(plan.register, party)
    if not _SALT.fullmatch(salt):
        raise BadInput(problem("salt", "is not what the form had", f"{SALT_LETTERS} hexadecimal digits"))
    number = _next(each.number for each in contacts_of(plan.register, (code,)))
    blank = Contact(plan.register.programme.code, code, number, salt=salt)
    return proposed(plan, "contact", [Change(None, _with(blank, said))])


def propose_contact_edit(plan: Plan, party: str, number: int, said: Person) -> Proposal:
    """The contact with these things changed."""
    before = the_contact(plan.register, party, number)
    after = _with(before, said)
    return proposed(plan, "contact", [] if after == before else [Change(before, after)])


def propose_erasure(plan: Plan, party: str, number: int) -> Proposal:
    """The contact erased for good, from the history too: that there was one, and when it went, is all that stays."""
    before = the_contact(plan.register, party, number)
    note = f"{before.code}: erased from the history as well; no undo brings it back"
    return proposed(plan, "erase contact", [Change(before, None)], notes=(note,))


def the_contact(register: Register, party: str, number: int) -> Contact:
    """The contact of that number. Raises BadInput and NotFound."""
    code = party_named(register, party)
    return _numbered(contacts_of(register, (code,)), number, "contact", code)


def _with(contact: Contact, said: Person) -> Contact:
    texts = {
        name: value.strip()
        for name in ("name", "tasks", "email", "phone")
        if (value := getattr(said, name)) is not None
    }
    after = replace(contact, **texts)
    problems = [*_wrong("name", after.name, is_needed=True)]
    for name in ("tasks", "email", "phone"):
        problems.extend(_wrong(name, getattr(after, name)))
    if after.email and not _EMAIL.fullmatch(after.email):
        problems.append(Problem("email", f"{after.email!r} is no address", "such as protocol@example.org"))
    _refuse(problems)
    return after


def _next(numbers: Iterable[int]) -> int:
    return max(numbers, default=0) + 1


def _numbered(listed: Sequence[KeptT], number: int, what: str, whose: str) -> KeptT:
    found = next((each for each in listed if each.number == number), None)
    if found is None:
        known = ", ".join(str(each.number) for each in listed)
        raise NotFound(problem(whose, f"has no {what} {number}", f"one of {known}" if known else ""))
    return found


def party_named(register: Register, text: str) -> str:
    """The code of the party of that name. Raises BadInput."""
    names = register.names("party")
    code = names.find(text)
    if code is None:
        raise BadInput(problem("", f"no party {text!r} in the programme", remedy=names.did_you_mean(text)))
    return code


def _wrong(where: str, text: str, *, is_needed: bool = False) -> list[Problem]:
    if is_needed and not text.strip():
        return [Problem(where, "is empty", "some words")]
    if len(text) > LONGEST:
        return [
            Problem(where, f"has {len(text)} letters", f"at most {LONGEST}", "keep it as a paper, and its address here")
        ]
    if any((letter < " " and letter not in "\n\t") or letter == "\x7f" for letter in text):
        return [Problem(where, "has control characters", "plain text")]
    return []


def _wrong_with_address(address: str) -> list[Problem]:
    """A paper's address is followed by readers: nothing but the web, and no control characters."""
    found = _wrong("address", address, is_needed=True)
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in {"https", "http"} and bool(parts.hostname) and " " not in address
    except ValueError:
        is_web = False
    if not found and not is_web:
        found.append(Problem("address", f"{address!r} is no web address", "https://…"))
    return found


def _wrong_with_digest(sha256: str) -> list[Problem]:
    is_good = not sha256 or _DIGEST.fullmatch(sha256)
    return [] if is_good else [Problem("sha256", f"{sha256!r} is no SHA-256", "64 hexadecimal digits")]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise BadInput(*problems)
