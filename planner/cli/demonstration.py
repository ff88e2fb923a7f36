"""The demonstration: the sample programme and its list, by the same services as the commands."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from planner import sample
from planner.errors import BadInput
from planner.readers.listing import read_list
from planner.readers.programme import read_programme
from planner.readers.table import read_table
from planner.rules import RULES
from planner.services.checking import Options, check, load_board
from planner.services.importing import propose_import
from planner.services.programmes import propose_load
from planner.services.proposal import Author, apply
from planner.services.publishing import write_feeds
from planner.store import Database, open_database
from planner.wording.findings import say_report

LANGUAGES = ("en", "ru")


def run(folder: Path, today: date, language: str) -> None:
    """Loads, imports, checks and publishes the sample into that folder, and says what to try next."""
    folder.mkdir(parents=True, exist_ok=True)
    database = open_database(str(folder / "planner.db"), writes=True)
    try:
        _load(database)
        _import(database)
        _check(database, today, language)
        _publish(database, folder / "calendars")
    finally:
        database.close()
    _next_steps(folder)
