from tests.long_run import Line, table


def test_long_run_is_one_table_with_its_sum() -> None:
    lines = {"store/test_b.py::test_two": Line(2, 0, 1, 90.0), "store/test_a.py::test_one": Line(1, 1, 0, 30.0)}

    assert table(lines) == [
        "promise                    passed  failed  skipped  minutes",
        "store/test_a.py::test_one       1       1        0      0.5",
        "store/test_b.py::test_two       2       0        1      1.5",
        "all                             3       1        1      2.0",
    ]
