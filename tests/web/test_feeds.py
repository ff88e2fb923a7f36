"""Feeds from real server processes: what calendar programs are answered, whatever they ask and whatever breaks."""

import gzip
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planner.domain.feed import Feed, Level
from planner.services.delivering import Wanted, deliver, read_directory
from planner.services.subscribing import ledger_of, replace_address, revoke
from planner.store import upgrade
from tests.builders import PROGRAMME
from tests.web.plans import Served, a_served_plan
from tests.web.running import Answer, Server

Serving = Callable[..., Server]
CALENDAR = "text/calendar; charset=utf-8"


def calendar(answer: Answer) -> str:
    """The calendar that was answered, which is never a part of one."""
    assert (answer.status, answer.headers["content-type"]) == (200, CALENDAR)
    text = answer.body.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    return text


def without_date(answer: Answer) -> Answer:
    return answer._replace(headers={name: value for name, value in answer.headers.items() if name != "date"})


def test_private_feed_is_answered_with_all_that_calendar_programs_need(plan: Served, serving: Serving) -> None:
    issued = plan.address()
    server = serving(plan.location)
    time.sleep(1.1)  # until then no second is said that a later change might share

    got, head = server.ask(issued.path()), server.ask(issued.path(), method="HEAD")

    assert "EX-2020-B@" in calendar(got)
    assert (head.status, head.body, without_date(head).headers) == (200, b"", without_date(got).headers)
    expected = {
        "cache-control": "private, no-cache",
        "vary": "Accept-Encoding",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex, nofollow",
        "x-content-type-options": "nosniff",
        "content-length": str(len(got.body)),
        "content-disposition": 'inline; filename="all.en.ics"',
    }
    assert {name: got.headers.get(name) for name in expected} == expected
    assert "last-modified" in got.headers
    assert "server" not in got.headers


def test_conditions_are_answered_with_nothing_new_until_the_plan_changes(
    plan_on_each: Served, serving: Serving
) -> None:
    path = plan_on_each.address().path()
    server = serving(plan_on_each.location)
    time.sleep(1.1)
    first = server.ask(path)
    etag, since = first.headers["etag"], first.headers["last-modified"]
    conditions = (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-None-Match": f'{etag[:-1]}-gzip"'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": since},
    )

    before = [server.ask(path, condition) for condition in conditions]
    others = [
        server.ask(path, {"If-None-Match": '"other"', "If-Modified-Since": since}),
        server.ask(path, {"If-Modified-Since": "never"}),
    ]
    plan_on_each.rename("Another name")
    after = [server.ask(path, condition) for condition in conditions if "*" not in condition.values()]

    assert [(each.status, each.body) for each in before] == [(304, b"")] * 5
    assert {each.headers["cache-control"] for each in before} == {"private, no-cache"}
    assert [each.status for each in others] == [200, 200]
    assert ["Another name" in calendar(each) for each in after] == [True] * 4


def test_gzip_is_sent_only_when_asked_and_is_the_same_calendar(plan: Served, serving: Serving) -> None:
    path = plan.address().path()
    server = serving(plan.location)

    plain = server.ask(path)
    packed = server.ask(path, {"Accept-Encoding": "deflate, gzip;q=0.5"})
    refused = [
        server.ask(path, {"Accept-Encoding": said}) for said in ("identity", "gzip;q=0", "br, gzip; q=0.000", "")
    ]

    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["etag"] != plain.headers["etag"]
    assert server.ask(path, {"If-None-Match": packed.headers["etag"], "Accept-Encoding": "gzip"}).status == 304
    assert [each.body == plain.body and "content-encoding" not in each.headers for each in refused] == [True] * 4


def test_times_in_utc_are_answered_when_asked_and_no_other_zone(plan: Served, serving: Serving) -> None:
    path = plan.address().path()
    server = serving(plan.location)

    local, utc = server.ask(path), server.ask(f"{path}?tz=utc")

    assert "BEGIN:VTIMEZONE" in calendar(local)
    assert "BEGIN:VTIMEZONE" not in calendar(utc)
    assert "DTSTART:20201012T" in calendar(utc)
    assert utc.headers["etag"] != local.headers["etag"]
    assert server.ask(f"{path}?tz=Europe/Moscow").status == 400
    assert server.ask(f"{path}?nocache=5&%ff").body == local.body


def test_feeds_can_only_be_read(plan: Served, serving: Serving) -> None:
    path, server = plan.address().path(), serving(plan.location)

    answers = [server.ask(path, method=way) for way in ("PUT", "DELETE", "POST", "PATCH", "OPTIONS", "PROPFIND")]

    assert [(each.status, each.headers["allow"]) for each in answers] == [(405, "GET, HEAD")] * 6


