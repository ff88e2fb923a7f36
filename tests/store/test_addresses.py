"""Addresses and the ledger, on both databases."""

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.domain.address import KEPT_SERVED, Address, NewAddress, Served, digest_of
from planner.domain.change import Change
from planner.domain.feed import Feed
from planner.errors import MissingDatabase, Unavailable
from planner.services.subscribing import Order, issue
from planner.store import Database, open_database
from planner.store.door import Door, Holding, Seen, open_door
from tests.builders import an_event
from tests.plans import fill

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)


def a_new(token: str = "token", **fields: object) -> NewAddress:
    return replace(NewAddress(digest_of(token), "ORG-2020", "all.en", "Embassy", NOW, "A. Writer"), **fields)


def add(database: Database, *new: NewAddress) -> tuple[Address, ...]:
    with database.operations() as operations:
        return tuple(operations.add_address(each) for each in new)


def revision_of(database: Database) -> int:
    with database.snapshot() as snapshot:
        return snapshot.revision


def test_addresses_are_numbered_kept_and_listed_without_a_revision(database: Database) -> None:
    ends = NOW + timedelta(days=30)

    made = add(database, a_new("a"), a_new("b", holder="Посольство", expires=ends))

    with database.operations() as operations:
        listed = operations.addresses("ORG-2020"), operations.addresses("OTHER")
    assert listed == (made, ())
    assert made == (
        Address(1, "ORG-2020", "all.en", "Embassy", NOW, "A. Writer"),
        Address(2, "ORG-2020", "all.en", "Посольство", NOW, "A. Writer", ends),
    )
    assert revision_of(database) == 0


def test_address_that_is_revoked_or_replaced_says_so(database: Database) -> None:
    add(database, a_new("a"), a_new("b"), a_new("c"))

    with database.operations() as operations:
        operations.revoke_address(1, NOW)
        operations.revoke_address(1, NOW + timedelta(days=1))
        operations.replace_address(2, 3)

    with database.operations() as operations:
        first, second, third = operations.addresses()
    assert [each.state(NOW) for each in (first, second, third)] == ["revoked", "replaced", "open"]
    assert first.revoked == NOW


def test_operations_that_fail_leave_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.operations() as operations:
        operations.add_address(a_new())
        raise ZeroDivisionError

    with database.operations() as operations:
        assert operations.addresses() == ()


def test_ledger_keeps_first_and_last_and_the_program_that_asked(database: Database) -> None:
    add(database, a_new())
    later, latest = NOW + timedelta(minutes=5), NOW + timedelta(minutes=9)

    for notes in (
        [Served(1, "a", 1, NOW, NOW, "Thunderbird")],
        [Served(1, "a", 2, later, later, "Thunderbird"), Served(1, "b", 3, latest, latest, "Phone")],
        [Served(1, "a", 1, NOW, NOW, "late writer")],
        [Served(7, "a", 1, NOW, NOW, "of an address that is not here")],
    ):
        with database.operations() as operations:
            operations.keep_served(notes)

    with database.operations() as operations:
        served, [address] = operations.served(1), operations.addresses()
    assert served == (Served(1, "a", 2, NOW, later), Served(1, "b", 3, latest, latest))
    assert (address.fetched, address.program) == (latest, "Phone")
    assert revision_of(database) == 0


def test_ledger_is_bounded_for_each_address(database: Database) -> None:
    add(database, a_new("a"), a_new("b"))
    instants = [NOW + timedelta(minutes=number) for number in range(KEPT_SERVED + 7)]

    with database.operations() as operations:
        operations.keep_served(Served(1, f"{n:03}", n, at, at) for n, at in enumerate(instants))
        operations.keep_served([Served(2, "x", 1, NOW, NOW)])

    with database.operations() as operations:
        kept, others = operations.served(1), operations.served(2)
    assert [each.etag for each in kept] == [f"{n:03}" for n in range(7, KEPT_SERVED + 7)]
    assert len(others) == 1


@pytest.fixture
def door(location: str):  # type: ignore[no-untyped-def]
    opened = open_door(location)
    yield opened
    opened.close()


def test_look_sees_the_newest_revision_and_whose_the_addresses_are(database: Database, door: Door) -> None:
    fill(database)
    ends = NOW + timedelta(days=1)
    add(database, a_new("open", expires=ends), a_new("revoked"), a_new("replaced"), a_new("other"))
    with database.operations() as operations:
        operations.revoke_address(2, NOW)
        operations.replace_address(3, 1)
    tokens = ("open", "revoked", "replaced", "unknown")

    alone, seen = door.look([]), door.look([digest_of(token) for token in tokens])

    assert alone == Seen(1, 1, {})
    assert seen == Seen(
        1,
        1,
        {
            digest_of("open"): Holding(1, "ORG-2020", "all.en", ends, is_replaced=False),
            digest_of("replaced"): Holding(3, "ORG-2020", "all.en", None, is_replaced=True),
        },
    )


def test_look_sees_a_change_and_a_revocation_at_once(database: Database, door: Door) -> None:
    fill(database)
    add(database, a_new("open"))
    digest = digest_of("open")
    before = door.look([digest])

    with database.transaction(who="A", why="", means="add", now=NOW) as transaction:
        transaction.apply([Change(None, an_event())])
    with database.operations() as operations:
        operations.revoke_address(1, NOW)

    assert (before.revision, set(before.holdings)) == (1, {digest})
    assert door.look([digest]) == Seen(1, 2, {})


def test_look_into_a_file_that_was_taken_away_and_put_back_connects_anew(tmp_path: Path) -> None:
    path, away = tmp_path / "plan.db", tmp_path / "away.db"
    database = open_database(str(path), writes=True)
    fill(database)
    database.close()
    door = open_door(str(path))
    door.look([])
    path.rename(away)

    with pytest.raises(Unavailable, match="cannot be read"):
        door.look([])
    away.rename(path)

    assert door.look([]) == Seen(2, 1, {})
    door.close()


def test_writer_that_makes_nothing_leaves_a_missing_file_missing(tmp_path: Path) -> None:
    path = tmp_path / "plan.db"

    with pytest.raises(MissingDatabase):
        open_database(str(path), writes=True, makes=False)
    database = open_database(str(path), writes=True)
    path.unlink()
    with pytest.raises(Unavailable), database.operations():
        pass

    database.close()
    assert not path.exists()


def test_tokens_have_256_bits_none_alike_and_only_their_sha_256_is_stored(database: Database) -> None:
    issued = issue(database, Order(Feed("ORG-2020", "all.en"), tuple(f"holder {n}" for n in range(200)), "W", NOW))

    assert {len(base64.urlsafe_b64decode(each.token + "=")) * 8 for each in issued} == {256}
    assert len({each.token for each in issued}) == 200
    assert {hashlib.sha256(each.token.encode()).hexdigest() for each in issued} == {digest_of(e.token) for e in issued}
    with database.operations() as operations:
        stored = repr(operations.addresses())
    assert [each.token for each in issued if each.token in stored] == []
