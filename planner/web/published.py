"""The page that leads to published feeds: plain HTML in English and Russian, no script, no other file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.reach import Client
from planner.domain.texts import text_in
from planner.services.published import Published
from planner.services.publishing import Built, public_feeds, title_of_feed
from planner.services.year import By
from planner.web.public_pages import ROWS
from planner.web.rendering import LANGUAGES, render
from planner.wording.dates import plural, write_day
from planner.wording.subscribing import CARD, how_to

_SHOWN = (Client.OUTLOOK_WEB, Client.APPLE, Client.GOOGLE, Client.THUNDERBIRD)
_WORDS: Mapping[str, tuple[str, str]] = {
    "heading": ("Calendars", "Календари"),
    "intro": (
        "Copy the address of a calendar and subscribe to it in the program you use.",
        "Скопируйте адрес календаря и подпишитесь на него в своей программе.",
    ),
    "year": ("The year at a glance", "Год целиком"),
    "list": ("The year as a list", "Год списком"),
    "none": ("Nothing is public yet.", "Пока ничего не опубликовано."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One feed on the page."""

    title: str
    file: str
    says: str


def index_page(published: Published, built: Mapping[str, Built]) -> str:
    """The page for the public feeds among those built, by name."""
    sections = [_section(published, built, language) for language in LANGUAGES]
    return render("published.html", "en", sections=sections, title=sections[0]["organisation"])


def _section(published: Published, built: Mapping[str, Built], language: str) -> dict[str, Any]:
    both = {**_WORDS, "urgent": CARD["urgent"]}
    words = {name: said[1] if language == "ru" else said[0] for name, said in both.items()}
    return {
        "language": language,
        "organisation": text_in(language, published.register.programme.organisation),
        "words": words,
        "feeds": [
            Line(
                title_of_feed(published.register, feed, feed.languages[0]),
                f"{feed.name}.ics",
                _says(built[feed.name], language),
            )
            for feed in public_feeds(published)
            if feed.name in built
        ],
        "pages": [(f"{language}/{ROWS[By.BODIES]}", words["year"]), (f"{language}/list.html", words["list"])],
        "how_tos": [how_to(client, language) for client in _SHOWN],
    }


def _says(built: Built, language: str) -> str:
    """How many entries it has, and of what day its newest change is: of the plan, never of today."""
    day = f"{write_day(built.modified.date(), language)} {built.modified.year}"
    if language == "ru":
        return f"{built.entries} {plural(built.entries, 'запись', 'записи', 'записей')}, изменено {day}"
    return f"{built.entries} {'entry' if built.entries == 1 else 'entries'}, changed {day}"
