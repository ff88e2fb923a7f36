"""Subscribing on pages: choose a calendar or make one, get its address once, and look after one's addresses."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from planner.domain.address import Address, digest_of
from planner.domain.entries import Family
from planner.domain.feed import Approximate, Feed, FeedLanguage, Level
from planner.domain.reach import Range, Reach
from planner.domain.register import Register
from planner.errors import BadInput, NotFound
from planner.services import own_feeds
from planner.services.own_feeds import Holder, Wish
from planner.services.publishing import Published, load_published, title_of_feed
from planner.services.subscribing import Issued, replace_address
from planner.store import Snapshot
from planner.web.cards import qr_code
from planner.web.rendering import catalogue
from planner.web.site import Site, form, language_of, page
from planner.web.visiting import Visitor
from planner.web.year import THEMES
from planner.wording.changes import name_of, say_family
from planner.wording.feeds import say_level
from planner.wording.subscribing import CARD, HowTo, how_to, say_who_cannot

STALE = timedelta(days=3)
"""A calendar program that asked for nothing so long has probably been taken away."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A calendar to choose: what it is called, what it shows, and how many events it has."""

    name: str
    title: str
    level: str
    count: int
    theme: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """An address to subscribe with, and the code that carries it to a telephone."""

    https: str
    webcal: str
    code: Markup


@dataclass(frozen=True, slots=True)
class Mine:
    """One of one's own addresses; `seen` says when it was last read, `state` whether that is fine."""

    address: Address
    title: str
    device: str
    seen: str
    state: str
    feed: Feed | None


@page
def subscribe_page(site: Site) -> Response:
    """What there is to choose, and what was chosen in the address of the page."""
    return _shown(site, _wish(site))


@form
def do_subscribe(site: Site) -> Response:
    """Makes an address and shows it, this once."""
    holder, wish = _holder(site), _wish(site) or Wish()
    name = f"my-{secrets.token_hex(4)}"
    device = str(site.form.get("device", ""))
    try:
        issued, feed = own_feeds.give(site.database, _loader(site), wish, holder, device, name)
    except BadInput as error:
        return _shown(site, wish, status=422, problems=tuple(map(str, error.problems)))
    return _shown(site, wish, issued=issued, feed=feed)


@form
def do_replace(site: Site) -> Response:
    """A new address in place of one's own that was lost or seen; shown this once."""
    holder, number, programme = _holder(site), _number(site), site.seen.register.programme.code
    own_feeds.mine_numbered(site.database, programme, holder, number)
    issued = replace_address(site.database, programme, number, holder.name, holder.now)
    with site.database.snapshot() as snapshot:
        feed = load_published(snapshot, programme).feed(issued.address.feed)
    return _shown(site, None, issued=issued, feed=feed)


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


async def phone_page(request: Request) -> Response:
    """Where the code leads: a small page that opens the calendar on either kind of telephone."""
    token, name = request.path_params["token"], request.path_params["name"]
    holding = None
    if token != "public":  # noqa: S105 (a word that no token can be)
        seen = await request.app.state.lookups.look(digest_of(token))
        holding = seen.holdings.get(digest_of(token))
        is_over = holding is not None and holding.expires is not None and holding.expires <= datetime.now(UTC)
        if holding is None or holding.is_replaced or is_over or holding.feed != name:
            raise HTTPException(404)
    programme = holding.programme if holding is not None else request.query_params.get("programme", "")

    def answer() -> Response:
        site = Site(request, Visitor(), language_of(request))
        code = programme or site.seen.register.programme.code
        with site.database.snapshot() as snapshot:
            published = load_published(snapshot, code)
        feed = published.feed(name)
        if holding is None and (feed.level is not Level.PUBLIC or feed.owner):
            raise HTTPException(404)
        url = request.app.state.settings.public_url
        path = f"/f/{token}/{name}.ics" if holding is not None else _public_path(published.register, feed)
        return site.page(
            "phone.html",
            title=title_of_feed(published.register, feed, site.language),
            https=url + path,
            webcal=f"webcal://{url.partition('://')[2]}{path}",
            is_private=holding is not None,
            words=_words(site.language),
            how_tos=[each for each in _how_tos(site)[0] if "iPhone" in each.name or "Android" in each.name],
        )

    return await run_in_threadpool(answer)


def _shown(
    site: Site,
    wish: Wish | None,
    status: int = 200,
    problems: tuple[str, ...] = (),
    issued: Issued | None = None,
    feed: Feed | None = None,
) -> Response:
    published, level = _published(site), site.visitor.level
    chosen = feed
    if chosen is None and wish is not None:
        try:
            chosen = own_feeds.wished(published, wish, level)
        except NotFound as error:
            raise HTTPException(404) from error
    how_tos, who_cannot = _how_tos(site)
    reach = _reach(site)
    keys = _keys(site, published.register, chosen, issued)
    return site.page(
        "subscribe.html",
        status,
        offers=_offers(site, published),
        wish=wish or Wish(level=Level.FULL if level is Level.FULL else Level.MEMBER),
        is_own=wish is not None and not wish.base,
        chosen=chosen,
        title=_title(site, published.register, chosen) if chosen is not None else "",
        count=own_feeds.count(published, chosen) if chosen is not None else 0,
        keys=keys,
        issued=issued,
        problems=problems,
        device=str(site.form.get("device", ""))[:60],
        states=[(code, name_of(published.register, "party", code, site.language)) for code in _members(published)],
        families=[(each, say_family(each, site.language)) for each in Family if each in _families(published)],
        mine=_mine(site, published),
        how_tos=how_tos,
        who_cannot=who_cannot,
        is_machine=reach.range is Range.MACHINE,
        reach=reach,
        words=_words(site.language),
    )


