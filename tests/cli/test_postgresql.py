"""The whole job on PostgreSQL, as on SQLite."""

from planner import sample
from planner.rules import RULES
from planner.services.checking import Options, check
from tests.boards import sample_board
from tests.cli.running import Planner

REPORT = check(sample_board(), Options(past=True))
CERTAIN, POSSIBLE = REPORT.counts["certain"], REPORT.counts["possible"]


def test_whole_job_on_postgresql(planner: Planner, postgresql_location: str) -> None:
    planner.file("programme.toml", sample.content(sample.PROGRAMME))
    planner.file("list.csv", sample.content(sample.LIST))
    database = ("--database", postgresql_location)

    before = planner(*database, "programme", "load", "programme.toml", "--yes")
    assert (before.status, "has no tables of the planner yet; planner --database" in before.err) == (2, True)
    assert planner(*database, "db", "upgrade").status == 0
    assert planner(*database, "programme", "load", "programme.toml", "--yes").status == 0
    assert planner(*database, "import", "list.csv", "--yes").status == 0
    checked = planner(*database, "check", "--past")
    written = planner(*database, "feed", "write", "calendars")
    whole = planner(*database, "db", "check", "--log")

    assert checked.out.splitlines()[-1].startswith(
        f"{CERTAIN} certain, {POSSIBLE} possible     71 events, {len(RULES)} rules"
    )
    assert "28 of 28 feeds changed" in written.err
    assert ": whole; " in whole.out


def test_password_is_shown_nowhere(planner: Planner) -> None:
    ran = planner("--database", "postgresql://planner:s3cret@127.0.0.1:1/plan", "doctor")

    assert "s3cret" not in ran.out + ran.err
    assert "planner:***@127.0.0.1" in ran.out
