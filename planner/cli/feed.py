"""Feeds: `feed list`, `feed show`, `feed new`, `feed edit`, `feed delete`, `feed write`, `feed lint`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    as_of_option,
    carry_out,
    format_option,
    language_option,
    looking_options,
    reading,
    said_language,
    say_json,
    talk,
    the_programme,
    writing_options,
)
from planner.cli.feed_options import LIMITS, what_it_is
from planner.cli.feed_options import asked as asked_of
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.feed import Feed
    from planner.domain.register import Register
    from planner.services.proposal import Proposal
    from planner.store import Snapshot


@click.group()
def feed() -> None:
    """Make the calendars people subscribe to, write them as files, and judge any calendar."""


@feed.command("list")
@looking_options("text", "json")
@click.pass_obj
def list_feeds(settings: Settings, language: str | None, as_of: str | None, form: str) -> None:
    """List the feeds with level, language and how many entries each has.

    \b
    planner feed list
    """
    from planner.services.published import load_published
    from planner.services.publishing import feed_bytes
    from planner.wording.feeds import say_selection

    said = said_language(settings, language)
    with reading(settings, as_of) as snapshot:
        published = load_published(snapshot, the_programme(settings, snapshot))
    counted = [(each, feed_bytes(published, each).entries) for each in published.feeds]
    if form == "json":
        say_json([_data(each, published.register) | {"entries": entries} for each, entries in counted])
        return
    for each, entries in counted:
        takes_in = say_selection(each, published.register, said)
        click.echo(f"{each.name:<26} {each.level.value:<7} {each.language.value:<5} {entries:>5}  {takes_in}")


def _data(feed: "Feed", register: "Register") -> dict[str, Any]:
    from planner.cli.tables import plain
    from planner.services.publishing import title_of_feed

    titles = {language: title_of_feed(register, feed, language) for language in feed.languages}
    data: dict[str, Any] = plain(feed)
    return data | {"titles": titles}


@feed.command()
@click.argument("name")
@looking_options("text", "json", "ics")
@click.pass_obj
def show(settings: Settings, name: str, language: str | None, as_of: str | None, form: str) -> None:
    """Show what a feed is, and its entries as a calendar reads them; with --format ics the feed itself.

    \b
    planner feed show exercise.en
    planner feed show all.ru --as-of 2020-03-01 --format ics
    """
    from planner.services.published import load_published
    from planner.services.publishing import feed_bytes, read_entries
    from planner.wording.feeds import say_feed

    said = said_language(settings, language)
    with reading(settings, as_of) as snapshot:
        published = load_published(snapshot, the_programme(settings, snapshot))
    its = published.feed(name)
    built = feed_bytes(published, its)
    if form == "ics":
        click.echo(built.content, nl=False)
        return
    lines = read_entries(built)
    if form == "json":
        entries = [dict(zip(("start", "end", "status", "summary", "uid"), each, strict=True)) for each in lines]
        say_json(_data(its, published.register) | {"entries": entries})
        return
    click.echo(click.style(its.name, bold=True))
    for what, how in say_feed(its, published.register, said):
        click.echo(f"  {what + ':':<22} {how}")
    for start, end, status, summary, _ in lines:
        click.echo(f"{start:<16} {'' if end == start else '– ' + end:<18} {status:<9}  {summary}")


@feed.command()
@click.argument("name")
@what_it_is
@language_option
@writing_options
@click.pass_obj
def new(settings: Settings, /, name: str, language: str | None, **given: Any) -> None:
    """Make a feed. Each limit narrows it; several values of one limit widen it. Without any it has all events.

    \b
    planner feed new belarus --state BY --in ru --title-ru "Мероприятия с участием Беларуси"
    planner feed new exercises --family exercise --family exercise_phase --in both --approximate span
    planner feed new press --level public --cancelled drop
    """
    from planner.services.feeds import propose_new

    asked = asked_of(given)
    _write(settings, lambda snapshot, code: propose_new(snapshot, code, name, asked), language, given)


@feed.command()
@click.argument("name")
@what_it_is
@click.option("--any", "unlimited", type=click.Choice(LIMITS), multiple=True, help="Take that limit off.")
@language_option
@writing_options
@click.pass_obj
def edit(
    settings: Settings, /, name: str, unlimited: tuple[str, ...], language: str | None, **given: Any
) -> None:  # fmt: skip
    """Change a feed; what is not said stays. Its addresses stay the same.

    \b
    planner feed edit belarus --state BY --state RU
    planner feed edit belarus --any state --level busy
    """
    from planner.services.feeds import propose_edit

    asked = asked_of(given, unlimited)
    _write(settings, lambda snapshot, code: propose_edit(snapshot, code, name, asked), language, given)


@feed.command()
@click.argument("name")
@language_option
@writing_options
@click.pass_obj
def delete(settings: Settings, /, name: str, language: str | None, **given: Any) -> None:
    """Take a feed away; `planner undo` brings it back.

    \b
    planner feed delete public.en --reason "not yet"
    """
    from planner.services.feeds import propose_delete

    _write(settings, lambda snapshot, code: propose_delete(snapshot, code, name), language, given)


def _write(
    settings: Settings,
    propose: "Callable[[Snapshot, str], Proposal]",
    language: str | None,
    given: dict[str, Any],
) -> None:
    said = said_language(settings, language)
    carry_out(
        settings,
        lambda snapshot: propose(snapshot, the_programme(settings, snapshot)),
        lambda snapshot, proposal: _show(snapshot, proposal, said),
        **given,
    )


def _show(snapshot: "Snapshot", proposal: "Proposal", language: str) -> None:
    """What the feed is to be, a line each; where it was something else, before → after."""
    from planner.domain.feed import Feed
    from planner.wording.changes import say_change
    from planner.wording.feeds import say_feed

    if proposal.is_empty:
        click.echo("Ничего не меняется." if language == "ru" else "Nothing changes.")
    for change in proposal.changes:
        register = snapshot.register(change.key.programme)
        click.echo(say_change(change, register, language)[0])
        was, now = (
            dict(say_feed(each, register, language)) if isinstance(each, Feed) else {}
            for each in (change.before, change.after)
        )
        for what in dict.fromkeys((*was, *now)):
            before, after = was.get(what, "–"), now.get(what, "–")
            if not was or not now:
                click.echo(f"    {what}: {after if now else before}")
            elif before != after:
                click.echo(f"    {what}: {before} → {after}")


@feed.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--feed", "names", metavar="NAME", multiple=True, help="Only this one; may be repeated.")
@as_of_option
@format_option("text", "json")
@click.pass_obj
def write(settings: Settings, folder: Path, names: tuple[str, ...], as_of: str | None, form: str) -> None:
    """Write the feeds into a folder, each as NAME.ics. One that did not change is not touched.

    These are files for those who may see them: `planner publish` writes only what is public.

    \b
    planner feed write calendars/
    planner feed write calendars/ --feed all.ru
    """
    from planner.services.publishing import write_feeds

    with reading(settings, as_of) as snapshot:
        written = write_feeds(snapshot, the_programme(settings, snapshot), folder, names)
    if form == "json":
        say_json([{"path": str(w.path), "entries": w.entries, "changed": w.is_changed} for w in written])
        return
    for each in written:
        click.echo(f"{each.path}  {each.entries} entries{'' if each.is_changed else ', unchanged'}")
    changed = sum(each.is_changed for each in written)
    talk(f"{changed} of {len(written)} feeds changed; every one was read back before it was put in place.")


@feed.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--against", type=click.Path(path_type=Path), metavar="OLDER", help="An older copy of the same feed.")
@click.option("--errors", is_flag=True, help="Only what some calendar shows wrong, no advice.")
@language_option
@format_option("text", "json")
@click.pass_obj
def lint(
    settings: Settings, file: Path, against: Path | None, errors: bool, language: str | None, form: str
) -> None:  # fmt: skip
    """Judge any iCalendar file, ours or another's, as a feed: what is wrong, on which line, what to do.

    Exit: 0 nothing found, 1 something found, 2 a file cannot be read.

    \b
    planner feed lint calendars/all.en.ics
    planner feed lint today.ics --against yesterday.ics
    """
    from planner.services.judging import Severity, judge_files
    from planner.wording.flaws import say_flaw, say_severity

    said = said_language(settings, language)
    found = [f for f in judge_files(file, against) if not errors or f.rule.severity is Severity.ERROR]
    told = [(flaw, say_flaw(flaw.code, (flaw.rule.meaning, flaw.rule.remedy), said)) for flaw in found]
    if form == "json":
        say_json([
            {"line": flaw.line, "severity": flaw.rule.severity.value, "code": flaw.code, "meaning": meaning,
             "found": flaw.found, "uid": flaw.uid, "remedy": remedy}
            for flaw, (meaning, remedy) in told
        ])  # fmt: skip
    for flaw, (meaning, remedy) in told if form == "text" else ():
        where = f" ({flaw.uid})" if flaw.uid else ""
        what = f"{meaning}: {flaw.found}" if flaw.found else meaning
        click.echo(f"{file}:{flaw.line}: {say_severity(flaw.rule.severity.value, said)} {flaw.code}: {what}{where}")
        click.echo(f"    → {remedy}")
    talk(_count(len(found), said))
    if found:
        click.get_current_context().exit(1)


def _count(number: int, language: str) -> str:
    if language == "ru":
        return f"Найдено: {number}" if number else "Замечаний нет."
    return f"{number} found." if number else "Nothing found."
