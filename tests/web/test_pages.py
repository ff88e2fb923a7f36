"""Health, error pages and what every page says, from a real server process."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.store import open_database
from planner.web.security import HEADERS
from tests.web.running import Server


@pytest.fixture
def location(tmp_path: Path) -> str:
    path = str(tmp_path / "plan.db")
    open_database(path, writes=True).close()
    return path


def test_server_says_that_it_lives_and_that_it_can_deliver(location: str, serving: Callable[..., Server]) -> None:
    server = serving(location)

    health, ready = server.ask("/health"), server.ask("/ready")
    Path(location).rename(f"{location}.away")
    without = server.ask("/health"), server.ask("/ready")
    Path(f"{location}.away").rename(location)

    assert (health.status, ready.status) == (200, 200)
    assert [each.status for each in without] == [200, 503]
    assert server.ask("/ready").status == 200
    assert not Path(f"{location}-journal").exists()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("", "There is no such page here."), ("ru-RU,ru;q=0.9", "Здесь нет такой страницы."), ("de, en", "There is no")],
)
def test_page_that_is_not_there_is_a_sentence_in_the_reader_s_language(
    location: str, serving: Callable[..., Server], language: str, sentence: str
) -> None:
    answer = serving(location).ask("/<script>alert(1)</script>", {"Accept-Language": language})

    assert (answer.status, sentence in answer.body.decode()) == (404, True)
    assert b"script" not in answer.body
    said = {name.decode(): value.decode() for name, value in HEADERS}
    assert {name: answer.headers.get(name) for name in said} == said


@pytest.mark.parametrize("prefix", ["", "/planner"], ids=["path taken away", "path kept"])
def test_server_under_a_path_answers_whether_the_proxy_keeps_it_or_not(
    location: str, serving: Callable[..., Server], prefix: str
) -> None:
    server = serving(location, environ={"PLANNER_URL": "https://example.org/planner"})

    assert server.ask(f"{prefix}/health").status == 200
    assert server.ask(f"{prefix}/planners/health").status == 404


def test_stop_ends_what_was_begun_and_writes_the_access_log(location: str, serving: Callable[..., Server]) -> None:
    server = serving(location)
    server.ask("/health", {"User-Agent": 'Phone"\n injected'.replace("\n", "\t")})

    status = server.stop()

    assert status == 0
    [line] = server.out.read_text().splitlines()
    said = json.loads(line)
    assert (said["what"], said["status"], said["program"]) == ("/health", 200, 'Phone"\t injected')


@pytest.mark.parametrize(
    ("trusted", "client"), [("", "127.0.0.1"), ("127.0.0.1", "203.0.113.7"), ("10.0.0.0/8", "127.0.0.1")]
)
def test_forwarded_headers_count_from_named_proxies_only(
    location: str, serving: Callable[..., Server], trusted: str, client: str
) -> None:
    server = serving(location, environ={"PLANNER_TRUSTED_PROXIES": trusted, "FORWARDED_ALLOW_IPS": "*"})
    server.ask("/health", {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"})
    server.stop()

    assert json.loads(server.out.read_text())["client"] == client
