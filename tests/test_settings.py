from pathlib import Path

import pytest

from planner.errors import BadInput
from planner.settings import Settings, load_settings


def test_option_goes_before_environment_before_file_before_default(tmp_path: Path) -> None:
    (tmp_path / "planner.toml").write_text('database = "file.db"\nuser = "File"\nprogramme = "FILE"\n')
    environ = {"PLANNER_DATABASE": "environ.db", "PLANNER_USER": "Environ"}

    assert load_settings(tmp_path, environ, database="option.db") == Settings("option.db", "FILE", "en", "Environ")
    assert load_settings(tmp_path, {}) == Settings("file.db", "FILE", "en", "File")
    assert load_settings(tmp_path / "other", {}) == Settings()


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"PLANNER_LANGUAGE": "ru", "LANG": "en_GB.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_language_is_said_or_that_of_the_locale(tmp_path: Path, environ: dict[str, str], language: str) -> None:
    assert load_settings(tmp_path, environ).language == language


def test_every_problem_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "planner.toml").write_text('colour = "red"\nlanguage = "de"\nuser = 5\n')

    with pytest.raises(BadInput) as refused:
        load_settings(tmp_path, {})

    assert [problem.found for problem in refused.value.problems] == [
        "is not a setting",
        "5 is not a text",
        "'de' is not a language I speak",
    ]


def test_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "planner.toml").write_text("database = ")

    with pytest.raises(BadInput, match="planner.toml: cannot be read"):
        load_settings(tmp_path, {})
