"""What is said of a feed on the command line: its limits, its texts, and how it shows what it takes in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import Command

if TYPE_CHECKING:  # heavy; imported where it is used
    from planner.services.feeds import Asked

LIMITS = ("kind", "family", "body", "state", "force", "place", "priority", "status")
_FIELDS = dict(
    zip(LIMITS, ("kinds", "families", "bodies", "states", "forces", "places", "priorities", "statuses"), strict=True)
)
FAMILIES = (
    "council_session", "statutory_meeting", "exercise", "exercise_phase", "planning_conference", "operation",
    "training", "commemoration", "consultation", "conference", "media", "external",
)  # fmt: skip
STATUSES = ("draft", "proposed", "approved", "confirmed", "postponed", "cancelled", "held")


def what_it_is(command: Command) -> Command:
    """The options that say what a feed takes in, and how it shows it."""
    for option in reversed((
        *(_limit(name) for name in LIMITS),
        click.option("--title-en", help="Its name in English."),
        click.option("--title-ru", help="Its name in Russian."),
        click.option("--in", "spoken", type=click.Choice(["en", "ru", "both"]), help="Language of its entries."),
        click.option("--level", type=click.Choice(["full", "member", "public", "busy"]), help="How much it shows."),
        click.option("--follows", type=click.Choice(["plan", "release"]),
                     help="Made from the plan as it stands, or from the latest release."),
        click.option("--approximate", type=click.Choice(["marker", "span", "leave"]),
                     help="Events without an exact day: on the first day, over the period, or left out."),
        click.option("--undated", type=click.Choice(["leave", "note"]),
                     help="Events without any date: left out, or a note on the day of the decision."),
        click.option("--cancelled", type=click.Choice(["keep_days", "drop", "keep"]), help="Cancelled events."),
        click.option("--cancelled-days", type=click.IntRange(min=0), help="So long they are kept."),
        click.option("--moved-days", type=click.IntRange(min=0), help="So long a moved event's title says so."),
    )):  # fmt: skip
        command = option(command)
    return command


def _limit(name: str) -> Callable[[Command], Command]:
    words = {"family": FAMILIES, "status": STATUSES}.get(name)
    kind: Any = click.Choice(words) if words else str
    shown = None if words else "NAME"
    told = f"Only events of that {name}; may be repeated."
    return click.option(f"--{name}", name, type=kind, metavar=shown, multiple=True, help=told)


def asked(given: dict[str, Any], unlimited: tuple[str, ...] = ()) -> "Asked":
    """What the options say, taken out of those given."""
    from planner.domain.feed import Approximate, Cancelled, FeedLanguage, Follows, Level, Undated
    from planner.services.feeds import Asked

    given["language"] = given.pop("spoken")
    words: dict[str, type[Any]] = {
        "language": FeedLanguage,
        "level": Level,
        "follows": Follows,
        "approximate": Approximate,
        "undated": Undated,
        "cancelled": Cancelled,
    }
    said = {name: given.pop(name) for name in words}
    meant: dict[str, Any] = {name: kind(said[name]) for name, kind in words.items() if said[name]}
    days = {name: given.pop(name) for name in ("cancelled_days", "moved_days")}
    titles = tuple((language, given.pop(f"title_{language}")) for language in ("en", "ru"))
    return Asked(
        tuple((_FIELDS[name], given.pop(name)) for name in LIMITS),
        tuple(_FIELDS[name] for name in unlimited),
        tuple((language, title) for language, title in titles if title is not None),
        **meant,
        **days,
    )
