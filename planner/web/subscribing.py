"""Subscribing on pages: choose a calendar or make one, get its address once, and look after one's addresses."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.domain.entries import Family
from planner.domain.feed import Approximate, Feed, FeedLanguage, Level
from planner.domain.reach import Range
from planner.errors import BadInput, NotFound
from planner.services import own_feeds
from planner.services.own_feeds import Holder, Wish
from planner.services.published import Published, load_published
from planner.services.subscribing import Issued, replace_address
from planner.store import Snapshot
from planner.web import offers, once
from planner.web.site import Site, form, page
from planner.wording.changes import name_of, say_family
from planner.wording.deeds import say_problems


@page
def subscribe_page(site: Site) -> Response:
    """What there is to choose, what was chosen in the address of the page, and the address just made."""
    number = _decimal(site.query.get("made", ""))
    if number is None:
        return _shown(site, _wish(site))
    programme, published = site.seen.register.programme.code, _published(site)
    address = own_feeds.mine_numbered(site.database, programme, _holder(site), number)
    issued = once.carried(site, address)
    shown = _shown(site, None, issued=issued, made=address.holder, feed=published.feed(address.feed))
    return once.take_away(site, number, shown) if issued is not None else shown


@form
def do_subscribe(site: Site) -> Response:
    """Makes an address; the page behind shows it once."""
    holder, wish = _holder(site), _wish(site) or Wish()
    name = f"my-{secrets.token_hex(4)}"
    device = str(site.form.get("device", ""))
    try:
        issued, _ = own_feeds.give(site.database, _loader(site), wish, holder, device, name)
    except BadInput as error:
        return _shown(site, wish, status=422, problems=say_problems(error, site.language))
    return once.carry(site, issued)


@form
def do_replace(site: Site) -> Response:
    """A new address in place of one's own that was lost or seen; the page behind shows it once."""
    holder, number, programme = _holder(site), _number(site), site.seen.register.programme.code
    own_feeds.mine_numbered(site.database, programme, holder, number)
    return once.carry(site, replace_address(site.database, programme, number, holder.name, holder.now))


@form
def do_revoke(site: Site) -> Response:
    """Closes one of one's own addresses."""
    own_feeds.give_back(site.database, site.seen.register.programme.code, _holder(site), _number(site))
    return site.to(f"{site.url('subscribe', done='revoked')}#addresses")


@form
def do_options(site: Site) -> Response:
    """Other options behind the same address."""
    programme, wish = site.seen.register.programme.code, _wish(site) or Wish()
    own_feeds.change_options(site.database, programme, _holder(site), _number(site), wish)
    return site.to(f"{site.url('subscribe', done='changed')}#addresses")


def _shown(
    site: Site,
    wish: Wish | None,
    status: int = 200,
    problems: tuple[str, ...] = (),
    issued: Issued | None = None,
    made: str = "",
    feed: Feed | None = None,
) -> Response:
    published, level = _published(site), site.visitor.level
    chosen = feed or _wished(published, wish, level)
    how_tos, who_cannot = offers.how_tos(site)
    reach, register = offers.reach_of(site), published.register
    return site.page(
        "subscribe.html",
        status,
        offers=offers.offers(site, published),
        wish=wish or Wish(level=Level.FULL if level is Level.FULL else Level.MEMBER),
        is_own=wish is not None and not wish.base,
        chosen=chosen,
        title=offers.title_of(site, register, chosen) if chosen is not None else "",
        count=own_feeds.count(published, chosen) if chosen is not None else 0,
        keys=offers.keys_of(site, register, chosen, issued),
        issued=issued,
        made=made,
        problems=problems,
        device=str(site.form.get("device", ""))[:60],
        states=[(code, name_of(register, "party", code, site.language)) for code in register.programme.members],
        families=[
            (each, say_family(each, site.language))
            for each in Family
            if each in {kind.family for kind in register.kinds}
        ],
        mine=offers.mine_of(site, published),
        how_tos=how_tos,
        who_cannot=who_cannot,
        is_machine=reach.range is Range.MACHINE,
        reach=reach,
        words=offers.words(site.language),
    )


def _wished(published: Published, wish: Wish | None, level: Level) -> Feed | None:
    """The calendar wished for; 404 for one that this reader may not have."""
    try:
        return None if wish is None else own_feeds.wished(published, wish, level)
    except NotFound as error:
        raise HTTPException(404) from error


def _wish(site: Site) -> Wish | None:
    """What was ticked and chosen; None before anything was. 404 for words that no form of ours has."""
    said = site.form or site.query
    base = str(said.get("calendar", ""))
    states, families = said.getlist("state"), said.getlist("family")
    if not (base or states or families or said.get("own") or site.form):
        return None
    own_level = Level.FULL if said.get("drafts") else Level.MEMBER
    try:
        return Wish(
            base,
            tuple(map(str, states)),
            tuple(Family(str(each)) for each in families),
            FeedLanguage(str(said.get("language") or site.language)),
            Approximate(str(said.get("approximate") or Approximate.MARKER)),
            own_level,
        )
    except ValueError as error:
        raise HTTPException(404) from error


def _published(site: Site) -> Published:
    """What calendars are made from, read once a revision."""
    code = site.seen.register.programme.code
    with site.database.snapshot() as snapshot:
        if snapshot.revision != site.seen.revision:  # somebody looks back, or the plan has just changed
            return load_published(snapshot, code)
        return site.seen.once(("published",), lambda: load_published(snapshot, code))


def _loader(site: Site) -> Callable[[Snapshot], Published]:
    code = site.seen.register.programme.code
    return lambda snapshot: load_published(snapshot, code)


def _holder(site: Site) -> Holder:
    if site.visitor.role is None:
        raise HTTPException(403)
    return Holder(site.visitor.name, site.visitor.level, datetime.now(UTC))


def _number(site: Site) -> int:
    number = _decimal(str(site.form.get("number", "")))
    if number is None:
        raise HTTPException(400)
    return number


def _decimal(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None
