"""What the long run takes in, and what its table says."""

from tests.long_run import PAGE, Line, function_of, proofs, table


def test_table_has_each_promise_then_the_rest_and_the_sum() -> None:
    lines = {"a.py::one": Line(passed=2, seconds=90), "b.py::two": Line(1, 1, 3, 30.0)}

    assert table(lines, {"P1": ["a.py::one"], "P2": ["c.py::three"]}) == [
        "     test       passed  failed  skipped  minutes",
        "P1   a.py::one       2       0        0      1.5",
        "P2   not run         0       0        0      0.0",
        "-    b.py::two       1       1        3      0.5",
        "all                  3       1        3      2.0",
    ]


def test_every_promise_of_the_page_has_a_test_that_the_long_run_takes_in() -> None:
    assert [number for number, tests in proofs(PAGE.read_text(encoding="utf-8")).items() if not tests] == []


def test_tests_are_told_apart_without_their_parameters() -> None:
    assert function_of("tests/a.py::one[sqlite-[2]]") == "a.py::one"
    assert function_of("tests/a.py::TestLife::runTest") == "a.py::TestLife"