def _offers(site: Site, published: Published) -> list[Offer]:
    """The calendars on offer in this language, and those in another that have none in this one."""
    offered = own_feeds.on_offer(published, site.visitor.level)
    here = {_kin(feed) for feed in offered if site.language in feed.languages}
    listed = [feed for feed in offered if site.language in feed.languages or _kin(feed) not in here]
    made = [_offer(site, published, feed) for feed in listed]
    return [each for each in sorted(made, key=lambda each: -each.count) if each.count]


def _kin(feed: Feed) -> tuple[object, ...]:
    """What feeds have in common that differ in language alone."""
    return feed.titles, feed.selection, feed.level


def _offer(site: Site, published: Published, feed: Feed) -> Offer:
    families = feed.selection.families
    title = _title(site, published.register, feed)
    theme = THEMES[families[0]] if len(families) == 1 else "training"
    shown = say_level(feed.level, site.language)
    return Offer(feed.name, title, shown, own_feeds.count(published, feed), theme, feed.level is Level.PUBLIC)


def _title(site: Site, register: Register, feed: Feed) -> str:
    """What the calendar is called among others of this programme."""
    if feed.titles:
        return title_of_feed(register, feed, site.language)
    families = [say_family(each, site.language) for each in feed.selection.families]
    everything = site.say("Public events") if feed.level is Level.PUBLIC else site.say("Everything")
    return ", ".join(families) or everything


def _keys(site: Site, register: Register, chosen: Feed | None, issued: Issued | None) -> Keys | None:
    """How to subscribe: with the address just made, or that of a public calendar."""
    url = site.request.app.state.settings.public_url
    if issued is not None:
        return Keys(issued.https(url), issued.webcal(url), _code(f"{url}/s/{issued.token}/{issued.address.feed}"))
    if chosen is None or chosen.level is not Level.PUBLIC or chosen.owner or chosen.name == "own":
        return None
    path = _public_path(register, chosen)
    programme = quote(register.programme.code)
    webcal = f"webcal://{url.partition('://')[2]}{path}"
    return Keys(url + path, webcal, _code(f"{url}/s/public/{chosen.name}?programme={programme}"))


def _public_path(register: Register, feed: Feed) -> str:
    return f"/public/{quote(register.programme.code)}/{feed.name}.ics"


def _code(text: str) -> Markup:
    drawn = qr_code(text).svg_inline(border=2, omitsize=True, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704 (our own drawing of squares: nothing in it comes from outside)


def _mine(site: Site, published: Published) -> list[Mine]:
    """One's own open addresses, the newest first."""
    if site.visitor.role is None:
        return []
    now = datetime.now(UTC)
    held = own_feeds.mine(site.database, published.register.programme.code, site.visitor.name, now)
    feeds = {feed.name: feed for feed in published.feeds}
    return [_one(site, published, each, feeds.get(each.feed), now) for each in reversed(held)]


def _one(site: Site, published: Published, address: Address, feed: Feed | None, now: datetime) -> Mine:
    title = _title(site, published.register, feed) if feed is not None else address.feed
    device = address.holder.removeprefix(f"{site.visitor.name}, ")
    fetched = address.fetched
    state = "new" if fetched is None else "stale"
    if fetched is not None and now - fetched < STALE:
        state = "current" if fetched >= published.newest else "waiting"
    is_mine = feed is not None and feed.owner == site.visitor.name
    return Mine(address, title, device, _ago(site, fetched, now), state, feed if is_mine else None)


def _ago(site: Site, then: datetime | None, now: datetime) -> str:
    if then is None:
        return site.say("not yet")
    minutes = max(0, int((now - then).total_seconds() // 60))
    say_many = catalogue(site.language).ngettext
    if minutes < 60:
        return say_many("%(num)d minute ago", "%(num)d minutes ago", minutes) % {"num": minutes}
    if minutes < 48 * 60:
        return say_many("%(num)d hour ago", "%(num)d hours ago", minutes // 60) % {"num": minutes // 60}
    return say_many("%(num)d day ago", "%(num)d days ago", minutes // 1440) % {"num": minutes // 1440}


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
    with site.database.snapshot() as snapshot:
        return load_published(snapshot, site.seen.register.programme.code)


def _loader(site: Site) -> Callable[[Snapshot], Published]:
    code = site.seen.register.programme.code
    return lambda snapshot: load_published(snapshot, code)


def _holder(site: Site) -> Holder:
    if site.visitor.role is None:
        raise HTTPException(403)
    return Holder(site.visitor.name, site.visitor.level, datetime.now(UTC))


def _number(site: Site) -> int:
    number = str(site.form.get("number", ""))
    if not number.isdecimal() or len(number) > 9:
        raise HTTPException(400)
    return int(number)


def _members(published: Published) -> tuple[str, ...]:
    return published.register.programme.members


def _families(published: Published) -> set[Family]:
    return {kind.family for kind in published.register.kinds}


def _reach(site: Site) -> Reach:
    settings = site.request.app.state.settings
    return Reach(settings.public_url, settings.reach == "internal", bool(settings.url))


def _how_tos(site: Site) -> tuple[list[HowTo], str]:
    reach = _reach(site)
    return [how_to(client, site.language) for client in reach.shown], say_who_cannot(reach, site.language)


def _words(language: str) -> Mapping[str, str]:
    return {name: both[language == "ru"] for name, both in CARD.items()}
