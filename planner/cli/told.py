"""`told`: who was told of an event, or what a party was told."""

from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import looking_options, said_language, say_json, the_programme
from planner.errors import NotFound, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.event import Event
    from planner.domain.told import Decided, Fetched, Told, ToldParty
    from planner.store import Snapshot


@click.command()
@click.argument("words", metavar="REF|PARTY", nargs=-1, required=True)
@looking_options("text", "json")
@click.pass_obj
def told(settings: Settings, words: tuple[str, ...], language: str | None, as_of: str | None, form: str) -> None:
    """Say who was told of an event, or what a party was told: decided, released, noticed, fetched.

    A fetch is a calendar program asking at a private address; nobody can know whether a person read it.

    \b
    planner told CM-2020-P1
    planner told BY
    planner told BY --as-of 2020-05-20
    """
    from planner.services.states import revision_meant, seen_until
    from planner.services.told import told_of_event, told_of_party
    from planner.store import open_database
    from planner.wording.told import say_told, say_told_party

    said, text = said_language(settings, language), " ".join(words)
    database = open_database(settings.database, writes=False)
    try:
        with database.snapshot() as newest:
            number = newest.revision if as_of is None else revision_meant(newest, as_of, "--as-of")
            until = None if as_of is None else seen_until(newest, as_of)
            snapshot = newest.at(number)
            code = the_programme(settings, snapshot)
            register = snapshot.register(code)
            party = register.names("party").find(text)
            found: Told | ToldParty
            if party is not None:
                found = told_of_party(snapshot, database, code, party, until)
                lines = say_told_party(found, register, said)
            else:
                found = told_of_event(snapshot, database, _event(snapshot, code, text), until)
                lines = say_told(found, register, said)
    finally:
        database.close()
    if form == "json":
        say_json(_told_data(found))
        return
    for line in lines:
        click.echo(line)


def _event(snapshot: "Snapshot", programme: str, text: str) -> "Event":
    """The event meant, one that was removed as well. Raises NotFound."""
    from planner.services.looking import the_event

    removed = [event for event, _ in snapshot.removed(programme)]
    try:
        return the_event((*snapshot.events(programme), *removed), text)
    except NotFound as error:
        remedy = error.problems[0].remedy
        raise NotFound(problem("", f"{text!r} is neither an event nor a party", remedy=remedy)) from error


def _told_data(found: "Told | ToldParty") -> dict[str, Any]:
    from planner.domain.told import Told

    data: dict[str, Any] = {
        "released": None
        if found.release is None
        else {"release": found.release[0].name, "at": found.release[1].at.isoformat(), "who": found.release[1].who},
        "notices": [
            {"number": notice.number, "for": notice.party or None, "form": notice.form, "at": at.at.isoformat(),
             "who": at.who, "since": notice.since, "revision": notice.revision}
            for notice, at in found.notices
        ],
        "addresses": [_fetched_data(each) for each in found.fetched],
    }  # fmt: skip
    if isinstance(found, Told):
        return {
            "ref": found.event.ref,
            "decided": _decided_data(found.decided),
            "decision": found.event.decision or None,
        } | data
    return {"party": found.party, "revision": found.revision} | data


def _decided_data(decided: "Decided") -> dict[str, Any]:
    revision, settled = decided.revision, decided.settled
    return {
        "turns": [turn.value for turn in decided.turns],
        "revision": revision.number,
        "at": revision.at.isoformat(),
        "who": revision.who,
        "why": revision.why,
        "paper": decided.paper or None,
        "settled": None if settled is None else {"revision": settled.number, "at": settled.at.isoformat()},
    }


def _fetched_data(each: "Fetched") -> dict[str, Any]:
    return {
        "number": each.address.number,
        "feed": each.address.feed,
        "holder": each.address.holder,
        "fetched": None if each.at is None else each.at.isoformat(),
        "revision": each.revision,
        "has_it": each.has_it,
        "program": each.address.program or None,
    }
