"""The events of a programme as one level of readers may see them on pages (the feeds' own sieve)."""

from collections.abc import Iterable, Sequence

from planner.domain.event import Event
from planner.domain.feed import Feed, Level
from planner.domain.register import Register
from planner.services.disclosing import Known, disclosed, may_show, may_show_now, without_links_to
from planner.services.known import known_events
from planner.services.published import load_published, shown_in
from planner.store import Snapshot


def visible(snapshot: Snapshot, register: Register, level: Level) -> tuple[Event, ...]:
    """The events that level may see, without what it must not see of them; coordinators (FULL) see all of everything.

    Links to hidden events are left out, so that nothing tells of them.
    """
    code = register.programme.code
    if level is Level.FULL:
        return snapshot.events(code)
    return visible_of(known_to(snapshot, code, level), register, level)


def known_to(snapshot: Snapshot, programme: str, level: Level, refs: Sequence[str] | None = None) -> tuple[Known, ...]:
    """The events, or these, before a level's sieve: for the public those of the state that its feeds are made from."""
    if level is not Level.PUBLIC:
        return known_events(snapshot, programme, refs)
    state = shown_in(load_published(snapshot, programme), Feed(programme, "public", level=Level.PUBLIC))
    return tuple(each for each in state.events if refs is None or each.event.ref in refs)


def visible_of(listed: Iterable[Known], register: Register, level: Level) -> tuple[Event, ...]:
    """The same of these events, for levels that do not see everything."""
    known = [each for each in listed if not each.is_removed]
    seen = [each.event for each in known if may_show(each, register, level)]
    hidden = {each.event.ref for each in known} - {event.ref for event in seen}
    return tuple(without_links_to(disclosed(event, level), hidden) for event in seen)


def levels_that_see(event: Event, register: Register) -> tuple[Level, ...]:
    """The levels that may see an event as it stands, its past left aside."""
    return tuple(level for level in Level if may_show_now(event, register, level))
