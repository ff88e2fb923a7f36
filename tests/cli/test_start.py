import subprocess
import sys

import pytest

HEAVY = {"sqlalchemy", "icalendar", "alembic", "rich", "babel", "holidays", "cattrs"}
LOOK = """
import sys
from planner.cli import main
try:
    main({arguments})
except SystemExit:
    pass
print(sorted(set(sys.modules) & {heavy}), file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["import", "--help"], ["db", "--help"]])
def test_help_answers_without_loading_what_it_does_not_need(arguments: list[str]) -> None:
    code = LOOK.format(arguments=arguments, heavy=HEAVY)

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout
    assert done.stderr.strip() == "[]"


def test_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "planner", "--version"], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("planner, version ")
