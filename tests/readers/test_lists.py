"""Every list of tests/lists is read as stands beside it: rows, values, columns, sections, problems, everything."""

import json
from pathlib import Path

import pytest

from tests.lists import LISTS, asked_of, expected_path, reading


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_list_of_one_situation_is_read_as_it_should_be(path: Path) -> None:
    expected = json.loads(expected_path(path).read_text(encoding="utf-8"))

    found = reading(path)

    assert ({"asked": asked_of(path)} if asked_of(path) else {}) | found == expected
