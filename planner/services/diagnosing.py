"""What is installed and in use, and what should be looked at."""

import importlib.metadata
import importlib.util
import platform
import zoneinfo
from dataclasses import dataclass

from planner import __version__
from planner.domain.reach import Client, Range, Reach
from planner.errors import PlannerError
from planner.store import open_database
from planner.wording.subscribing import name_of_client

LIBRARIES = ("SQLAlchemy", "alembic", "icalendar", "holidays", "tzdata", "click", "Babel")
OPTIONAL = (("psycopg", "PostgreSQL", "pip install 'council-planner[postgres]'"),)
"""Optional parts: the module, what it is for, and how to get it."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing found. A `remedy` says what to do about it; without one all is well."""

    what: str
    found: str
    remedy: str = ""


def examine(location: str, reach: Reach) -> tuple[Observation, ...]:
    """Versions, time zones, database, optional parts, and who can subscribe; nothing is made or changed."""
    return (
        Observation("planner", __version__),
        Observation("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        *(Observation(name, importlib.metadata.version(name)) for name in LIBRARIES),
        _zones(),
        *(_optional(*each) for each in OPTIONAL),
        _database(location),
        _subscribers(reach),
    )


def _zones() -> Observation:
    if zoneinfo.TZPATH:
        return Observation("time zones", f"of the system, from {zoneinfo.TZPATH[0]}")
    return Observation("time zones", f"tzdata {importlib.metadata.version('tzdata')}, from the package")


def _optional(module: str, purpose: str, remedy: str) -> Observation:
    """An optional part that is missing is no fault, so it carries no remedy but says how to get it."""
    if importlib.util.find_spec(module) is None:
        return Observation(purpose, f"not installed ({remedy})")
    return Observation(purpose, f"{module} {importlib.metadata.version(module)}")


def _subscribers(reach: Reach) -> Observation:
    """Which calendar programs can fetch from the server, as far as its address tells."""
    able = ", ".join(name_of_client(client, "en") for client in Client if reach.reaches(client))
    where = {Range.MACHINE: "this machine alone", Range.NETWORK: "its own network", Range.ANYWHERE: "the internet"}
    found = f"{reach.url}, reached from {where[reach.range]}, by {able}"
    if reach.contradiction:
        remedy = "set PLANNER_URL to an address the internet knows, or PLANNER_REACH to internal"
        return Observation("subscribers", found, remedy)
    return Observation("subscribers", found)


def _database(location: str) -> Observation:
    try:
        database = open_database(location, writes=False)
    except PlannerError as error:
        return Observation("database", str(error), "planner db upgrade, or name another with --database")
    try:
        with database.snapshot() as snapshot:
            programmes = ", ".join(programme.code for programme in snapshot.programmes()) or "no programme"
            return Observation("database", f"{database.shown}, revision {snapshot.revision}, {programmes}")
    finally:
        database.close()
