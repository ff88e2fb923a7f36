"""Cards to hand out: one private address on a sheet of A5, with all its holder needs, ready to print."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from markupsafe import Markup

from planner.domain.feed import Feed
from planner.domain.reach import Reach
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.services.publishing import title_of_feed
from planner.services.subscribing import Issued
from planner.web.rendering import render
from planner.wording.dates import write_day
from planner.wording.subscribing import CARD, how_to, say_who_cannot


@dataclass(frozen=True, slots=True)
class Desk:
    """Who hands the cards out: where the server is reached, and whom holders ask."""

    reach: Reach
    contact: str


def qr_code(text: str) -> segno.QRCode:
    """The code a telephone reads, with a quarter of it to spare for creases and stains."""
    return segno.make_qr(text, error="q")


def card(issued: Issued, feed: Feed, register: Register, desk: Desk, language: str) -> str:
    """The card as one HTML file that needs no other."""
    words = {name: both[1] if language == "ru" else both[0] for name, both in CARD.items()}
    url = desk.reach.url
    organisation = text_in(language, register.programme.organisation)
    title = title_of_feed(register, feed, language)
    code = qr_code(issued.webcal(url)).svg_inline(border=2, omitsize=True, dark="#000", light="#fff")
    return render(
        "card.html",
        language,
        words=words,
        organisation="" if title.startswith(organisation) else organisation,
        title=title,
        holder=issued.address.holder,
        address=issued.https(url),
        # Our own drawing of squares: nothing in it comes from outside.
        code=Markup(code),  # noqa: S704
        how_tos=[how_to(client, language) for client in desk.reach.shown],
        who_cannot=say_who_cannot(desk.reach, language),
        contact=desk.contact or organisation,
        until=_say_end(issued.address.expires, language),
        number=issued.address.number,
    )


def _say_end(expires: datetime | None, language: str) -> str:
    if expires is None:
        return ""
    last = (expires - timedelta(days=1)).date()
    return f"{write_day(last, language)} {last.year}"


def file_name(issued: Issued, language: str) -> str:
    """What the file is called: by number and holder, without the token."""
    letters = (letter if letter.isalnum() else "-" for letter in issued.address.holder.casefold())
    holder = "-".join(part for part in "".join(letters).split("-") if part)[:60]
    return f"{issued.address.number:03}-{holder}.{language}.html"
