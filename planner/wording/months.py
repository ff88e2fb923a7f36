"""Months as headings."""

from collections.abc import Mapping
from datetime import date

from babel.dates import get_month_names


def say_month(day: date, language: str) -> str:
    """The month of that day as a heading: "January 2020", "Январь 2020"."""
    return f"{month_name(day.month, language)} {day.year}"


def month_name(number: int, language: str) -> str:
    """A month standing alone, with a capital: "January", "Январь"."""
    names: Mapping[int, str] = get_month_names("wide", context="stand-alone", locale=language)
    return names[number].capitalize()
