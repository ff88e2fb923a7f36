"""Papers that approve: `decision list`, `decision show`, `decision new`, and `conform`."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    Day,
    carry_out,
    looking_options,
    reading,
    said_language,
    say_json,
    the_programme,
    writing_options,
)
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.register import Register
    from planner.services.conformance import Finding
    from planner.services.proposal import Proposal
    from planner.store import Snapshot


@click.group()
def decision() -> None:
    """List, show and add the papers that approve events."""


@decision.command("list")
@looking_options("text", "json")
@click.pass_obj
def list_decisions(settings: Settings, language: str | None, as_of: str | None, form: str) -> None:
    """List the papers, with how many items they have and how many events name them.

    \b
    planner decision list
    """
    from planner.domain.texts import text_in

    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        named = [event.decision for event in snapshot.events(register.programme.code)]
    said = said_language(settings, language)
    data = [
        {
            "code": each.code,
            "title": text_in(said, each.titles),
            "body": each.body,
            "number": each.number,
            "day": each.day.isoformat() if each.day else None,
            "items": len(each.items),
            "events": named.count(each.code),
        }
        for each in register.decisions
    ]
    if form == "json":
        say_json(data)
        return
    for each in data:
        click.echo(f"{each['code']:<28} {each['items']:>3} items {each['events']:>3} events  {each['title']}")


@decision.command("show")
@click.argument("words", metavar="DECISION", nargs=-1, required=True)
@looking_options("text", "json")
@click.pass_obj
def show_decision(
    settings: Settings, words: tuple[str, ...], language: str | None, as_of: str | None, form: str
) -> None:
    """Show one paper: its body, number and day, its items, and the events that name it.

    \b
    planner decision show victory-75
    """
    from planner.cli.tables import plain, say_events
    from planner.domain.texts import text_in
    from planner.services.conformance import decision_named

    said = said_language(settings, language)
    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        found = decision_named(register, " ".join(words))
        events = [event for event in snapshot.events(register.programme.code) if event.decision == found.code]
    if form == "json":
        say_json(plain(found) | {"events": [event.ref for event in events]})
        return
    click.echo(click.style(f"{found.code}  {text_in(said, found.titles)}", bold=True))
    paper = " ".join(part for part in (found.body, found.number, found.day.isoformat() if found.day else "") if part)
    if paper:
        click.echo(f"  {paper}")
    for item in found.items:
        click.echo(f"  {item.number:<6} {item.title}   {item.when}")
    say_events(events, register, said)


@decision.command("new")
@click.argument("code")
@click.option("--title", required=True, help="Its title; Cyrillic letters are Russian.")
@click.option("--body", default="", help="The body that took it, by code.")
@click.option("--number", default="", help="Its number.")
@click.option("--day", type=Day(), help="The day it was taken.")
@writing_options
@click.pass_obj
def new_decision(settings: Settings, /, code: str, day: date | None, **given: Any) -> None:
    """Add a paper before any event names it.

    \b
    planner decision new "CSC 2020 No 5" --title "Plan of 2021" --body CSC --day 2020-12-02
    """
    from planner.domain.change import Change
    from planner.domain.decision import Decision
    from planner.domain.texts import texts
    from planner.readers.row import spoken_in
    from planner.services.proposal import Proposal

    title, body, number = given.pop("title"), given.pop("body"), given.pop("number")

    def propose(snapshot: "Snapshot") -> "Proposal":
        register = snapshot.register(the_programme(settings, snapshot))
        if register.decision(code) is not None:
            raise BadInput(problem("", f"there is already a decision {code!r}", remedy="choose another code"))
        if body and register.body(body) is None:
            remedy = register.names("body").did_you_mean(body)
            raise BadInput(problem("--body", f"no body {body!r} in the programme", remedy=remedy))
        titles = texts(**{spoken_in(title): title})
        paper = Decision(register.programme.code, code, titles, body=body, number=number, day=day)
        return Proposal(snapshot.revision, "decision", (Change(None, paper),))

    carry_out(settings, propose, lambda _, __: click.echo(f"+ decision {code}  {title}"), **given)


@click.command()
@click.argument("words", metavar="DECISION", nargs=-1, required=True)
@looking_options("text", "json", "csv")
@click.pass_obj
def conform(settings: Settings, words: tuple[str, ...], language: str | None, as_of: str | None, form: str) -> None:
    """Compare the plan with an approved list: missing, extra, drifted.

    Each departure names who made it, when and why. `planner import --decision` records a list as a paper's items.
    Exit: 0 the plan is as approved, 1 it departs from it, 2 could not compare.

    \b
    planner conform victory-75
    planner conform "CSC 2019-11-28 No 5" --format csv
    """
    from planner.cli.tables import write_csv
    from planner.services.conformance import conform as compare
    from planner.services.conformance import decision_named

    said = said_language(settings, language)
    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        paper = decision_named(register, " ".join(words))
        if not paper.items:
            remedy = f'planner import LIST --decision "{paper.code}"'
            raise BadInput(problem(paper.code, "has no items to compare with", remedy=remedy))
        rows = [_row(finding, register, said) for finding in compare(snapshot, register, paper)]
    if form == "json":
        say_json(rows)
    elif form == "csv":
        write_csv(_HEADS, ([str(value) for value in row.values()] for row in rows))
    else:
        for row in rows:
            _say_departure(row, said)
        click.echo(_summary(len(paper.items), len(rows), said))
    if rows:
        click.get_current_context().exit(1)


_HEADS = (
    "departure",
    "item",
    "ref",
    "title",
    "field",
    "approved",
    "now",
    "revision",
    "at",
    "who",
    "why",
    "allowed",
)
_DEPARTURES = {
    "missing": "нет в плане",
    "extra": "сверх списка",
    "drifted": "отошло",
    "cancelled": "отменено",
    "postponed": "отложено",
}


def _say_departure(row: dict[str, Any], language: str) -> None:
    from planner.wording.changes import say_field

    ru = language == "ru"
    departure = _DEPARTURES[row["departure"]] if ru else row["departure"]
    click.echo(f"{departure:<12} {row['item']:<6} {row['ref'] or '–'}  {row['title']}")
    values = " → ".join(text for text in (row["approved"], row["now"]) if text)
    field = f"{say_field(row['field'], language)}: " if row["field"] else ""
    parts = [f"{field}{values}" if values else ""]
    if row["who"]:
        parts.append(f"{'ревизия' if ru else 'revision'} {row['revision']}, {row['at'][:10]}, {row['who']}")
    if row["why"]:
        parts.append(f"«{row['why']}»")
    if row["allowed"]:
        parts.append(f"{'разрешено:' if ru else 'allowed by'} {row['allowed']}")
    click.echo(f"{'':<19} {' · '.join(part for part in parts if part)}")


def _summary(items: int, departures: int, language: str) -> str:
    if language == "ru":
        return f"пунктов утверждено: {items}; отступлений: {departures}"
    return f"{items} item{'' if items == 1 else 's'} approved, {departures} departure{'' if departures == 1 else 's'}"


def _row(finding: "Finding", register: "Register", language: str) -> dict[str, Any]:
    from planner.wording.changes import say_value

    revision, field = finding.revision, finding.field
    said = "when" if field in {"", "status"} else field
    return {
        "departure": finding.departure.value,
        "item": finding.item,
        "ref": finding.ref,
        "title": finding.title,
        "field": field,
        "approved": finding.approved or say_value(said, finding.was, register, language),
        "now": say_value(said, finding.now, register, language),
        "revision": "" if revision is None else revision.number,
        "at": "" if revision is None else revision.at.isoformat(),
        "who": "" if revision is None else revision.who,
        "why": "" if revision is None else revision.why,
        "allowed": finding.allowed,
    }
