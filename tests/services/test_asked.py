"""What a check is asked about: named as people name it, and never something that is not there."""

from datetime import date

import pytest

from planner.errors import BadInput
from planner.services.asked import meant
from planner.services.checking import Options
from tests.boards import sample_board

BOARD = sample_board(date(2020, 5, 1))


def test_parties_are_meant_by_any_of_their_names_and_case_does_not_matter() -> None:
    said = Options(refs=("ex-2020-ub",), rules=("c04",), parties=("Belarus", "Беларусь", "BY"), past=True)

    assert meant(BOARD, said) == Options(refs=("EX-2020-UB",), rules=("C04",), parties=("BY", "BY", "BY"), past=True)


def test_everything_that_is_not_there_is_named_at_once_with_the_nearest() -> None:
    with pytest.raises(BadInput) as refused:
        meant(BOARD, Options(refs=("EX-2020-UBB",), rules=("C99",), parties=("Belarsu",)))

    assert [each.where for each in refused.value.problems] == ["--event", "--rule", "--for"]
    assert "did you mean 'Belarus'" in refused.value.problems[2].remedy
