"""What the subscribe page shows: calendars to choose, how to subscribe to one, and one's own addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from markupsafe import Markup

from planner.domain.address import Address
from planner.domain.feed import Feed, Level, followed
from planner.domain.reach import Reach
from planner.domain.register import Register
from planner.services import own_feeds
from planner.services.published import Published
from planner.services.publishing import title_of_feed
from planner.services.subscribing import Issued
from planner.web.cards import qr_code
from planner.web.rendering import catalogue
from planner.web.site import Site
from planner.web.year import THEMES
from planner.wording.changes import say_family
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


def offers(site: Site, published: Published) -> list[Offer]:
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
    title = title_of(site, published.register, feed)
    theme = THEMES[families[0]] if len(families) == 1 else "training"
    shown = say_level(feed.level, site.language)
    follows = followed(feed, published.register.programme)
    key = ("count", published.revision, feed.selection, feed.level, follows)
    count = site.seen.once(key, lambda: own_feeds.count(published, feed))
    return Offer(feed.name, title, shown, count, theme, feed.level is Level.PUBLIC)


def title_of(site: Site, register: Register, feed: Feed) -> str:
    """What the calendar is called among others of this programme."""
    if feed.titles:
        return title_of_feed(register, feed, site.language)
    families = [say_family(each, site.language) for each in feed.selection.families]
    everything = site.say("Public events") if feed.level is Level.PUBLIC else site.say("Everything")
    return ", ".join(families) or everything


def keys_of(site: Site, register: Register, chosen: Feed | None, issued: Issued | None) -> Keys | None:
    """How to subscribe: with the address just made, or that of a public calendar."""
    url = site.request.app.state.settings.public_url
    if issued is not None:
        return Keys(issued.https(url), issued.webcal(url), _code(f"{url}/s/{issued.token}/{issued.address.feed}"))
    if chosen is None or chosen.level is not Level.PUBLIC or chosen.owner or chosen.name == "own":
        return None
    path = public_path(register, chosen)
    programme = quote(register.programme.code)
    webcal = f"webcal://{url.partition('://')[2]}{path}"
    return Keys(url + path, webcal, _code(f"{url}/s/public/{chosen.name}?programme={programme}"))


def public_path(register: Register, feed: Feed) -> str:
    return f"/public/{quote(register.programme.code)}/{feed.name}.ics"


def _code(text: str) -> Markup:
    drawn = qr_code(text).svg_inline(border=2, omitsize=True, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704 (our own drawing of squares: nothing in it comes from outside)


def mine_of(site: Site, published: Published) -> list[Mine]:
    """One's own open addresses, the newest first."""
    if site.visitor.role is None:
        return []
    now = datetime.now(UTC)
    held = own_feeds.mine(site.database, published.register.programme.code, site.visitor.name, now)
    feeds = {feed.name: feed for feed in published.feeds}
    return [_one(site, published, each, feeds.get(each.feed), now) for each in reversed(held)]


def _one(site: Site, published: Published, address: Address, feed: Feed | None, now: datetime) -> Mine:
    title = title_of(site, published.register, feed) if feed is not None else address.feed
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


def reach_of(site: Site) -> Reach:
    settings = site.request.app.state.settings
    return Reach(settings.public_url, settings.reach == "internal", bool(settings.url))


def how_tos(site: Site) -> tuple[list[HowTo], str]:
    reach = reach_of(site)
    return [how_to(client, site.language) for client in reach.shown], say_who_cannot(reach, site.language)


def words(language: str) -> Mapping[str, str]:
    return {name: both[language == "ru"] for name, both in CARD.items()}
