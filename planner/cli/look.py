"""Looking at the plan: `list`, `show`, `find`, `history`, and `planner` alone."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    days_options,
    looking_options,
    reading,
    said_language,
    said_today,
    say_json,
    talk,
    the_programme,
)
from planner.errors import BadInput, MissingDatabase, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.register import Register
    from planner.services.approval import Departed
    from planner.store import Snapshot


@click.command("list")
@click.argument("words", nargs=-1)
@click.option("--kind", "kinds", multiple=True, help="Of this kind.")
@click.option("--family", "families", multiple=True, help="Of a kind in this family, such as exercise.")
@click.option("--body", "bodies", multiple=True, help="Of this body.")
@click.option("--for", "parties", multiple=True, metavar="PARTY", help="In which this party takes part.")
@click.option("--force", "forces", multiple=True, help="That need this force.")
@click.option("--place", "places", multiple=True, help="At this place.")
@click.option("--priority", "priorities", multiple=True, help="Under this priority.")
@click.option("--status", "statuses", multiple=True, help="With this status.")
@days_options("On or after this day.", "On or before this day.")
@click.option("--undated", is_flag=True, help="That stand on no day.")
@looking_options("text", "json", "csv")
@click.pass_obj
def list_events(
    settings: Settings, /, words: tuple[str, ...], language: str | None, as_of: str | None, form: str, **given: Any
) -> None:
    """List events, all of them or those that fit.

    \b
    planner list --family exercise --from 2020-09-01
    planner list --for BY --status approved --format csv
    planner list parade --as-of 2020-05-01
    """
    from planner.services.looking import Filters, find, narrowed

    said = said_language(settings, language)
    filters = Filters(is_undated=given.pop("undated"), **given)
    _check_words(filters.families, filters.statuses)
    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        events = narrowed(snapshot.events(register.programme.code), register, filters)
        if words:
            events = find(events, " ".join(words))
    _say_events(events, register, said, form)


def _check_words(families: tuple[str, ...], statuses: tuple[str, ...]) -> None:
    from planner.domain.entries import Family
    from planner.domain.event import Status

    problems = [
        problem(option, f"{word!r} is not known", f"one of {', '.join(known)}")
        for option, words, known in (("--family", families, Family), ("--status", statuses, Status))
        for word in words
        if word not in set(known)
    ]
    if problems:
        raise BadInput(*problems)


@click.command()
@click.argument("words", nargs=-1, required=True)
@looking_options("text", "json", "csv")
@click.pass_obj
def find(settings: Settings, words: tuple[str, ...], language: str | None, as_of: str | None, form: str) -> None:
    """Find events by words of their titles, remarks or dates.

    \b
    planner find братство
    planner find Red Square
    """
    from planner.services import looking

    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        events = looking.find(snapshot.events(register.programme.code), " ".join(words))
    _say_events(sorted(events, key=looking.by_day), register, said_language(settings, language), form)
    if not events:
        talk(f"No event has {' '.join(words)!r} in it.")
        click.get_current_context().exit(1)


def _say_events(events: "Any", register: "Register", language: str, form: str) -> None:
    from planner.cli import tables

    if form == "json":
        say_json([tables.event_data(event, register) for event in events])
    elif form == "csv":
        tables.say_csv(events, register, language)
    else:
        tables.say_events(events, register, language)


@click.command()
@click.argument("words", metavar="REF", nargs=-1, required=True)
@looking_options("text", "json")
@click.pass_obj
def show(settings: Settings, words: tuple[str, ...], language: str | None, as_of: str | None, form: str) -> None:
    """Show everything about one event, named by its reference or by words that fit only it.

    \b
    planner show EX-2020-UB
    planner show красной площади --language ru
    """
    from planner.cli import tables
    from planner.services.approval import departed_of
    from planner.services.looking import the_event

    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        events = snapshot.events(register.programme.code)
        event = the_event(events, " ".join(words))
        stamp = snapshot.stamps(register.programme.code).get(event.ref)
        gone = departed_of(snapshot, event)
    said = said_language(settings, language)
    if form == "json":
        data = tables.event_data(event, register, stamp)
        say_json(data | {"departed": list(gone.fields) if gone is not None else None})
        return
    tables.say_event(event, register, stamp, said, events)
    if gone is not None:
        _say_departed(gone, said)


def _say_departed(gone: "Departed", language: str) -> None:
    from planner.wording.changes import say_field
    from planner.wording.dates import write_when

    fields = ", ".join(say_field({"place": "places", "cancelled": "status"}.get(f, f), language) for f in gone.fields)
    was = write_when(gone.approved.when, language)
    if language == "ru":
        click.echo(
            f"  отошло от утверждённого ({gone.decision}): {fields}; утверждено: {was}; ревизия {gone.since.number}"
        )
    else:
        since = f"approved: {was}; since revision {gone.since.number}"
        click.echo(f"  departed from approval ({gone.decision}): {fields}; {since}")


@click.command()
@click.argument("words", metavar="[REF]", nargs=-1)
@looking_options("text", "json")
@click.pass_obj
def history(settings: Settings, words: tuple[str, ...], language: str | None, as_of: str | None, form: str) -> None:
    """Show who changed what, when and why: of one event, or every revision.

    \b
    planner history EX-2020-UB
    planner history --format json
    planner history EX-2020-UB --as-of R2
    """
    from planner.cli import tables

    said = said_language(settings, language)
    with reading(settings, as_of) as snapshot:
        if words:
            _history_of_event(settings, snapshot, " ".join(words), said, form)
            return
        revisions = snapshot.revisions()
    data = [
        {"revision": each.number, "at": each.at.isoformat(), "who": each.who, "why": each.why, "means": each.means}
        for each in revisions
    ]
    if form == "json":
        say_json(data)
    else:
        tables.say_revisions(revisions)


def _history_of_event(settings: Settings, snapshot: "Snapshot", words: str, language: str, form: str) -> None:
    from planner.cli import tables
    from planner.domain.change import Key
    from planner.services.looking import the_event

    register = snapshot.register(the_programme(settings, snapshot))
    code = register.programme.code
    removed = [event for event, _ in snapshot.removed(code)]
    event = the_event((*snapshot.events(code), *removed), words)
    refs = (event.ref, *(ref for name in register.known_names if name.event == event.ref for ref in name.refs))
    merged = {ref: snapshot.history(Key("event", code, ref)) for ref in refs}
    if form == "json":
        data = {ref: tables.history_data(logged, register, language) for ref, logged in merged.items()}
        say_json(data[event.ref] + [{**row, "ref": ref} for ref in refs[1:] for row in data[ref]])
        return
    for ref, logged in merged.items():
        if ref != event.ref:
            click.echo(f"{'Включено' if language == 'ru' else 'Merged'}: {ref}")
        tables.say_history(logged, register, language)


@click.command()
@click.argument("words", metavar="REF", nargs=-1, required=True)
@click.option("--field", help="Only this one, such as when, places or title.")
@looking_options("text", "json")
@click.pass_obj
def why(
    settings: Settings, words: tuple[str, ...], field: str | None, language: str | None, as_of: str | None, form: str
) -> None:
    """Say where each value of an event came from: who set it, or which file, row and cell.

    \b
    planner why EX-2020-UB
    planner why EX-2020-UB --field when
    """
    from planner.cli import origins
    from planner.services.looking import the_event
    from planner.services.provenance import origins as origins_of

    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        event = the_event(snapshot.events(register.programme.code), " ".join(words))
        found = origins_of(snapshot, event, field)
    if not found:
        raise BadInput(problem("--field", f"{event.ref} says nothing of {field!r}", remedy=f"planner why {event.ref}"))
    if form == "json":
        say_json(origins.origins_data(found, register, said_language(settings, language)))
    else:
        origins.say_origins(event, found, register, said_language(settings, language))


def standing(settings: Settings, today: date | None = None) -> None:
    """`planner` alone: where things stand, what clashes, and what comes next."""
    from planner.cli import tables
    from planner.domain.memory import compare
    from planner.services.checking import check, load_board
    from planner.services.remembering import last_kept

    day = said_today(today)
    try:
        with reading(settings) as snapshot:
            board, revision, memory = load_board(snapshot, day), snapshot.revision, last_kept(snapshot)
        codes = [register.programme.code for register in board.registers]
        for code in codes:
            tables.say_standing(board, code, revision, settings.language)
        if codes:
            report = check(board)
            turned = None if memory is None else compare(memory, report)
            tables.say_clashes(report, turned, settings.language)
            tables.say_unsettled(board, settings.language)
    except MissingDatabase:
        codes = []
    if not codes:
        click.echo("There is no plan here yet.")
        click.echo("  planner demo                     a finished example in ./demo")
        click.echo("  planner programme new my.toml    begin your own")
    click.echo("`planner --help` lists the commands.", err=True)
