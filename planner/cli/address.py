"""Private addresses of feeds: `address list`, `new`, `replace`, `revoke`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    Day,
    by_option,
    format_option,
    language_option,
    reading,
    said_language,
    said_reach,
    say_json,
    talk,
    the_programme,
    who,
    writing,
)
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.address import Address
    from planner.domain.feed import Feed
    from planner.domain.register import Register
    from planner.services.subscribing import Issued

card_option = click.option(
    "--card", "cards", metavar="DIR", type=click.Path(path_type=Path), help="Write a card to print for each, EN and RU."
)


@click.group()
def address() -> None:
    """Give people private addresses of feeds, see who fetches, and take them back.

    An address holds a secret instead of a password: whoever has it reads that feed, and nothing else.
    """


@address.command("list")
@click.option("--all", "every", is_flag=True, help="Those replaced, revoked and expired as well.")
@format_option("text", "json")
@click.pass_obj
def list_addresses(settings: Settings, every: bool, form: str) -> None:
    """List the addresses: of which feed, for whom, when made, when last fetched and by which program.

    \b
    planner address list
    planner address list --all --format json
    """
    from planner.services.subscribing import addresses

    now = datetime.now(UTC)
    with reading(settings) as snapshot:
        programme = the_programme(settings, snapshot)
    found = [each for each in addresses(settings.database, programme) if every or each.answers(now)]
    if form == "json":
        say_json([_data(each, now) for each in found])
        return
    if not found:
        talk("There are no addresses. Make one: planner address new FEED --for NAME")
    for each in found:
        click.echo(_line(each, now))


@address.command("show")
@click.argument("number", type=int)
@format_option("text", "json")
@click.pass_obj
def show_address(settings: Settings, number: int, form: str) -> None:
    """Show what was served at one address: which revisions, first and last when.

    The server writes this once a minute, and when it stops.

    \b
    planner address show 3
    """
    from planner.services.subscribing import ledger_of

    with reading(settings) as snapshot:
        programme = the_programme(settings, snapshot)
    now = datetime.now(UTC)
    found, served = ledger_of(settings.database, programme, number)
    if form == "json":
        rows = [
            {"revision": e.revision, "etag": e.etag, "first": e.first.isoformat(), "last": e.last.isoformat()}
            for e in served
        ]
        say_json(_data(found, now) | {"served": rows})
        return
    click.echo(_line(found, now))
    for each in served:
        again = f" to {each.last:%Y-%m-%d %H:%M}" if each.last - each.first >= timedelta(minutes=1) else ""
        times = f"{each.first:%Y-%m-%d %H:%M}{again} UTC"
        click.echo(f"      revision {each.revision:<6} {times}  {each.etag}")


@address.command("new")
@click.argument("feed_name", metavar="FEED")
@click.option("--for", "holder", metavar="NAME", default="", help="Who will hold it: a person, a delegation, a device.")
@click.option("--each-state", is_flag=True, help="One for each member state; --for then says who there.")
@click.option("--expires", type=Day(), help="The last day it answers.  [default: it does not end]")
@card_option
@format_option("text", "json")
@language_option
@by_option("Who does it.")
@click.pass_obj
def new_address(
    settings: Settings,
    feed_name: str,
    holder: str,
    each_state: bool,
    expires: date | None,
    cards: Path | None,
    form: str,
    language: str | None,
    by: str | None,
) -> None:
    """Make a private address of a feed, for one person or delegation; it is shown this once.

    Only a fingerprint of it is kept: lost, it can be replaced but not found again.

    \b
    planner address new all.en --for "Embassy, counsellor"
    planner address new all.ru --each-state --card cards/
    planner address new all.en --for "Press desk" --expires 2020-12-31
    """
    from planner.services.subscribing import Order, feed_named, holders_of_each_state, issue

    if not each_state and not holder:
        raise BadInput(problem("--for", "an address needs the name of who will hold it", 'as --for "Embassy"'))
    said = said_language(settings, language)
    with reading(settings) as snapshot:
        programme = the_programme(settings, snapshot)
        register, feed = snapshot.register(programme), feed_named(snapshot, programme, feed_name)
    holders = holders_of_each_state(register, said, holder) if each_state else (holder,)
    _refuse_folder(cards)
    order = Order(feed, holders, who(settings, by), datetime.now(UTC), _end_of(expires))
    with writing(settings) as database:
        issued = issue(database, order)
    _say_issued(settings, issued, form)
    _write_cards(settings, issued, feed, register, cards)


@address.command("replace")
@click.argument("number", type=int)
@card_option
@format_option("text", "json")
@by_option("Who does it.")
@click.pass_obj
def replace_command(settings: Settings, number: int, cards: Path | None, form: str, by: str | None) -> None:
    """Make a new address in place of one that was lost or seen; the old one says that it was replaced (410).

    \b
    planner address replace 3
    """
    from planner.services.subscribing import feed_named, replace_address

    with reading(settings) as snapshot:
        programme = the_programme(settings, snapshot)
        register = snapshot.register(programme)
    _refuse_folder(cards)
    with writing(settings) as database:
        issued = replace_address(database, programme, number, who(settings, by), datetime.now(UTC))
        with database.snapshot() as snapshot:
            feed = feed_named(snapshot, programme, issued.address.feed)
    _say_issued(settings, (issued,), form)
    _write_cards(settings, (issued,), feed, register, cards)


@address.command("revoke")
@click.argument("numbers", metavar="NUMBER...", type=int, nargs=-1, required=True)
@click.pass_obj
def revoke_command(settings: Settings, numbers: tuple[int, ...]) -> None:
    """Take addresses back: from the next request on they answer as if they had never been (404).

    \b
    planner address revoke 3
    planner address revoke 4 5 6
    """
    from planner.services.subscribing import revoke

    with reading(settings) as snapshot:
        programme = the_programme(settings, snapshot)
    with writing(settings) as database:
        for each in revoke(database, programme, numbers, datetime.now(UTC)):
            talk(f"Revoked address {each.number} of {each.feed}, for {each.holder}.")


def _end_of(last: date | None) -> datetime | None:
    """The instant after that day, UTC."""
    return None if last is None else datetime.combine(last + timedelta(days=1), time(), UTC)


def _say_issued(settings: Settings, issued: Sequence["Issued"], form: str) -> None:
    """The addresses, on a terminal with a code to scan. This is the only time that the tokens are said."""
    import sys

    url = settings.public_url
    if form == "json":
        now = datetime.now(UTC)
        say_json([_data(e.address, now) | {"https": e.https(url), "webcal": e.webcal(url)} for e in issued])
    else:
        for each in issued:
            click.echo(f"Address {each.address.number} of {each.address.feed}, for {each.address.holder}")
            click.echo(f"  {each.https(url)}")
            click.echo(f"  {each.webcal(url)}")
            if sys.stdout.isatty():
                from planner.web.cards import qr_code

                qr_code(each.webcal(url)).terminal(compact=True)
    talk("Shown this once: only a fingerprint is kept. Lost: `planner address replace NUMBER`.")
    _warn_of_reach(settings)


def _warn_of_reach(settings: Settings) -> None:
    from planner.domain.reach import Range
    from planner.wording.subscribing import say_who_cannot

    reach = said_reach(settings)
    if reach.range is Range.MACHINE:
        talk(f"{reach.url} is reached from this machine alone; set PLANNER_URL to where people reach the server.")
    elif say_who_cannot(reach, settings.language):
        talk(say_who_cannot(reach, settings.language))


def _refuse_folder(folder: Path | None) -> None:
    """Before anything is made: a card that cannot be written would lose its address."""
    import os

    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(problem(str(folder), f"cannot be made ({error.strerror})", "a folder you may write")) from error
    if not os.access(folder, os.W_OK):
        raise BadInput(problem(str(folder), "may not be written", "a folder you may write"))


def _write_cards(
    settings: Settings, issued: Sequence["Issued"], feed: "Feed", register: "Register", folder: Path | None
) -> None:
    if folder is None:
        return
    from planner.services.putting import SECRET, put_file
    from planner.web.cards import Desk, card, file_name

    desk = Desk(said_reach(settings), settings.contact)
    for each in issued:
        for language in ("en", "ru"):
            put_file(folder / file_name(each, language), card(each, feed, register, desk, language), SECRET)
    talk(f"{2 * len(issued)} cards in {folder}; they hold the addresses, so keep them as you would keys.")


def _data(each: "Address", now: datetime) -> dict[str, Any]:
    return {
        "number": each.number,
        "feed": each.feed,
        "holder": each.holder,
        "state": each.state(now),
        "made": each.made.isoformat(),
        "made_by": each.made_by,
        "expires": each.expires.isoformat() if each.expires else None,
        "replaced_by": each.replaced_by,
        "fetched": each.fetched.isoformat() if each.fetched else None,
        "program": each.program,
    }


def _line(each: "Address", now: datetime) -> str:
    seen = f"fetched {each.fetched:%Y-%m-%d %H:%M} UTC by {each.program or '?'}" if each.fetched else "never fetched"
    state = "" if each.state(now) == "open" else f", {each.state(now)}"
    ends = f", until {each.expires - timedelta(days=1):%Y-%m-%d}" if each.expires else ""
    made = f"made {each.made:%Y-%m-%d} by {each.made_by}{ends}{state}; {seen}"
    return f"{each.number:>4}  {each.feed:<24} {each.holder}\n      {made}"
