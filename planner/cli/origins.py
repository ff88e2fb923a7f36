"""Where values came from, as people read it and as JSON."""

from collections.abc import Sequence
from typing import Any

import click

from planner.domain.event import Event
from planner.domain.register import Register
from planner.services.provenance import Origin
from planner.wording.changes import say_field, say_value, title_of


def say_origins(event: Event, origins: Sequence[Origin], register: Register, language: str) -> None:
    """Each value, who set it and when; below it the file, the row and the words of its cells."""
    click.echo(click.style(f"{event.ref}  {title_of(event, language)}", bold=True))
    for origin in origins:
        revision = origin.revision
        value = say_value(origin.field, origin.value, register, language)
        click.echo(f"{say_field(origin.field, language)}: {value}")
        why = f" ({revision.why})" if revision.why else ""
        click.echo(f"    revision {revision.number}, {revision.at:%Y-%m-%d}, {revision.means} by {revision.who}{why}")
        if origin.run is not None and origin.row is not None:
            sheet = f", sheet «{origin.run.sheet}»" if origin.run.sheet else ""
            click.echo(f"    {origin.run.file_name}{sheet}, row {origin.row.number}, SHA-256 {origin.run.sha256[:12]}…")
            for cell in origin.cells:
                click.echo(f"    {cell.heading}: «{cell.words}»")


def origins_data(origins: Sequence[Origin], register: Register, language: str) -> list[dict[str, Any]]:
    """The same as JSON, the hash of the file whole."""
    return [
        {
            "field": origin.field,
            "value": say_value(origin.field, origin.value, register, language),
            "revision": origin.revision.number,
            "at": origin.revision.at.isoformat(),
            "who": origin.revision.who,
            "why": origin.revision.why,
            "means": origin.revision.means,
            "file": None if origin.run is None else origin.run.file_name,
            "sha256": None if origin.run is None else origin.run.sha256,
            "sheet": None if origin.run is None else origin.run.sheet,
            "row": None if origin.row is None else origin.row.number,
            "cells": [{"heading": cell.heading, "words": cell.words} for cell in origin.cells],
        }
        for origin in origins
    ]
