"""The date grammar: text as people write it, in English and Russian, to a When. It never guesses."""

from planner.domain.dates.context import Context, Unread
from planner.domain.dates.grammar import read_when

__all__ = ["Context", "Unread", "read_when"]
