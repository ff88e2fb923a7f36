"""The form of the database: which one it has, which one this program needs, and the way between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import URL

import planner
from planner.errors import BadInput, MissingDatabase, WrongDatabase, problem
from planner.store.database import Database
from planner.store.engine import APPLICATION_ID, make_engine, parse, plain_words, shown
from planner.store.places import refuse_unsafe

if TYPE_CHECKING:  # takes 100 ms; imported where a database is brought to another form
    from alembic.config import Config

KNOWN = ("0001", "0002", "0003", "0004")
"""The forms there have been, oldest first; a test compares them with the migrations."""
BACKUP = "backup"
"""The table that only a backup has."""


def open_database(location: str, *, writes: bool, makes: bool = True) -> Database:
    """The database at a path or URL, checked to be ours and of today's form.

    With `writes` and `makes` a missing SQLite file is made, and so is one in memory (`sqlite://`). Raises
    MissingDatabase, WrongDatabase or Unavailable; whatever was found there is not touched.
    """
    url = parse(location)
    with plain_words(url):
        if is_in_memory(url):
            engine = make_engine(url, writes=True)
            migrate(engine, url)
            return Database(url, engine, engine, created=True)
        _refuse_unsafe(url)
        is_made = is_missing(url) and writes and makes
        if is_made:
            _make_file(url)
        else:
            refuse_missing(url, "planner demo, or planner programme load FILE.toml, makes one")
            refuse_other_forms(url, writes=writes)
        writer = make_engine(url, writes=True, makes=False) if writes else None
        return Database(url, writer, None, created=is_made)


def upgrade(location: str) -> str:
    """Brings the database to today's form, and says what was done. Raises WrongDatabase for one that is not ours."""
    url = parse(location)
    with plain_words(url):
        _refuse_unsafe(url)
        if is_missing(url):
            _make_file(url)
            return f"{shown(url)}: made, at form {KNOWN[-1]}"
        before = form_of(url)
        if before == KNOWN[-1]:
            return f"{shown(url)}: already at form {before}"
        _refuse_unknown(before, url)
        with an_engine(url, writes=True) as engine:
            migrate(engine, url)
        return f"{shown(url)}: {f'from form {before}' if before else 'tables made,'} to form {KNOWN[-1]}"


def downgrade(location: str, form: str, *, accept_loss: bool = False) -> str:
    """Takes the database back to an older form, for an older program, and says what was done.

    Raises BadInput for a form there never was, WrongDatabase when it would lose data that nobody gave up.
    """
    from alembic import command

    url = parse(location)
    with plain_words(url):
        refuse_missing(url)
        _refuse_unsafe(url)
        before = form_of(url)
        _refuse_unknown(before, url)
        older = KNOWN[: KNOWN.index(before)] if before in KNOWN else ()
        if form not in older:
            expected = f"one of {', '.join(older)}" if older else "a database of a later form"
            raise BadInput(problem("FORM", f"{form!r} is not an older form than {before or 'none'}", expected))
        with an_engine(url, writes=True) as engine:
            config = migrations_config(url)
            config.attributes.update(engine=engine, accept_loss=accept_loss)
            command.downgrade(config, form)
    return f"{shown(url)}: from form {before} back to form {form}"


def current(location: str) -> str:
    """The form the database has, and whether this program needs another."""
    url = parse(location)
    with plain_words(url):
        refuse_missing(url, "planner db upgrade makes one")
        _refuse_unsafe(url)
        form = form_of(url)
        _refuse_unknown(form, url)
    if form == KNOWN[-1]:
        return f"{shown(url)}: form {form}, as this program needs it"
    return f"{shown(url)}: {f'form {form}' if form else 'no tables'}; this program needs form {KNOWN[-1]}"


def is_in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


def is_missing(url: URL) -> bool:
    """True where there is no file yet, or one that another program only touched."""
    if url.get_backend_name() != "sqlite":
        return False
    path = Path(str(url.database))
    return not path.exists() or (path.is_file() and path.stat().st_size == 0)


def refuse_missing(url: URL, remedy: str = "name another with --database") -> None:
    """Raises MissingDatabase where there is no file."""
    if is_missing(url):
        raise MissingDatabase(problem(shown(url), "there is no database", remedy=remedy))


def _refuse_unsafe(url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        refuse_unsafe(Path(str(url.database)).absolute())


def _make_file(url: URL) -> None:
    folder = Path(str(url.database)).absolute().parent
    if not folder.is_dir():
        raise WrongDatabase(problem(shown(url), "its folder does not exist", remedy=f"make {folder} first"))
    with an_engine(url, writes=True) as engine:
        migrate(engine, url)


def refuse_other_forms(url: URL, *, writes: bool = False) -> None:
    """Raises WrongDatabase for one that is not ours or not of today's form, and for a backup that shall be written."""
    form = form_of(url)
    _refuse_unknown(form, url)
    if form != KNOWN[-1]:
        found = f"is of form {form}, this program needs {KNOWN[-1]}" if form else "has no tables of the planner yet"
        raise WrongDatabase(problem(shown(url), found, remedy=f"planner --database {shown(url)} db upgrade"))
    if writes and url.get_backend_name() == "sqlite" and _is_backup(url):
        remedy = f"planner --database PLACE db restore {shown(url)}"
        raise WrongDatabase(problem(shown(url), "is a backup, and kept as it was made", remedy=remedy))


def _is_backup(url: URL) -> bool:
    with an_engine(url, writes=False) as engine, engine.connect() as connection:
        return inspect(connection).has_table(BACKUP)


def _refuse_unknown(form: str, url: URL) -> None:
    if form and form not in KNOWN:
        found = f"is of form {form}, which this program does not know (it knows up to {KNOWN[-1]})"
        raise WrongDatabase(problem(shown(url), found, remedy="install a newer council-planner"))


def form_of(url: URL) -> str:
    """The form the database says it has, '' for an empty one. Raises WrongDatabase when it is not ours."""
    with an_engine(url, writes=False) as engine, engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        ours = {"alembic_version", "head", "change"} <= names
        if url.get_backend_name() == "sqlite":
            ours = ours and connection.execute(text("PRAGMA application_id")).scalar_one() == APPLICATION_ID
        if ours:
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
        if names - {"alembic_version"}:
            found = f"is a database of another program (it has {len(names)} tables of its own)"
            raise WrongDatabase(problem(shown(url), found, remedy="name another with --database"))
        return ""


@contextmanager
def an_engine(url: URL, *, writes: bool) -> Iterator[Engine]:
    """An engine for the time of the block."""
    engine = make_engine(url, writes=writes)
    try:
        yield engine
    finally:
        engine.dispose()


def migrations_folder() -> Path:
    """Where the migrations are: in the installed package, else beside it in a checkout.

    By path, never by the name `migrations`: another distribution's folder of that name was once run in its place.
    """
    package = Path(planner.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def migrations_config(url: URL) -> "Config":
    """Alembic's configuration for that database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def migrate(engine: Engine, url: URL, form: str = "head") -> None:
    """Brings what is there up to a form."""
    from alembic import command

    config = migrations_config(url)
    config.attributes["engine"] = engine
    command.upgrade(config, form)
