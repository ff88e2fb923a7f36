from dataclasses import replace

import pytest

from planner.domain.event import BookingSort, Event, Status
from planner.domain.fields import field_named, field_names, fields_changed, with_values
from planner.domain.texts import texts
from tests.builders import PROGRAMME, a_full_event, an_event


def test_every_field_can_be_read_and_put_back() -> None:
    full, empty = a_full_event(), Event("EX-2020-FULL", PROGRAMME, "")

    for name in field_names(full):
        field = field_named(name)
        assert field is not None
        empty = field.put(empty, field.get(full))

    assert empty == full


def test_difference_names_each_field_that_changed_in_its_order() -> None:
    before = an_event()
    after = replace(before, status=Status.HELD, people=900, titles=texts(en="Other"))

    assert [name for name, _, _ in fields_changed(before, after)] == ["title_en", "title_ru", "status", "people"]


def test_places_are_put_without_touching_other_bookings() -> None:
    event = an_event(places=["moscow"], forces=["CPF"])
    field = field_named("places")
    assert field is not None

    without = field.put(event, ())

    assert without.booked(BookingSort.PLACE) == ()
    assert without.booked(BookingSort.FORCE) == event.booked(BookingSort.FORCE)


@pytest.mark.parametrize("name", ["nothing", "title", "title_", "ref"])
def test_what_is_no_field_is_none(name: str) -> None:
    assert field_named(name) is None


def test_values_put_at_once_are_what_putting_one_after_the_other_gives() -> None:
    full, plain = a_full_event(), an_event(places=("moscow",))
    values: dict[str, object] = {}
    for name in field_names(full):
        field = field_named(name)
        assert field is not None
        values[name] = field.get(full)

    one_by_one = plain
    for name, value in values.items():
        field = field_named(name)
        assert field is not None
        one_by_one = field.put(one_by_one, value)

    assert with_values(plain, values) == one_by_one
    assert with_values(plain, {}) == plain
