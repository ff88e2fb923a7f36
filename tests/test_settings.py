from pathlib import Path

import pytest

from planner.errors import BadInput
from planner.limits import Limits
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


@pytest.mark.parametrize(
    ("variable", "value", "found"),
    [
        ("PLANNER_URL", "plan.example.org", "'plan.example.org' is not an address people can reach"),
        ("PLANNER_URL", "https://a.example/?q", "is not an address people can reach"),
        ("PLANNER_URL", "https://name:word@a.example", "is not an address people can reach"),
        ("PLANNER_REACH", "lan", "'lan' is not a reach"),
        ("PLANNER_PORT", "65536", "'65536' is not a port"),
        ("PLANNER_PORT", "٨٠", "is not a port"),
        ("PLANNER_WORKERS", "0", "'0' is not a number of processes"),
        ("PLANNER_TRUSTED_PROXIES", "10.0.0.1, proxy", "are not all network addresses"),
        ("PLANNER_LOG_LEVEL", "loud", "'loud' is not a level"),
    ],
)
def test_setting_of_the_server_that_cannot_be_used_is_named(
    tmp_path: Path, variable: str, value: str, found: str
) -> None:
    with pytest.raises(BadInput) as refused:
        load_settings(tmp_path, {variable: value})

    [problem] = refused.value.problems
    assert (problem.where, found in problem.found) == (variable, True)


def test_settings_of_the_server_are_read_in_their_form(tmp_path: Path) -> None:
    (tmp_path / "planner.toml").write_text('port = "8100"\ntrusted_proxies = "10.0.0.0/8, ::1"\n')

    settings = load_settings(tmp_path, {"PLANNER_URL": "https://example.org/planner/", "PLANNER_WORKERS": "3"})

    assert (settings.port, settings.workers, settings.trusted_proxies) == (8100, 3, ("10.0.0.0/8", "::1"))
    assert settings.public_url == "https://example.org/planner"
    assert Settings(host="::", port=9).public_url == "http://127.0.0.1:9"
    assert Settings(host="::1").public_url == "http://[::1]:8020"


def test_limits_are_numbers_of_the_file_or_the_environment(tmp_path: Path) -> None:
    (tmp_path / "planner.toml").write_text("max_rows = 70000\nmax_file_mb = '30'\n")

    assert load_settings(tmp_path, {"PLANNER_MAX_SECONDS": "60"}).limits == Limits(file_mb=30, rows=70_000, seconds=60)


@pytest.mark.parametrize("text", ["0", "-1", "many", "1e3", "٣", "1" * 20])
def test_limit_that_is_no_number_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match="PLANNER_MAX_ROWS: .* is not a limit; a whole number from 1 on"):
        load_settings(tmp_path, {"PLANNER_MAX_ROWS": text})
