"""The date grammar: text as people write it, in English and Russian, to a When. It never guesses."""

from planner.domain.dates.clock import what_no_clock_shows
from planner.domain.dates.context import ORDER, Context, Unread
from planner.domain.dates.grammar import has_reserve, read_when
from planner.domain.dates.series import read_series

__all__ = ["ORDER", "Context", "Unread", "has_reserve", "read_series", "read_when", "what_no_clock_shows"]
