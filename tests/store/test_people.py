from datetime import UTC, datetime, timedelta

from planner.domain.person import PersonRole
from planner.store import Database

NOW = datetime(2020, 4, 1, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=72)


def test_link_used_twice_signs_in_once(database: Database) -> None:
    with database.operations() as operations:
        person = operations.people.add("A reader", PersonRole.READER, NOW, "a test")
        operations.people.add_link("a" * 64, person.number, NOW, LATER)

    with database.operations() as operations:
        used = [operations.people.use_link("a" * 64, NOW) for _ in range(2)]

    assert used == [True, False]


def test_new_link_takes_the_place_of_the_one_not_used(database: Database) -> None:
    with database.operations() as operations:
        person = operations.people.add("A reader", PersonRole.READER, NOW, "a test")
        operations.people.add_link("a" * 64, person.number, NOW, LATER)
        operations.people.add_link("b" * 64, person.number, NOW, LATER)

        assert operations.people.invited("a" * 64, NOW) is None
        assert operations.people.invited("b" * 64, NOW) == person
        assert operations.people.invited("b" * 64, LATER) is None


def test_person_who_left_and_came_back_keeps_the_number_but_no_session(database: Database) -> None:
    with database.operations() as operations:
        people = operations.people
        person = people.add("A reader", PersonRole.READER, NOW, "a test")
        people.begin_session("c" * 64, person.number, NOW, LATER, "a browser")
        assert people.signed_in("c" * 64, NOW) is not None

        assert people.leave(person.number, NOW) == 1
        again = people.add("A reader", PersonRole.COORDINATOR, LATER, "a test")

        assert again.number == person.number
        assert again.role is PersonRole.COORDINATOR
        assert again.left is None
        assert people.signed_in("c" * 64, NOW) is None


def test_sessions_end_by_themselves_and_one_by_one(database: Database) -> None:
    with database.operations() as operations:
        people = operations.people
        person = people.add("A reader", PersonRole.READER, NOW, "a test")
        other = people.add("Another", PersonRole.READER, NOW, "a test")
        people.begin_session("c" * 64, person.number, NOW, LATER, "one")
        people.begin_session("d" * 64, person.number, NOW, LATER, "two")
        one, two = sorted(people.sessions(person.number), key=lambda each: each.number)

        people.end_session(other.number, one.number)
        assert people.signed_in("c" * 64, NOW) is not None
        people.end_session(person.number, one.number)

        assert people.signed_in("c" * 64, NOW) is None
        assert people.sessions(person.number) == (two,)
        assert people.signed_in("d" * 64, LATER) is None
