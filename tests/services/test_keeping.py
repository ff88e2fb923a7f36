"""Notes, papers and contacts: what is kept, and what is refused."""

from dataclasses import replace

import pytest

from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Change
from planner.errors import BadInput, NotFound
from planner.services.keeping import (
    Person,
    contacts_for,
    propose_contact,
    propose_contact_edit,
    propose_erasure,
    propose_no_note,
    propose_no_paper,
    propose_note,
    propose_paper,
)
from planner.services.planning import Plan
from tests.builders import PROGRAMME, a_register, an_event, day

TODAY = day("2020-10-01")
SALT = "0123456789abcdef" * 2
MEETING = an_event("M", states=["AM", "BY"], host="RU")
NOTE = Note(PROGRAMME, "M", 2, "Ask Minsk", "Duty officer", TODAY)
PAPER = Paper(PROGRAMME, "M", 1, "Agenda", "https://files.example.org/a.pdf")
CONTACT = Contact(PROGRAMME, "BY", 1, "Duty officer", "protocol", "", "+375 17 000-00-00", SALT)


def a_plan(*, notes: tuple[Note, ...] = (), papers: tuple[Paper, ...] = (), contacts: tuple[Contact, ...] = ()) -> Plan:
    return Plan(a_register(notes=notes, papers=papers, contacts=contacts), {"M": MEETING}, 3)


def test_note_is_dated_signed_and_stands_behind_those_there_are() -> None:
    proposal = propose_note(a_plan(notes=(NOTE,)), "M", " They said yes ", "Head of protocol", TODAY)

    assert proposal.changes == (Change(None, Note(PROGRAMME, "M", 3, "They said yes", "Head of protocol", TODAY)),)


def test_note_taken_away_is_removed_and_one_that_is_not_there_is_named() -> None:
    assert propose_no_note(a_plan(notes=(NOTE,)), "M", 2).changes == (Change(NOTE, None),)
    with pytest.raises(NotFound, match="M: has no note 1"):
        propose_no_note(a_plan(notes=(NOTE,)), "M", 1)


def test_paper_at_an_address_it_has_already_gets_the_new_title_and_hash() -> None:
    again = propose_paper(a_plan(papers=(PAPER,)), "M", "Agenda, second draft", PAPER.address, "ab" * 32)

    assert again.changes == (Change(PAPER, replace(PAPER, title="Agenda, second draft", sha256="ab" * 32)),)
    assert propose_paper(a_plan(papers=(PAPER,)), "M", PAPER.title, PAPER.address).is_empty
    assert propose_no_paper(a_plan(papers=(PAPER,)), "M", 1).changes == (Change(PAPER, None),)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "agenda.pdf",
        "https://",
        "https://a b",
        "https://[",
        "https://a\x07b",
    ],
)
def test_paper_without_a_web_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="address"):
        propose_paper(a_plan(), "M", "Agenda", address)


def test_everything_wrong_with_a_paper_is_said_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        propose_paper(a_plan(), "M", " ", "ftp://a", "xyz")

    assert [each.where for each in refused.value.problems] == ["title", "address", "sha256"]


def test_contact_is_added_changed_and_erased() -> None:
    said = Person("Duty officer", "protocol", None, "+375 17 000-00-00")
    assert propose_contact(a_plan(), "by", said, SALT).changes == (Change(None, CONTACT),)

    edited = propose_contact_edit(a_plan(contacts=(CONTACT,)), "BY", 1, Person(email="p@example.org"))
    assert edited.changes == (Change(CONTACT, replace(CONTACT, email="p@example.org")),)

    erased = propose_erasure(a_plan(contacts=(CONTACT,)), "BY", 1)
    assert (erased.means, erased.changes) == ("erase contact", (Change(CONTACT, None),))


def test_contact_of_nobody_or_at_no_address_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        propose_contact(a_plan(), "BY", Person("", email="nowhere", phone="x" * 5000), SALT)

    assert [each.where for each in refused.value.problems] == ["name", "phone", "email"]
    with pytest.raises(BadInput, match="no party 'Atlantis'"):
        propose_contact(a_plan(), "Atlantis", Person("A"), SALT)
    with pytest.raises(BadInput, match="salt"):
        propose_contact(a_plan(), "BY", Person("A"), "")


def test_contacts_for_an_event_are_those_of_its_host_and_of_those_who_take_part() -> None:
    host, stranger = replace(CONTACT, party="RU"), replace(CONTACT, party="KZ")
    register = a_register(contacts=(CONTACT, stranger, host))

    assert contacts_for(register, MEETING) == (CONTACT, host)
