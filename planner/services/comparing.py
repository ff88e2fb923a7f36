"""What changed between two states of a plan, as one level of readers may see it (pure).

Each of the two states is sieved as the reader could see it then; what is compared holds nothing that is not theirs.
"""

from collections.abc import Iterable

from planner.domain.change import Change, Logged, Revision
from planner.domain.entries import PartySort, Standing
from planner.domain.event import MEMBERS, BookingSort, Event
from planner.domain.feed import Level
from planner.domain.register import Register
from planner.domain.release import Notice, Release
from planner.domain.turn import Compared, Turned, turns_of
from planner.errors import BadInput, NotFound, problem
from planner.services.looking import by_day
from planner.services.showing import visible
from planner.store import Snapshot

_ABOUT = frozenset({Release.sort, Notice.sort})


def level_of_party(register: Register, code: str) -> Level:
    """What a party may see: members as members, everybody else as the public. '' is a coordinator, who sees all."""
    if not code:
        return Level.FULL
    party = register.party(code)
    is_member = party is not None and party.party_sort is PartySort.STATE and party.standing is Standing.MEMBER
    return Level.MEMBER if is_member or code in register.programme.members else Level.PUBLIC


def party_meant(register: Register, text: str) -> str:
    """The code of a party by code or name, '' for ''. Raises NotFound."""
    if not text:
        return ""
    code = register.names("party").find(text)
    if code is None:
        remedy = register.names("party").did_you_mean(text)
        raise NotFound(problem("--for", f"no party {text!r} in the programme", remedy=remedy))
    return code


def compared(snapshot: Snapshot, programme: str, since: int, party: str = "") -> Compared:
    """What turned between that revision and the snapshot's, for those events the party takes part in; '' is all.

    Raises BadInput when `since` is newer than the snapshot.
    """
    if since > snapshot.revision:
        found = f"revision {since} is newer than revision {snapshot.revision}"
        raise BadInput(problem("--since", found, "an earlier state"))
    register = snapshot.register(programme)
    level = level_of_party(register, party)
    before = _seen(snapshot.at(since), programme, level)
    after = _seen(snapshot, programme, level)
    pairs = [
        (before.get(ref), after.get(ref)) for ref in sorted({*before, *after}) if before.get(ref) != after.get(ref)
    ]
    mine = [pair for pair in pairs if not party or any(takes_part(each, party, register) for each in pair if each)]
    turned = [Turned(was, now, turns_of(was, now)) for was, now in mine if turns_of(was, now)]
    told = sorted(_explained(snapshot, programme, since, level, turned), key=lambda each: by_day(each.event))
    return Compared(register, level, party, since, snapshot.revision, tuple(told))


def takes_part(event: Event, party: str, register: Register) -> bool:
    """True when the party hosts the event or is named in it; "all members" names every member."""
    codes = {booking.code for booking in event.booked(BookingSort.PARTY)} | {event.host}
    return party in codes or (MEMBERS in codes and party in register.programme.members)


def _seen(snapshot: Snapshot, programme: str, level: Level) -> dict[str, Event]:
    if all(each.code != programme for each in snapshot.programmes()):
        return {}  # before it was loaded
    return {event.ref: event for event in visible(snapshot, snapshot.register(programme), level)}


def _explained(snapshot: Snapshot, programme: str, since: int, level: Level, found: Iterable[Turned]) -> list[Turned]:
    """The same with the revision that wrote each, and its reason."""
    listed = list(found)
    histories = snapshot.histories(programme, [each.event.ref for each in listed])
    written = {each.event.ref: _last_written(histories.get(each.event.ref, ()), since) for each in listed}
    numbers = {revision.number for revision in written.values() if revision is not None}
    tellable = {number for number in numbers if level is Level.FULL or _is_theirs(snapshot, programme, number, level)}
    told = []
    for each in listed:
        revision = written[each.event.ref]
        reason = revision.why if revision is not None and revision.number in tellable else ""
        told.append(Turned(each.before, each.after, each.turns, revision, reason))
    return told


def _last_written(logged: Iterable[Logged], since: int) -> Revision | None:
    """The last revision after `since` in which something turned that people must be told."""
    before: Event | None = None
    last = None
    for each in logged:
        after = each.after if isinstance(each.after, Event) else None
        is_later = each.revision.number > since and (before is not None or after is not None)
        if is_later and (before != after) and (turns_of(before, after) or last is None):
            last = each.revision
        before = after
    return last


def _is_theirs(snapshot: Snapshot, programme: str, number: int, level: Level) -> bool:
    """True when the level may see every event the revision wrote, before and after: its reason may speak of any."""
    earlier = _seen(snapshot.at(number - 1), programme, level)
    later = _seen(snapshot.at(number), programme, level)
    return all(
        (change.before is None or change.key.code in earlier) and (change.after is None or change.key.code in later)
        for change in snapshot.changes_of(number)
        if change.key.sort == Event.sort
    )


def difference(snapshot: Snapshot, programme: str, since: int) -> tuple[Change, ...]:
    """Every record of a programme that differs between that revision and the snapshot's, events last, by key.

    Releases and notices are left out: they say who was told of the plan, and change nothing of it.
    """
    changed = (key for key in snapshot.changed_since(since, programme) if key.sort not in _ABOUT)
    keys = sorted(changed, key=lambda key: (key.sort == Event.sort, *key))
    earlier = snapshot.at(since)
    pairs = ((earlier.record(key), snapshot.record(key)) for key in keys)
    return tuple(Change(before, after) for before, after in pairs if before != after)
