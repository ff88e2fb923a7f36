"""Checks that are kept, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

from planner.domain.finding import Certainty, Severity, Span
from planner.domain.memory import Remembered
from planner.domain.report import Hidden
from planner.domain.run import CheckRun
from planner.store import Database, check

SPAN = Span(date(2020, 10, 5), date(2020, 10, 9))
CERTAIN = Remembered(
    "C04:A@X+B@X", "K7QF", "C04", ("A@X", "B@X"), Severity.ERROR, Certainty.CERTAIN, SPAN, 0, 0, Hidden.ACCEPTED
)
POSSIBLE = Remembered("C19:Й@X", "K7QG1", "C19", ("Й@X",), Severity.WARNING, Certainty.POSSIBLE, SPAN, 15, 22, None)
OF_NO_EVENT = Remembered("C24::P01@X", "K7QH", "C24", (), Severity.INFO, Certainty.CERTAIN, SPAN, 0, 0, Hidden.NOTE)
RUN = CheckRun(
    0,
    14,
    date(2020, 3, 1),
    datetime(2020, 3, 1, 9, tzinfo=UTC),
    "A. Writer",
    ("C01", "C04"),
    (CERTAIN, POSSIBLE, OF_NO_EVENT),
)


def test_check_that_was_kept_last_reads_back_whole(database: Database) -> None:
    first = database.keep_check(replace(RUN, findings=()))
    second = database.keep_check(RUN)

    with database.snapshot() as snapshot:
        assert (first, second) == (1, 2)
        assert snapshot.last_check() == replace(RUN, number=2)


def test_keeping_a_check_is_no_revision(database: Database, location: str) -> None:
    database.keep_check(RUN)

    with database.snapshot() as snapshot:
        assert (snapshot.revision, snapshot.revisions()) == (0, ())
    assert check(location)


def test_no_check_was_kept_in_a_new_database(database: Database) -> None:
    with database.snapshot() as snapshot:
        assert snapshot.last_check() is None
