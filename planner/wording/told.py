"""Who was told what, in lines."""

from collections.abc import Iterable
from datetime import UTC, datetime

from planner.domain.change import Revision
from planner.domain.event import Event
from planner.domain.register import Register
from planner.domain.release import Notice, Release
from planner.domain.told import Decided, Fetched, Told, ToldParty
from planner.domain.turn import Turned
from planner.wording.changes import name_of, title_of
from planner.wording.dates import write_days
from planner.wording.entries import pick
from planner.wording.turns import say_turns

MOST_NAMED = 8
"""So many events of a notice are named."""


def say_told(told: Told, register: Register, language: str) -> tuple[str, ...]:
    """What was decided, released, noticed and fetched of an event."""
    event = told.event
    return (
        f"{event.ref}  {title_of(event, language)}",
        *_decided(told.decided, event, register, language),
        *_released(told.release, language),
        *_noticed(told.notices, register, language),
        *_fetched(told.fetched, language),
    )


def say_told_party(told: ToldParty, register: Register, language: str) -> tuple[str, ...]:
    """What a party was told, of which events, and whether its addresses have the latest release or the plan."""
    now = pick(("the plan is at revision", "план на ревизии"), language)
    plan = pick(("the plan as it stands", "план как он есть"), language)
    state = told.release[0].name if told.release is not None else plan
    return (
        f"{told.party}  {name_of(register, 'party', told.party, language)}   ({now} {told.revision})",
        *_released(told.release, language),
        *_noticed(told.notices, register, language, names_events=True),
        *_fetched(told.fetched, language, state),
    )


def minute(at: datetime, language: str) -> str:
    """An instant as people read it, in UTC."""
    instant = at.astimezone(UTC)
    return f"{write_days(instant.date(), instant.date(), language)}, {instant:%H:%M} UTC"


def say_fetched(each: Fetched, language: str, what: str = "") -> str:
    """What one address was last given: "no 3, Embassy of Belarus (all.ru): fetched … revision 14: has it", or R3."""
    head = f"{pick(('address', 'адрес'), language)} {each.address.number}, {each.address.holder} ({each.address.feed})"
    if each.at is None:
        return f"{head}: {pick(('never fetched', 'ни разу не загружен'), language)}"
    got = f"{head}: {pick(('fetched', 'загружен'), language)} {minute(each.at, language)}"
    if each.revision is None:
        return got
    has = (f"has {what or 'it'}", f"{what or 'это'} уже в нём")
    if not each.has_it:
        has = (f"does not have {what or 'it'} yet", f"{what or 'этого'} в нём ещё нет")
    return f"{got}, {pick(('revision', 'ревизия'), language)} {each.revision}: {pick(has, language)}"


def _decided(decided: Decided, event: Event, register: Register, language: str) -> tuple[str, ...]:
    """What was decided, by whom and on which paper; and that it was held, where that was said."""
    what = say_turns(Turned(decided.before, decided.after, decided.turns), register, language)
    why = f": {decided.revision.why}" if decided.revision.why else ""
    lines = [f"  {pick(('decided', 'решено'), language)}: {what}; {_at(decided.revision, language)}{why}"]
    if decided.paper or event.decision:
        name = name_of(register, "decision", decided.paper or event.decision, language)
        without = pick(("none for this; what approved it first:", "для этого нет; утверждено сначала:"), language)
        said = name if decided.paper else f"{without} {name}"
        lines.append(f"  {pick(('paper', 'документ'), language)}: {said}")
    if decided.settled is not None:
        label = pick(("held, as was said on", "состоялось, отмечено"), language)
        lines.append(f"  {label} {_at(decided.settled, language)}")
    return tuple(lines)


def _at(revision: Revision, language: str) -> str:
    return (
        f"{minute(revision.at, language)}, {revision.who}, {pick(('revision', 'ревизия'), language)} {revision.number}"
    )


def _released(release: tuple[Release, Revision] | None, language: str) -> tuple[str, ...]:
    label = pick(("released", "выпущено"), language)
    if release is None:
        return (f"  {label}: {pick(('not yet', 'ещё нет'), language)}",)
    its, at = release
    note = f": {its.note}" if its.note else ""
    return (f"  {label}: {its.name}, {minute(at.at, language)}, {at.who}{note}",)


def _noticed(
    notices: Iterable[tuple[Notice, Revision]], register: Register, language: str, *, names_events: bool = False
) -> tuple[str, ...]:
    label = pick(("notice made", "уведомление составлено"), language)
    told = []
    for notice, at in notices:
        name = name_of(register, "party", notice.party, language) if notice.party else ""
        whom = name or pick(("everybody", "все"), language)
        of = f": {', '.join(notice.refs[:MOST_NAMED])}" if names_events else ""
        more = " …" if of and len(notice.refs) > MOST_NAMED else ""
        made = f"{pick(('for', 'для'), language)} {whom}, {minute(at.at, language)}, {at.who} ({notice.form})"
        told.append(f"  {label}: {made}{of}{more}")
    return tuple(told) or (f"  {label}: {pick(('none', 'нет'), language)}",)


def _fetched(addresses: Iterable[Fetched], language: str, what: str = "") -> tuple[str, ...]:
    lines = tuple(f"  {say_fetched(each, language, what)}" for each in addresses)
    return lines or (f"  {pick(('no address shows it', 'ни один адрес этого не показывает'), language)}",)
