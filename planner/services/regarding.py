"""What stands around one event for one level of readers: moves, its date's origin, replies, notes, papers, contacts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Key, Logged
from planner.domain.entries import PublicShows
from planner.domain.event import Event
from planner.domain.feed import Cancelled, Feed, FeedLanguage, Level, Policy
from planner.domain.register import Register
from planner.domain.reply import Reply
from planner.domain.window import Window
from planner.services.disclosing import shown
from planner.services.keeping import contacts_for, notes_of, papers_of
from planner.services.provenance import Origin, origins
from planner.services.published import load_published, shown_in
from planner.services.publishing import Built, feed_bytes
from planner.services.replying import replies_to
from planner.services.showing import known_to, levels_that_see
from planner.store import Snapshot

KEPT = Policy(cancelled=Cancelled.KEEP)


@dataclass(frozen=True, slots=True)
class Regarding:
    """All of it that this level may know; what it may not is not there, rather than hidden later.

    `former` are the days it was moved from, `moved` when that was written. `replies` name every party that is invited.
    """

    former: tuple[Window, ...] = ()
    moved: datetime | None = None
    papers: tuple[Paper, ...] = ()
    notes: tuple[Note, ...] = ()
    contacts: tuple[Contact, ...] = ()
    replies: Mapping[str, Reply | None] = field(default_factory=dict)
    dated_by: tuple[Origin, ...] = ()
    seen_by: tuple[Level, ...] = ()
    history: tuple[Logged, ...] = ()


def regarding(snapshot: Snapshot, register: Register, ref: str, level: Level) -> Regarding:
    """What that level may know around that event: papers are for members, everything internal for coordinators."""
    known = next(iter(known_to(snapshot, register.programme.code, level, [ref])), None)
    told = None if known is None else shown(known, register, level, KEPT)
    if known is None or told is None:
        return Regarding()
    if level in {Level.PUBLIC, Level.BUSY}:
        return Regarding(told.former, told.moved)
    papers = papers_of(register, known.event)
    if level is Level.MEMBER:
        return Regarding(told.former, told.moved, papers)
    return Regarding(
        told.former,
        told.moved,
        papers,
        notes_of(register, known.event),
        contacts_for(register, known.event),
        replies_to(register, known.event),
        origins(snapshot, known.event, "when"),
        levels_that_see(known.event, register),
        snapshot.history(Key(Event.sort, known.event.programme, ref)),
    )


def calendar_of(snapshot: Snapshot, register: Register, ref: str, level: Level, language: str, site: str) -> Built:
    """That event as a calendar of its own, as feeds of that level have it; without entries where it has no days."""
    published = load_published(snapshot, register.programme.code)
    feed = Feed(register.programme.code, ref, language=FeedLanguage(language), level=level, policy=KEPT)
    state = shown_in(published, feed)
    mine = tuple(known for known in state.events if known.event.ref == ref)
    # The state is chosen already: as it is, so it is told.
    as_it_is = replace(state.register.programme, public_shows=PublicShows.PLAN)
    return feed_bytes(
        replace(state, register=replace(state.register, programme=as_it_is), events=mine), feed, site=site
    )