def test_unknown_revoked_and_expired_addresses_answer_alike_and_a_replaced_one_says_so(
    plan_on_each: Served, serving: Serving
) -> None:
    revoked, replaced, expired = (
        plan_on_each.address(),
        plan_on_each.address(),
        plan_on_each.address(expires=datetime.now(UTC) + timedelta(seconds=1)),
    )
    server = serving(plan_on_each.location)
    before = [server.ask(each.path()).status for each in (revoked, replaced)]

    with plan_on_each.database() as database:
        revoke(database, PROGRAMME, [revoked.address.number], datetime.now(UTC))
        new = replace_address(database, PROGRAMME, replaced.address.number, "A. Writer", datetime.now(UTC))
    plan_on_each.issued.append(new)
    time.sleep(1)
    unknown = [
        server.ask(path)
        for path in (
            f"/f/{'x' * 43}/all.en.ics",
            f"/f/{'x' * 2000}/all.en.ics",
            "/f/%00%ff/all.en.ics",
            "/f//all.en.ics",
            "/f/all.en.ics",
            new.path().replace("all.en", "all.ru"),
            f"{new.path()}/more.ics",
            new.path().removesuffix(".ics"),
        )
    ]

    assert before == [200, 200]
    assert {(each.status, each.body) for each in unknown} == {(404, b"There is no calendar at this address.\n")}
    assert [without_date(server.ask(each.path())) for each in (revoked, expired)] == [without_date(unknown[0])] * 2
    assert server.ask(replaced.path()).status == 410
    assert server.ask(new.path()).status == 200


def test_unknown_and_revoked_addresses_answer_in_the_same_time(plan: Served, serving: Serving) -> None:
    issued = plan.address()
    with plan.database() as database:
        revoke(database, PROGRAMME, [issued.address.number], datetime.now(UTC))
    server = serving(plan.location)

    def took(path: str) -> float:
        began = time.perf_counter()
        assert server.ask(path).status == 404
        return time.perf_counter() - began

    pairs = [(took(issued.path()), took(f"/f/{'x' * 43}/all.en.ics")) for _ in range(150)]

    revoked, unknown = (statistics.median(each) for each in zip(*pairs, strict=True))
    assert 0.67 < revoked / unknown < 1.5


def test_public_feeds_are_answered_without_a_token_and_no_others(plan: Served, serving: Serving) -> None:
    server = serving(plan.location)

    public = server.ask("/public/public.en.ics")

    text = calendar(public)
    assert ("EX-2020-A@" in text, "EX-2020-B@" in text, "EX-2020-C@" in text) == (True, False, False)
    assert public.headers["cache-control"] == "public, max-age=300"
    assert server.ask(f"/public/{PROGRAMME}/public.en.ics").body == public.body
    others = ("all.en.ics", "nothing.ics", "OTHER/public.en.ics", "../f/x.ics", "a/b/c.ics", ".ics", "")
    assert [server.ask(f"/public/{path}").status for path in others] == [404] * len(others)


def test_feed_that_is_made_narrowed_and_taken_away_is_answered_so_at_the_next_request(
    plan: Served, serving: Serving
) -> None:
    made = Feed(PROGRAMME, "staff", level=Level.FULL)
    server = serving(plan.location)
    assert server.ask("/public/staff.ics").status == 404

    plan.save(None, made)
    path = plan.address("staff").path()
    full = calendar(server.ask(path))
    plan.save(made, replace(made, level=Level.PUBLIC))
    narrowed, public = calendar(server.ask(path)), server.ask("/public/staff.ics")
    plan.save(replace(made, level=Level.PUBLIC), None)

    assert ("EX-2020-C@" in full, "EX-2020-C@" in narrowed) == (True, False)
    assert public.body.decode() == narrowed
    assert [server.ask(each).status for each in (path, "/public/staff.ics")] == [404, 404]


def test_two_servers_of_one_plan_see_a_change_at_the_next_request(plan_on_each: Served, serving: Serving) -> None:
    path = plan_on_each.address().path()
    servers = [serving(plan_on_each.location), serving(plan_on_each.location)]
    before = {server.ask(path).headers["etag"] for server in servers}

    for number in range(5):
        plan_on_each.rename(f"Name {number}")
        assert [f"Name {number}" in calendar(server.ask(path)) for server in servers] == [True, True]

    after = {server.ask(path).headers["etag"] for server in servers}
    assert (len(before), len(after), before & after) == (1, 1, set())


