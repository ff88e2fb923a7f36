"""Calendars on offer to a person, and a person's own: made with an address, changed behind it, gone with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from planner.domain.address import Address
from planner.domain.board import Board
from planner.domain.change import Change
from planner.domain.entries import Family
from planner.domain.feed import Approximate, Feed, FeedLanguage, Level, Selection
from planner.domain.register import Register
from planner.domain.selection import selects
from planner.domain.texts import Texts, texts
from planner.errors import BadInput, NotFound, problem
from planner.services.disclosing import may_show
from planner.services.feeds import Asked, propose_delete, propose_edit, propose_new
from planner.services.proposal import Author, Proposal, apply
from planner.services.published import Published, shown_in
from planner.services.subscribing import Issued, Order, feed_named, issue, revoke
from planner.store import Database, Snapshot
from planner.wording.changes import name_of, say_family

MOST_OPEN = 30
"""So many open addresses one person may have."""
MOST_LETTERS = 60
_MAY_HAVE = {
    Level.PUBLIC: frozenset({Level.PUBLIC}),
    Level.MEMBER: frozenset({Level.PUBLIC, Level.MEMBER, Level.BUSY}),
    Level.FULL: frozenset(Level),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A calendar as a person asks for it: one on offer (`base`), or the events of these states and families.

    `level` is what it shows; it is never more than the person may see.
    """

    base: str = ""
    states: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    language: FeedLanguage = FeedLanguage.EN
    approximate: Approximate = Approximate.MARKER
    level: Level = Level.MEMBER


@dataclass(frozen=True, slots=True)
class Holder:
    """The person who asks, what they may see, and the instant (UTC)."""

    name: str
    level: Level
    now: datetime


def on_offer(published: Published, level: Level) -> tuple[Feed, ...]:
    """The feeds that somebody who may see that level can choose from, by name; nobody's own."""
    return tuple(feed for feed in published.feeds if feed.level in _MAY_HAVE[level] and not feed.owner)


def count(published: Published, feed: Feed) -> int:
    """How many events that stand the feed takes in, as its level sees them."""
    shown = shown_in(published, feed)
    board = Board(published.newest.date(), (shown.register,), ())
    return sum(
        not known.is_removed
        and may_show(known, shown.register, feed.level)
        and selects(feed.selection, known.event, board)
        for known in shown.events
    )


def wished(published: Published, wish: Wish, level: Level) -> Feed:
    """The calendar that wish means, without a name or an owner yet. Raises NotFound and BadInput.

    What is on offer keeps its level; a calendar of one's own has the one asked for, as far as the person may see it.
    """
    programme = published.register.programme.code
    if wish.base:
        base = next((feed for feed in on_offer(published, level) if feed.name == wish.base), None)
        if base is None:
            raise NotFound(problem("", f"there is no calendar {wish.base[:60]!r} for you"))
        policy = replace(base.policy, approximate=wish.approximate)
        return replace(base, language=wish.language, policy=policy)
    known = {party.code for party in published.register.parties} | set(published.register.programme.members)
    if unknown := [code for code in wish.states if code not in known]:
        raise BadInput(problem("", f"{unknown[0][:60]!r} is no state of the programme"))
    shown = wish.level if wish.level in _MAY_HAVE[level] else level
    return Feed(
        programme,
        "own",
        _titles(published.register, wish),
        Selection(families=wish.families, states=wish.states),
        wish.language,
        shown,
        replace(Feed(programme, "own").policy, approximate=wish.approximate),
    )


def _titles(register: Register, wish: Wish) -> Texts:
    """What a calendar of these states and families is called, in both languages; () for everything."""
    said = {}
    for language in ("en", "ru"):
        states = ", ".join(name_of(register, "party", code, language) for code in wish.states)
        families = ", ".join(say_family(family, language) for family in wish.families)
        said[language] = ": ".join(part for part in (states, families) if part)
    return texts(**said) if said["en"] else ()


