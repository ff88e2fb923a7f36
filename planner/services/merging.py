"""Two events that are one: what becomes of the other's links, names and papers (pure)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from planner.domain.change import Change
from planner.domain.entries import KnownName
from planner.domain.event import Event, Link
from planner.errors import BadInput, problem
from planner.services.planning import Plan, proposed
from planner.services.proposal import Proposal

_FILLED = ("host", "decision", "item", "responsible", "financing", "people", "bodies", "bookings")
"""Fields that the kept event takes from the other where it says nothing itself."""
_TEXTS = ("titles", "shorts", "remarks", "internal")


def propose_merge(plan: Plan, keep: str, gone: str) -> Proposal:
    """The second event taken into the first: its links, names and reference lead there from now on.

    What the first does not say it takes from the second; what both say stays the first's. Calendars are told that the
    second is cancelled.
    """
    kept, other = plan.event(keep), plan.event(gone)
    if kept == other:
        raise BadInput(problem(kept.ref, "cannot be merged with itself", "two events"))
    merged = _filled(kept, other)
    links = {link for link in (*kept.links, *other.links) if link.ref not in {kept.ref, other.ref}}
    merged = replace(merged, links=_sorted(links), priorities=tuple(sorted({*kept.priorities, *other.priorities})))
    changes = [Change(kept, merged), Change(other, None)]
    for event in plan.events.values():
        if event not in (kept, other) and any(link.ref == other.ref for link in event.links):
            led = {replace(link, ref=kept.ref) if link.ref == other.ref else link for link in event.links}
            changes.append(Change(event, replace(event, links=_sorted(led))))
    names = [*_names(plan, kept, other), *changes]
    notes = () if kept.kind == other.kind else (f"{other.ref} was a {other.kind}, {kept.ref} is a {kept.kind}",)
    return proposed(plan, "merge", [change for change in names if change.before != change.after], notes=notes)


def _filled(kept: Event, other: Event) -> Event:
    taken: dict[str, Any] = {
        name: getattr(other, name) for name in _FILLED if not getattr(kept, name) and getattr(other, name)
    }
    for name in _TEXTS:
        said = {**dict(getattr(other, name)), **dict(getattr(kept, name))}
        taken[name] = tuple(sorted(said.items()))
    return replace(kept, **taken)


def _sorted(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (link.relation, link.ref)))


def _names(plan: Plan, kept: Event, other: Event) -> list[Change]:
    """What makes lists find the kept event under the other's names and reference, and those it had taken in before."""
    own = {text for _, text in kept.titles}
    aliases = tuple(text for _, text in other.titles if text not in own)
    code = plan.register.programme.code
    new = KnownName(code, other.ref, aliases, event=kept.ref, refs=(other.ref,))
    led = [each for each in plan.register.known_names if each.event == other.ref]
    before = next((each for each in plan.register.known_names if each.code == other.ref), None)
    return [Change(before, new), *(Change(each, replace(each, event=kept.ref)) for each in led)]
