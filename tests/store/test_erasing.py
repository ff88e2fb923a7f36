"""An erased contact: gone from plan, history and file, while the log stays whole and tells that one was removed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from planner.domain.beside import Contact
from planner.domain.change import Change, Key
from planner.errors import BrokenLog
from planner.services.history import propose_undo
from planner.store import Database, check, open_database
from planner.store.engine import parse
from tests.builders import PROGRAMME, a_programme

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
CONTACT = Contact(PROGRAMME, "BY", 1, "Xenia Zzyzx", "protocol", "zzyzx@example.org", "+375 17 123-45-67", "0f" * 16)
OTHER = replace(CONTACT, number=2, name="Another Person", email="", phone="")
KEY = Key("contact", PROGRAMME, "BY 1")
SECRETS = (b"Zzyzx", b"zzyzx@", b"123-45-67", b"765-43-21")


def write(database: Database, *changes: Change) -> None:
    with database.transaction(who="A. Writer", why="", means="contact", now=NOW) as transaction:
        transaction.apply(changes)


def with_erased(location: str) -> None:
    """A contact added, edited and removed as revisions 1 to 3, beside another that stays."""
    edited = replace(CONTACT, phone="+375 17 765-43-21")
    database = open_database(location, writes=True)
    write(database, Change(None, a_programme()), Change(None, CONTACT), Change(None, OTHER))
    write(database, Change(CONTACT, edited))
    write(database, Change(edited, None))
    database.close()


def alter(location: str, statement: str) -> None:
    engine = create_engine(parse(location))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_log_with_an_erased_contact_is_whole(location: str) -> None:
    with_erased(location)

    said = check(location, log=True)

    assert "whole; 5 entries of the log fit their chain and give the plan as it stands; the log ends at 3:" in said


def test_history_keeps_that_a_contact_was_there_and_who_removed_it_and_nothing_of_what_it_said(location: str) -> None:
    with_erased(location)
    database = open_database(location, writes=False)

    with database.snapshot() as snapshot:
        logged = snapshot.history(KEY)
        kept = snapshot.register(PROGRAMME).contacts
    with database.snapshot(as_of=2) as past:
        was = past.record(KEY)
    database.close()

    blank = Contact(PROGRAMME, "BY", 1)
    assert [(each.revision.number, each.revision.who, each.after) for each in logged] == [
        (1, "A. Writer", blank),
        (2, "A. Writer", blank),
        (3, "A. Writer", None),
    ]
    assert was == blank and was.is_erased
    assert kept == (OTHER,)


def test_bytes_of_an_erased_contact_are_gone_from_the_file_and_its_journal(tmp_path: Path) -> None:
    location = str(tmp_path / "plan.db")
    database = open_database(location, writes=True)
    write(database, Change(None, a_programme()), Change(None, CONTACT))
    assert any(secret in _bytes(tmp_path) for secret in SECRETS)

    write(database, Change(CONTACT, None))

    assert [secret for secret in SECRETS if secret in _bytes(tmp_path)] == []
    database.close()
    assert [secret for secret in SECRETS if secret in _bytes(tmp_path)] == []


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_nothing_of_an_erased_contact_is_in_any_table(location: str) -> None:
    with_erased(location)
    engine = create_engine(parse(location))

    with engine.connect() as connection:
        rows = [
            str(row)
            for table in ("change", "register", "name")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    engine.dispose()

    assert [row for row in rows if any(secret.decode() in row for secret in SECRETS)] == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_undo_of_any_revision_of_an_erased_contact_says_that_it_stays_erased(location: str, number: int) -> None:
    with_erased(location)
    database = open_database(location, writes=False)

    with database.snapshot() as snapshot:
        undo = propose_undo(snapshot, number)
    database.close()

    assert [change for change in undo.changes if change.key == KEY] == []
    assert f"{KEY} was erased for good and stays so" in undo.notes


def test_altered_hash_in_the_place_of_an_erased_record_is_found(location: str) -> None:
    with_erased(location)
    alter(location, "UPDATE change SET payload = replace(payload, 'erased ', 'erased 0') WHERE revision = 2")

    with pytest.raises(BrokenLog, match="revision 2, entry 1"):
        check(location, log=True)


def test_hash_in_the_place_of_a_record_that_was_never_removed_is_found(
    location: str, digest_of: Callable[[str], str]
) -> None:
    database = open_database(location, writes=True)
    write(database, Change(None, a_programme()), Change(None, OTHER))
    database.close()
    alter(location, f"UPDATE change SET payload = '{digest_of(location)}' WHERE position = 1")

    with pytest.raises(BrokenLog, match="revision 1, entry 2, contact BY 2: was erased outside the planner"):
        check(location, log=True)


@pytest.fixture
def digest_of() -> Callable[[str], str]:
    """What erasing would put in the place of the contact: the right hash, by the wrong hand."""
    import hashlib

    def digest(location: str) -> str:
        engine = create_engine(parse(location))
        with engine.connect() as connection:
            payload = connection.execute(text("SELECT payload FROM change WHERE position = 1")).scalar_one()
        engine.dispose()
        return f"erased {hashlib.sha256(payload.encode()).hexdigest()}"

    return digest
