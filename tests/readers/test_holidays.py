from datetime import date

from planner.domain.entries import DayKind
from planner.readers.holidays import holidays_of, is_known

YEAR = date(2020, 1, 1), date(2020, 12, 31)


def test_days_off_are_records_with_names_and_their_source() -> None:
    days = {holiday.code: holiday for holiday in holidays_of("P", ["RU", "KZ"], *YEAR)}

    unity = days["RU 2020-11-04"]
    assert dict(unity.names) == {"en": "Unity Day", "ru": "День народного единства"}
    assert (unity.kind, unity.estimated, unity.source.split()[0]) == (DayKind.PUBLIC, False, "holidays")
    assert dict(days["KZ 2020-12-01"].names) == {"en": "First President Day"}


def test_weekends_that_are_worked_are_records_too() -> None:
    worked = [holiday.day for holiday in holidays_of("P", ["BY"], *YEAR) if holiday.kind is DayKind.WORKING]

    assert worked == [date(2020, 1, 4), date(2020, 4, 4)]


def test_language_of_the_surroundings_changes_nothing(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    before = holidays_of("P", ["BY", "KG"], *YEAR)
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    monkeypatch.setenv("LANGUAGE", "ru")

    assert holidays_of("P", ["KG", "BY"], *YEAR) == before


def test_day_that_is_only_estimated_says_so() -> None:
    feasts = [
        holiday for holiday in holidays_of("P", ["KG"], date(2030, 1, 1), date(2030, 12, 31)) if holiday.estimated
    ]

    assert feasts
    assert all("estimated" not in text for holiday in feasts for _, text in holiday.names)


def test_state_the_package_does_not_know_has_no_days() -> None:
    assert (is_known("XX"), holidays_of("P", ["XX"], *YEAR)) == (False, ())