def test_ledger_says_what_was_served_and_is_written_at_the_stop(plan_on_each: Served, serving: Serving) -> None:
    issued = plan_on_each.address()
    server = serving(plan_on_each.location)
    first = server.ask(issued.path(), {"User-Agent": "Thunderbird"}).headers["etag"].strip('"')
    plan_on_each.rename("Another name")
    second = server.ask(issued.path(), {"User-Agent": "Phone/1"}).headers["etag"].strip('"')
    server.ask(issued.path(), {"User-Agent": "Phone/2", "If-None-Match": f'"{second}"'})

    server.stop()

    with plan_on_each.database() as database, database.operations() as operations:
        served, [address] = operations.served(issued.address.number), operations.addresses()
    with plan_on_each.database() as database, database.snapshot() as snapshot:
        assert snapshot.revision == 2
    assert {(each.etag, each.revision) for each in served} == {(first, 1), (second, 2)}
    assert address.program == "Phone/2"
    assert address.fetched is not None
    assert datetime.now(UTC) - address.fetched < timedelta(minutes=1)
    assert ledger_of(plan_on_each.location, PROGRAMME, issued.address.number) == (address, served)


def test_several_workers_answer_alike_and_stop_together(plan: Served, serving: Serving) -> None:
    path = plan.address().path()
    server = serving(plan.location, "--workers", "2")

    answers = [without_date(server.ask(path)) for _ in range(12)]
    status = server.stop()

    assert {each.body for each in answers} == {answers[0].body}
    assert status == 0
    with plan.database() as database, database.operations() as operations:
        assert operations.addresses()[0].fetched is not None


def test_curl_asks_again_with_what_it_holds(plan: Served, serving: Serving, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{serving(plan.location).port}{plan.address().path()}"
    kept, etag = tmp_path / "kept.ics", tmp_path / "etag"
    time.sleep(1.1)

    def curl(*options: str) -> str:
        said = "%{http_code} %{size_download}"
        command = ["curl", "--silent", "--remote-time", "--output", str(kept), "--write-out", said, *options, url]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    first = curl("--etag-save", str(etag))
    size = kept.stat().st_size
    by_etag = curl("--etag-compare", str(etag))
    by_time = curl("--time-cond", str(kept))
    packed = curl("--compressed")

    assert first == f"200 {size}"
    assert (by_etag, by_time) == ("304 0", "304 0")
    assert packed.startswith("200 ")
    assert kept.stat().st_size == size


def test_server_under_a_path_serves_feeds_there(plan: Served, serving: Serving) -> None:
    issued = plan.address()
    server = serving(plan.location, environ={"PLANNER_URL": "https://example.org/planner"})

    assert issued.https("https://example.org/planner") == f"https://example.org/planner{issued.path()}"
    assert [server.ask(f"{prefix}{issued.path()}").status for prefix in ("", "/planner")] == [200, 200]


def test_free_and_busy_times_are_answered_at_the_same_address(plan: Served, serving: Serving) -> None:
    path = plan.address().path().removesuffix(".ics") + ".ifb"
    server = serving(plan.location)

    got = server.ask(path)

    text = calendar(got)
    assert ("BEGIN:VFREEBUSY" in text, "BEGIN:VEVENT" in text, "EX-2020" in text) == (True, False, False)
    assert got.headers["content-disposition"] == 'inline; filename="all.en.ifb"'
    assert server.ask(path, {"If-None-Match": got.headers["etag"]}).status == 304
    assert server.ask("/public/public.en.ifb").headers["cache-control"] == "public, max-age=300"


def test_same_plan_gives_the_same_bytes_whatever_the_process_database_zone_language_and_hash_seed(
    plan_on_each: Served, serving: Serving
) -> None:
    path = plan_on_each.address().path()
    surroundings = (
        {"TZ": "Asia/Vladivostok", "LANG": "ru_RU.UTF-8", "LC_ALL": "ru_RU.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
    )

    answers = [serving(plan_on_each.location, environ=environ).ask(path) for environ in surroundings]

    assert {answer.headers["etag"] for answer in answers} == {etag_of_the_plan_in_a_file()}
    assert answers[0].body == answers[1].body


def etag_of_the_plan_in_a_file() -> str:
    """The ETag that this plan must have on either database, worked out in this process."""
    with tempfile.TemporaryDirectory() as folder:
        location = f"{folder}/plan.db"
        upgrade(location)
        with a_served_plan(location).database() as database, database.snapshot() as snapshot:
            return f'"{deliver(read_directory(snapshot), Wanted(PROGRAMME, "all.en")).etag}"'
