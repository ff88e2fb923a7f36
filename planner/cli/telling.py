"""Telling people what changed: `changes`, `diff`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    by_option,
    format_option,
    language_option,
    looking_options,
    reading,
    said_language,
    say_json,
    talk,
    the_programme,
    who,
    writing,
)
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.turn import Compared
    from planner.store import Snapshot


@click.command()
@click.option("--since", metavar="RELEASE|REVISION|DAY", help="From which state on.  [default: the latest release]")
@click.option("--for", "party", metavar="PARTY", default="", help="What this party takes part in and may see.")
@click.option("--output", "-o", "path", metavar="FILE", type=click.Path(path_type=Path), help="Where to; kept as told.")
@click.option("--to", metavar="ADDRESS", default="", help="To whom the draft goes, with --format eml.")
@by_option("Who makes the notice.")
@looking_options("text", "docx", "eml", "csv", "json")
@click.pass_obj
def changes(
    settings: Settings,
    /,
    since: str | None,
    party: str,
    path: Path | None,
    to: str,
    by: str | None,
    language: str | None,
    as_of: str | None,
    form: str,
) -> None:
    """Say what changed since a release, a revision or a day, a line for each event: moved, cancelled, postponed …

    With --for nothing is in it that the party may not see. With --output it is written as a notice, and `planner told`
    says from then on for whom it was made and by whom. We send nothing: an .eml opens in a mail program as a draft,
    with the events attached.

    \b
    planner changes
    planner changes --since R2 --for BY --language ru --format eml --output minsk.eml
    planner changes --since 2020-03-01 --format docx --output changes.docx
    """
    from planner.domain.closing import refuse_closed
    from planner.services.comparing import compared, party_meant
    from planner.services.noticing import propose_notice
    from planner.services.proposal import Author, apply
    from planner.services.putting import beside

    said = said_language(settings, language)
    _refuse_unwritten(form, path, to)
    author = Author(who(settings, by), "", datetime.now(UTC)) if path is not None else None
    with reading(settings, as_of) as snapshot:
        programme = the_programme(settings, snapshot)
        code = party_meant(snapshot.register(programme), party)
        made = compared(snapshot, programme, _since(snapshot, programme, since), code)
        content = _content(made, snapshot, form, said, to)
    if path is None or author is None:
        click.echo(content.decode(), nl=False)
        return
    with writing(settings) as database:
        with database.snapshot() as now:
            proposal = propose_notice(now, made, form)
            refuse_closed(now.programmes(), proposal.changes)
        with beside(path, content):
            number = apply(database, lambda newer: propose_notice(newer, made, form), proposal, author)
    count = len(made.turned)
    talk(f"{path}  {count} event{'' if count == 1 else 's'}; kept as a notice at revision {number}")


def _refuse_unwritten(form: str, path: Path | None, to: str) -> None:
    problems = []
    if form in {"docx", "eml"} and path is None:
        problems.append(problem("--format", f"{form} is a file", remedy=f"say where to: --output changes.{form}"))
    if to and form != "eml":
        problems.append(problem("--to", "only a draft for a mail program has an address", remedy="say --format eml"))
    if problems:
        raise BadInput(*problems)


def _since(snapshot: "Snapshot", programme: str, since: str | None) -> int:
    from planner.services.releasing import last_release
    from planner.services.states import revision_meant

    if since is None:
        return last_release(snapshot, programme).revision
    return revision_meant(snapshot, since, "--since")


def _content(made: "Compared", snapshot: "Snapshot", form: str, language: str, to: str) -> bytes:
    from planner.services import noticing
    from planner.wording.turns import count_turns

    match form:
        case "docx":
            return noticing.as_document(made, snapshot, language)
        case "eml":
            return noticing.as_mail(made, snapshot, language, to)
        case "csv":
            return noticing.as_csv(made, language)
        case "json":
            return _json(made, snapshot, language)
    head = f"{noticing.subject(made, snapshot, language)}\n{count_turns(made.turned, language)}\n"
    return (head + "".join(f"{line}\n" for line in noticing.lines(made, language))).encode()


def _json(made: "Compared", snapshot: "Snapshot", language: str) -> bytes:
    import json

    from planner.cli.tables import event_data
    from planner.services import noticing

    told = [
        {**row, "turns": [turn.value for turn in each.turns],
         "before": event_data(each.before, made.register) if each.before else None,
         "after": event_data(each.after, made.register) if each.after else None}
        for each, row in zip(made.turned, noticing.rows(made, language), strict=True)
    ]  # fmt: skip
    data = {
        "since": noticing.state_name(snapshot, made.since),
        "since_revision": made.since,
        "revision": made.revision,
        "for": made.party or None,
        "level": made.level.value,
        "changes": told,
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


@click.command()
@click.argument("earlier", metavar="A")
@click.argument("later", metavar="[B]", required=False)
@language_option
@format_option("text", "json")
@click.pass_obj
def diff(settings: Settings, earlier: str, later: str | None, language: str | None, form: str) -> None:
    """Show every difference between two states of the plan: revisions, days or releases. Without B: up to now.

    \b
    planner diff R1 R2
    planner diff 2020-03-01
    planner diff 3 7 --language ru
    """
    from planner.services.comparing import difference
    from planner.services.states import revision_meant
    from planner.wording.changes import say_change

    said = said_language(settings, language)
    with reading(settings) as newest:
        code = the_programme(settings, newest)
        first = revision_meant(newest, earlier, "A")
        last = newest.revision if later is None else revision_meant(newest, later, "B")
        if last < first:
            raise BadInput(problem("B", f"is revision {last}, before A (revision {first})", "the later state last"))
        snapshot = newest.at(last)
        found = difference(snapshot, code, first)
        # Words for what is no longer known then are found in the newest register.
        register = (snapshot if last and code in _codes(snapshot) else newest).register(code)
    if form == "json":
        say_json({"from": first, "to": last, "changes": [_change_data(change) for change in found]})
        return
    for change in found:
        for line in say_change(change, register, said):
            click.echo(line)
    talk(_count(len(found), first, last, said))


def _codes(snapshot: "Snapshot") -> set[str]:
    return {programme.code for programme in snapshot.programmes()}


def _change_data(change: Any) -> dict[str, Any]:
    from planner.cli.tables import plain

    sides = ((name, getattr(change, name)) for name in ("before", "after"))
    return {
        "sort": change.key.sort,
        "code": change.key.code,
        **{name: plain(record) if record is not None else None for name, record in sides},
    }


def _count(number: int, first: int, last: int, language: str) -> str:
    if language == "ru":
        return f"Ревизии {first} → {last}: записей с отличиями: {number}."
    return (
        f"Revisions {first} → {last}: {number} record{'' if number == 1 else 's'} differ{'s' if number == 1 else ''}."
    )
