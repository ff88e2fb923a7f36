"""Whatever is changed in a file, it is read or refused in sentences, in time, in little memory (P11)."""

import resource
import time

import pytest

from planner.errors import BadInput
from planner.readers.listing import read_list
from planner.readers.table import read_table
from tests.boards import sample_register
from tests.lists import TERM
from tests.mutants import FORMATS, mutants

MOST_SECONDS = 2.0
"""Of the processor, for others may be using the machine."""
MOST_MEGABYTES = 512
IN_SUITE = {"csv": 1_000, "ics": 1_000, "json": 2_000, "ods": 2_000, "xlsx": 600, "docx": 200, "xls": 12}
"""Mutants of a format in the suite: as many as take a few seconds. Old workbooks are read in a process of their own."""
IN_SOAK = {form: 2_000 if form == "xls" else 100_000 for form in FORMATS}


def read_all(form: str, count: int, seed: int) -> tuple[float, int]:
    """The longest time that a mutant took, in seconds, and how many were read without any problem."""
    slowest, clean = 0.0, 0
    for number, content in enumerate(mutants(form, count, seed)):
        began = time.process_time()
        try:
            listed = read_list(read_table(content, "list", term=lambda: TERM), sample_register(), kind="exercise")
            clean += not listed.problems
        except BadInput as refused:
            assert all(str(problem).startswith("list") for problem in refused.problems)
        except Exception as error:
            raise AssertionError(f"mutant {number} of {form}, seed {seed}: {content[:200]!r}") from error
        slowest = max(slowest, time.process_time() - began)
    return slowest, clean


@pytest.mark.parametrize("form", FORMATS)
def test_mutants_of_a_format_are_read_or_refused_in_time(form: str) -> None:
    slowest, clean = read_all(form, IN_SUITE[form], seed=2020)

    assert slowest < MOST_SECONDS
    assert 0 < clean < IN_SUITE[form]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 < MOST_MEGABYTES


@pytest.mark.soak
@pytest.mark.parametrize("form", FORMATS)
def test_a_hundred_thousand_mutants_of_a_format_are_read_or_refused_in_time(form: str) -> None:
    slowest, clean = read_all(form, IN_SOAK[form], seed=75)

    assert slowest < MOST_SECONDS
    assert 0 < clean < IN_SOAK[form]
