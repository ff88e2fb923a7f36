"""A bad file that is given to `planner import` ends in a sentence and stores nothing (P10)."""

import pytest

from tests.cli.running import Planner
from tests.hostile import hostile

FILES = hostile()
SOME = [*FILES][::24]


def refuse(planner: Planner, name: str) -> None:
    planner.load_sample()
    planner.file("list", FILES[name][0])
    before = planner("log").out

    ran = planner("import", "list", "--kind", "exercise", "--yes")

    assert ran.status in {1, 2}
    assert "Traceback" not in ran.err + ran.out
    assert planner("log").out == before


@pytest.mark.parametrize("name", SOME)
def test_bad_file_given_to_the_command_stores_nothing(planner: Planner, name: str) -> None:
    refuse(planner, name)


@pytest.mark.soak
@pytest.mark.parametrize("name", FILES)
def test_every_bad_file_given_to_the_command_stores_nothing(planner: Planner, name: str) -> None:
    refuse(planner, name)
