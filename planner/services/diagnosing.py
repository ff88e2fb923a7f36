"""What is installed and in use, and what should be looked at."""

import importlib.metadata
import importlib.util
import platform
import zoneinfo
from dataclasses import dataclass

from planner import __version__
from planner.errors import PlannerError
from planner.store import open_database

LIBRARIES = ("SQLAlchemy", "alembic", "icalendar", "holidays", "tzdata", "click", "Babel")
OPTIONAL = (("psycopg", "PostgreSQL", "pip install 'council-planner[postgres]'"),)
"""Optional parts: the module, what it is for, and how to get it."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing found. A `remedy` says what to do about it; without one all is well."""

    what: str
    found: str
    remedy: str = ""


def examine(location: str) -> tuple[Observation, ...]:
    """Versions, time zones, database, and optional parts; nothing is made or changed."""
    return (
        Observation("planner", __version__),
        Observation("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        *(Observation(name, importlib.metadata.version(name)) for name in LIBRARIES),
        _zones(),
        *(_optional(*each) for each in OPTIONAL),
        _database(location),
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