def propose_own(published: Published, snapshot: Snapshot, wish: Wish, holder: Holder, name: str) -> Proposal:
    """A new feed of that person's own under this name, following the one on offer if the wish names one."""
    meant = wished(published, wish, holder.level)
    asked = Asked(language=meant.language, level=meant.level, approximate=meant.policy.approximate)
    proposal = propose_new(snapshot, meant.programme, name, asked)
    made = replace(meant, name=name, owner=holder.name, of=wish.base)
    return replace(proposal, changes=(Change(proposal.changes[0].before, made),))


def give(
    database: Database, load: Callable[[Snapshot], Published], wish: Wish, holder: Holder, device: str, name: str
) -> tuple[Issued, Feed]:
    """A private address of the calendar wished for, made in that person's name. Raises BadInput and NotFound.

    `name` is what the feed is called; it stands in the address, so it says nothing of its content or its holder.
    """
    device = " ".join(device.split())
    if not device or len(device) > MOST_LETTERS or not device.isprintable():
        raise BadInput(problem("", f"{device[:20]!r} names no device", f"1 to {MOST_LETTERS} letters, as 'my phone'"))
    with database.snapshot() as snapshot:
        programme = load(snapshot).register.programme.code
    if len(mine(database, programme, holder.name, holder.now)) >= MOST_OPEN:
        raise BadInput(problem("", f"you have {MOST_OPEN} addresses", remedy="revoke those that are not used"))

    def propose(snapshot: Snapshot) -> Proposal:
        return propose_own(load(snapshot), snapshot, wish, holder, name)

    with database.snapshot() as snapshot:
        proposal = propose(snapshot)
    apply(database, propose, proposal, Author(holder.name, "", holder.now))
    with database.snapshot() as snapshot:
        feed = feed_named(snapshot, programme, name)
    order = Order(feed, (f"{holder.name}, {device}",), holder.name, holder.now)
    return issue(database, order)[0], feed


def mine(database: Database, programme: str, name: str, now: datetime) -> tuple[Address, ...]:
    """The open addresses that person holds, by number."""
    with database.operations() as operations:
        return tuple(each for each in operations.addresses(programme) if each.is_of(name) and each.answers(now))


def mine_numbered(database: Database, programme: str, holder: Holder, number: int) -> Address:
    """The open address of that number, if that person holds it. Raises NotFound, as for one that never was."""
    found = (each for each in mine(database, programme, holder.name, holder.now) if each.number == number)
    address = next(found, None)
    if address is None:
        raise NotFound(problem("", f"you have no address {number}"))
    return address


def change_options(
    database: Database, programme: str, holder: Holder, number: int, wish: Wish
) -> tuple[Address, int | None]:
    """Another language, or approximate dates shown or left out, behind the same address; gives the revision.

    Raises NotFound, and BadInput when the address leads to a feed that others read as well.
    """
    address = mine_numbered(database, programme, holder, number)
    asked = Asked(language=wish.language, approximate=wish.approximate)

    def propose(snapshot: Snapshot) -> Proposal:
        if feed_named(snapshot, programme, address.feed).owner != holder.name:
            found = f"others read the calendar of address {number} as well"
            raise BadInput(problem("", found, remedy="choose the calendar anew, with the options you want"))
        return propose_edit(snapshot, programme, address.feed, asked)

    with database.snapshot() as snapshot:
        proposal = propose(snapshot)
    return address, apply(database, propose, proposal, Author(holder.name, "", holder.now))


def give_back(database: Database, programme: str, holder: Holder, number: int) -> Address:
    """Closes an address one holds, and takes away the calendar that was made for it alone. Raises NotFound."""
    address = mine_numbered(database, programme, holder, number)
    revoke(database, programme, (number,), holder.now)
    with database.snapshot() as snapshot:
        stored: Iterable[Feed] = snapshot.feeds(programme)
        is_own = any(feed.name == address.feed and feed.owner == holder.name for feed in stored)
        proposal = propose_delete(snapshot, programme, address.feed) if is_own else None
    if proposal is not None:
        author = Author(holder.name, "", holder.now)
        apply(database, lambda snapshot: propose_delete(snapshot, programme, address.feed), proposal, author)
    return address
