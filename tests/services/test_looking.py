import pytest

from planner.domain.texts import texts
from planner.errors import BadInput, NotFound
from planner.services.looking import Filters, by_day, find, narrowed, the_event
from tests.builders import a_register, an_event, day, days, some_time

PARADE = an_event(
    "V75-01", titles=texts(en="Victory Parade", ru="Парад Победы на Красной площади"), when=days("2020-06-24")
)
DRILL = an_event("EX-1", titles=texts(en="Drill", ru="Учение"), remarks=texts(en="before the parade"))
LATER = an_event("EX-2", when=some_time("2020-11-01", "2020-11-30"), states=["KZ"])
EVENTS = (DRILL, LATER, PARADE)


def test_event_is_found_by_its_reference_whatever_its_case() -> None:
    assert the_event(EVENTS, " ex-1 ") == DRILL


def test_event_is_found_by_words_that_fit_only_it() -> None:
    assert the_event(EVENTS, "красной ПЛОЩАДИ") == PARADE


def test_words_that_fit_several_name_them_all() -> None:
    with pytest.raises(BadInput, match="'parade' fits 2 events: EX-1, V75-01; name one by its reference"):
        the_event(EVENTS, "parade")


def test_words_that_fit_none_name_the_nearest_references() -> None:
    with pytest.raises(NotFound, match="no event 'EX-3'; did you mean 'EX-"):
        the_event(EVENTS, "EX-3")


def test_every_word_must_occur() -> None:
    assert [event.ref for event in find(EVENTS, "drill parade")] == ["EX-1"]
    assert find(EVENTS, " ") == ()


@pytest.mark.parametrize(
    ("filters", "refs"),
    [
        (Filters(), ["V75-01", "EX-1", "EX-2"]),
        (Filters(first=day("2020-11-15")), ["EX-2"]),
        (Filters(last=day("2020-10-12")), ["V75-01", "EX-1"]),
        (Filters(parties=("Kazakhstan",)), ["EX-2"]),
        (Filters(families=("exercise",), statuses=("held",)), []),
    ],
)
def test_filters_narrow_and_order_by_day(filters: Filters, refs: list[str]) -> None:
    register = a_register()
    named = tuple(
        party if party.code != "KZ" else type(party)(party.programme, "KZ", texts(en="Kazakhstan"), zone=party.zone)
        for party in register.parties
    )

    found = narrowed(EVENTS, a_register(parties=named), filters)

    assert [event.ref for event in found] == refs
    assert list(found) == sorted(found, key=by_day)
