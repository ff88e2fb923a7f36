"""What parties replied to an invitation: recorded by hand, kept beside the event (pure decisions)."""

from collections.abc import Mapping, Sequence
from datetime import date

from planner.domain.board import Board
from planner.domain.change import Change
from planner.domain.event import Event
from planner.domain.register import Register
from planner.domain.reply import Answer, Reply
from planner.errors import BadInput, Problem, problem
from planner.services.planning import Plan, proposed
from planner.services.proposal import Proposal


def propose_reply(plan: Plan, ref: str, answer: Answer, parties: Sequence[str], note: str, today: date) -> Proposal:
    """The one answer of these parties about one event; *awaited* takes back what was recorded.

    Raises BadInput for parties that nobody knows, and for those that are not invited.
    """
    return propose_replies(plan, ref, dict.fromkeys(parties, (answer, note)), today)


def propose_replies(plan: Plan, ref: str, said: Mapping[str, tuple[Answer, str]], today: date) -> Proposal:
    """What each of these parties answered about one event, with its note; as `propose_reply`."""
    event = plan.event(ref)
    known = {(each.ref, each.party): each for each in plan.register.replies}
    changes = []
    for code, (answer, note) in _by_code(plan.register, event, said).items():
        before = known.get((event.ref, code))
        after = None if answer is Answer.AWAITED else Reply(event.programme, event.ref, code, answer, today, note)
        is_same = before is not None and after is not None and (before.answer, before.note) == (answer, note)
        if not is_same and (before is not None or after is not None):
            changes.append(Change(before, after))
    return proposed(plan, "reply", changes)


def replies_to(register: Register, event: Event) -> dict[str, Reply | None]:
    """By party, what each that is invited replied; None is awaited. In the order of their codes."""
    recorded = {each.party: each for each in register.replies if each.ref == event.ref}
    return {party: recorded.get(party) for party in sorted(_invited(register, event) | recorded.keys())}


def _invited(register: Register, event: Event) -> set[str]:
    return set(Board(date.min, (register,), (event,)).invited(event)) | {
        booking.code for booking in event.bookings if register.party(booking.code) is not None
    }


def _by_code(register: Register, event: Event, said: Mapping[str, tuple[Answer, str]]) -> dict[str, tuple[Answer, str]]:
    """The same by the codes of the parties, each once."""
    invited, names = _invited(register, event), register.names("party")
    found: dict[str, tuple[Answer, str]] = {}
    problems = []
    for text, answer in said.items():
        code = names.find(text)
        if code is None:
            problems.append(problem("", f"no party {text!r} in the programme", remedy=names.did_you_mean(text)))
        elif code not in invited:
            known = ", ".join(sorted(invited)) or "nobody"
            problems.append(Problem(event.ref, f"{code} is not invited", f"one of {known}"))
        else:
            found[code] = answer
    if problems:
        raise BadInput(*problems)
    return found
