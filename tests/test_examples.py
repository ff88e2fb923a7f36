"""Examples in docstrings and pages run."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WITH_EXAMPLES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for top in ("planner", "calendars")
    for path in sorted((ROOT / top).rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_example_in_a_docstring_gives_what_it_says(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))

    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("page", ["docs/calendars.md"])
def test_python_of_a_page_runs(page: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)

    assert blocks
    for block in blocks:
        exec(block, {})


@pytest.mark.parametrize("page", ["docs/programme-file.md", "docs/settings.md"])
def test_toml_of_a_page_is_toml(page: str) -> None:
    import tomllib

    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)

    assert [tomllib.loads(block) for block in blocks]
