"""Subscribing: private addresses of feeds, made, listed, replaced and revoked."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planner.domain.address import TOKEN_BYTES, Address, NewAddress, Served, digest_of
from planner.domain.entries import PartySort, Standing
from planner.domain.feed import Feed
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.errors import BadInput, NotFound, Problem, problem
from planner.services.published import load_published
from planner.store import Database, Snapshot, open_database
from planner.store.addresses import Operations


@dataclass(frozen=True, slots=True)
class Issued:
    """An address with its token: to be shown once, for nobody can find it again."""

    address: Address
    token: str

    def path(self) -> str:
        """Where it lies below the server's own address."""
        return f"/f/{self.token}/{self.address.feed}.ics"

    def https(self, url: str) -> str:
        """The address to paste, below that of the server (without a slash at its end)."""
        return url + self.path()

    def webcal(self, url: str) -> str:
        """The address that opens a calendar program by itself."""
        return f"webcal://{url.partition('://')[2]}{self.path()}"


@dataclass(frozen=True, slots=True)
class Order:
    """For whom addresses of a feed are to be made, by whom, when, and until when they answer."""

    feed: Feed
    holders: tuple[str, ...]
    by: str
    now: datetime
    expires: datetime | None = None


def feed_named(snapshot: Snapshot, programme: str, name: str) -> Feed:
    """The feed of that name. Raises NotFound, naming those there are."""
    return load_published(snapshot, programme).feed(name)


def holders_of_each_state(register: Register, language: str, suffix: str = "") -> tuple[str, ...]:
    """One holder for each member state, by its name in that language: "Armenia" or "Armenia, counsellor".

    Raises BadInput when the programme has no member states.
    """
    states = [
        party for party in register.parties if party.party_sort is PartySort.STATE and party.standing is Standing.MEMBER
    ]
    if not states:
        found = f"{register.programme.code} has no member states"
        raise BadInput(problem("--each-state", found, "members in the programme file", "say --for NAME"))
    names = (text_in(language, state.names) or state.code for state in states)
    return tuple(f"{name}, {suffix}" if suffix else name for name in names)


def addresses(location: str, programme: str) -> tuple[Address, ...]:
    """The addresses of a programme in the database at a path or URL, by number; the database is only read."""
    database = open_database(location, writes=False)
    try:
        with database.operations() as operations:
            return operations.addresses(programme)
    finally:
        database.close()


def ledger_of(location: str, programme: str, number: int) -> tuple[Address, tuple[Served, ...]]:
    """An address and what was served there, the newest last; the database is only read. Raises NotFound."""
    database = open_database(location, writes=False)
    try:
        with database.operations() as operations:
            found = next((each for each in operations.addresses(programme) if each.number == number), None)
            if found is None:
                raise NotFound(_missing(number, programme))
            return found, operations.served(number)
    finally:
        database.close()


def issue(database: Database, order: Order) -> tuple[Issued, ...]:
    """New addresses, one for each holder, all or none. Raises BadInput for a holder without a name."""
    if not all(holder.strip() for holder in order.holders):
        raise BadInput(
            problem("--for", "an address needs the name of who will hold it", 'as --for "Embassy, counsellor"')
        )
    if order.expires is not None and order.expires <= order.now:
        raise BadInput(problem("--expires", "that day is over", "a day to come"))
    with database.operations() as operations:
        return tuple(_issue(operations, order, holder.strip()) for holder in order.holders)


def _issue(operations: Operations, order: Order, holder: str) -> Issued:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = order.feed
    new = NewAddress(digest_of(token), feed.programme, feed.name, holder, order.now, order.by, order.expires)
    return Issued(operations.add_address(new), token)


def replace_address(database: Database, programme: str, number: int, by: str, now: datetime) -> Issued:
    """A new address in place of that one, which says from now on that it was replaced. Raises NotFound and BadInput."""
    with database.operations() as operations:
        old = _open_address(operations, programme, number, now)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        new = NewAddress(digest_of(token), old.programme, old.feed, old.holder, now, by, old.expires)
        issued = Issued(operations.add_address(new), token)
        operations.replace_address(number, issued.address.number)
        return issued


def revoke(database: Database, programme: str, numbers: Sequence[int], now: datetime) -> tuple[Address, ...]:
    """Closes these addresses, all or none: from the next request on they answer as if they had never been.

    One that was replaced may be revoked too. Raises NotFound.
    """
    with database.operations() as operations:
        known = {address.number: address for address in operations.addresses(programme)}
        missing = [number for number in numbers if number not in known]
        if missing:
            raise NotFound(*(_missing(number, programme) for number in missing))
        for number in numbers:
            operations.revoke_address(number, now)
        return tuple(replace(known[number], revoked=known[number].revoked or now) for number in numbers)


def _open_address(operations: Operations, programme: str, number: int, now: datetime) -> Address:
    found = next((each for each in operations.addresses(programme) if each.number == number), None)
    if found is None:
        raise NotFound(_missing(number, programme))
    if not found.answers(now):
        said = f"address {number} is {found.state(now)} already"
        raise BadInput(problem("", said, remedy="make a new one with `planner address new`"))
    return found


def _missing(number: int, programme: str) -> Problem:
    return problem("", f"{programme} has no address {number}", remedy="`planner address list` shows them all")
