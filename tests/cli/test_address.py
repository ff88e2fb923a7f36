"""`planner address`: made, shown once, listed, replaced, revoked, and printed on cards."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from planner.domain.address import Served, digest_of
from planner.store import open_database
from tests.cli.running import Planner

PRIVATE = re.compile(r"https?://\S+/f/([\w-]{43})/all\.en\.ics")


@pytest.fixture
def planner(planner: Planner) -> Planner:
    planner.load_sample()
    return planner


def listed(planner: Planner, *options: str) -> list[dict[str, object]]:
    found = json.loads(planner("address", "list", "--format", "json", *options).out)
    assert isinstance(found, list)
    return found


def test_address_is_shown_once_and_only_its_digest_is_kept(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_URL", "https://plan.example.org/planner")

    made = planner("address", "new", "all.en", "--for", "Embassy, counsellor")

    [token] = PRIVATE.findall(made.out)
    assert made.status == 0
    assert made.out.splitlines() == [
        "Address 1 of all.en, for Embassy, counsellor",
        f"  https://plan.example.org/planner/f/{token}/all.en.ics",
        f"  webcal://plan.example.org/planner/f/{token}/all.en.ics",
    ]
    content = b"".join(path.read_bytes() for path in planner.folder.glob("planner.db*"))
    assert (content.count(token.encode()), content.count(digest_of(token).encode()) > 0) == (0, True)
    listing = planner("address", "list")
    assert "Embassy, counsellor" in listing.out
    assert "never fetched" in listing.out
    assert token not in listing.out + planner("address", "list", "--format", "json").out


def test_two_addresses_never_have_the_same_token_and_take_no_revision(planner: Planner) -> None:
    tokens = {PRIVATE.findall(planner("address", "new", "all.en", "--for", str(n)).out)[0] for n in range(5)}

    assert len(tokens) == 5
    database = open_database(str(planner.folder / "planner.db"), writes=False)
    with database.snapshot() as snapshot:
        assert snapshot.revision == 1
    database.close()


def test_each_member_state_gets_an_address_and_cards_in_both_languages(planner: Planner) -> None:
    made = planner(
        "address", "new", "all.en", "--each-state", "--for", "советник", "--language", "ru", "--card", "cards",
        "--format", "json", "--expires", "2099-12-31",
    )  # fmt: skip

    data = json.loads(made.out)
    assert [each["holder"] for each in data] == [
        f"{state}, советник" for state in ("Армения", "Беларусь", "Кыргызстан", "Казахстан", "Россия", "Таджикистан")
    ]
    assert {each["expires"] for each in data} == {"2100-01-01T00:00:00+00:00"}
    cards = sorted(path.name for path in (planner.folder / "cards").iterdir())
    assert len(cards) == 12
    assert cards[:2] == ["001-армения-советник.en.html", "001-армения-советник.ru.html"]


class Texts(HTMLParser):
    """What a reader sees, the tags there are, and whether anything is loaded from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())


@pytest.mark.parametrize(
    ("url", "reach", "clients", "note"),
    [
        (
            "https://plan.example.org",
            "internet",
            ["Outlook (new, and on the web)", "iPhone, iPad, Mac", "Google Calendar", "Thunderbird"],
            False,
        ),
        (
            "https://plan.example.org",
            "internal",
            ["Outlook for Windows (classic)", "iPhone, iPad, Mac", "Android, with the app ICSx⁵", "Thunderbird"],
            True,
        ),
    ],
)
def test_card_tells_the_programs_that_can_reach_us_and_shows_nothing_active(
    planner: Planner, monkeypatch: pytest.MonkeyPatch, url: str, reach: str, clients: list[str], note: bool
) -> None:
    for name, value in (("PLANNER_URL", url), ("PLANNER_REACH", reach), ("PLANNER_CONTACT", "Protocol, ext. 12")):
        monkeypatch.setenv(name, value)

    made = planner("address", "new", "all.en", "--for", "<script>alert(1)</script>", "--card", "cards")

    [path] = (planner.folder / "cards").glob("*.en.html")
    seen = Texts()
    seen.feed(path.read_text())
    [token] = PRIVATE.findall(made.out)
    assert "script" not in seen.tags
    assert seen.loaded == []
    assert "<script>alert(1)</script>" in seen.texts
    assert f"{url}/f/{token}/all.en.ics" in seen.texts
    assert [each for each in seen.texts if each in clients] == clients
    assert any("fetch from their own servers" in each for each in seen.texts) == note
    assert "Protocol, ext. 12" in seen.texts
    assert (path.stat().st_mode & 0o077) == 0
    [russian] = (planner.folder / "cards").glob("*.ru.html")
    assert 'lang="ru"' in russian.read_text()


def test_replaced_and_revoked_addresses_are_listed_as_such(planner: Planner) -> None:
    for holder in ("first", "second"):
        planner("address", "new", "all.en", "--for", holder)

    replaced, revoked = planner("address", "replace", "1"), planner("address", "revoke", "2")

    assert "Address 3 of all.en, for first" in replaced.out
    assert "Revoked address 2 of all.en, for second." in revoked.err
    assert [each["number"] for each in listed(planner)] == [3]
    states = [(each["number"], each["state"], each["replaced_by"]) for each in listed(planner, "--all")]
    assert states == [(1, "replaced", 3), (2, "revoked", None), (3, "open", None)]
    assert "address 1 is replaced already" in planner("address", "replace", "1").err


def test_ledger_of_an_address_is_shown(planner: Planner) -> None:
    planner("address", "new", "all.en", "--for", "first")
    early, late = datetime(2020, 3, 1, 12, tzinfo=UTC), datetime(2020, 3, 2, 9, 30, tzinfo=UTC)
    database = open_database(str(planner.folder / "planner.db"), writes=True)
    with database.operations() as operations:
        operations.keep_served([Served(1, "abc", 7, early, late, "Thunderbird")])
    database.close()

    shown, data = planner("address", "show", "1"), json.loads(planner("address", "show", "1", "--format", "json").out)

    assert "fetched 2020-03-02 09:30 UTC by Thunderbird" in shown.out
    assert shown.out.splitlines()[-1] == "      revision 7      2020-03-01 12:00 to 2020-03-02 09:30 UTC  abc"
    served = {"revision": 7, "etag": "abc", "first": early.isoformat(), "last": late.isoformat()}
    assert data["served"] == [served]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new", "all.en"), "an address needs the name of who will hold it"),
        (("new", "nothing", "--for", "A"), "there is no feed 'nothing'"),
        (("new", "all.en", "--for", "A", "--expires", "2020-01-01"), "that day is over"),
        (("new", "all.en", "--for", "A", "--card", "programme.toml"), "cannot be made"),
        (("show", "7"), "has no address 7"),
        (("replace", "7"), "has no address 7"),
        (("revoke", "7", "8"), "has no address 8"),
    ],
)
def test_address_that_cannot_be_is_refused_in_one_sentence(
    planner: Planner, arguments: tuple[str, ...], said: str
) -> None:
    ran = planner("address", *arguments)

    assert (ran.status, said in ran.err) == (2, True)
    assert listed(planner, "--all") == []


@pytest.mark.parametrize(
    ("url", "reach", "status", "said"),
    [
        ("", "", 0, "this machine alone"),
        ("https://plan.example.org", "internet", 0, "the internet, by Outlook (new, and on the web)"),
        ("https://plan.example.org", "internal", 0, "its own network, by Outlook for Windows (classic)"),
        ("http://10.0.0.8", "internet", 1, "PLANNER_REACH to internal"),
    ],
)
def test_doctor_says_which_programs_can_reach_us(
    planner: Planner, monkeypatch: pytest.MonkeyPatch, url: str, reach: str, status: int, said: str
) -> None:
    monkeypatch.setenv("PLANNER_URL", url)
    monkeypatch.setenv("PLANNER_REACH", reach)

    ran = planner("doctor")

    assert (ran.status, said in ran.out) == (status, True)


def test_server_on_a_port_that_is_taken_or_without_a_plan_says_so(planner: Planner, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = planner("serve", "--port", str(taken.getsockname()[1]))
    missing = planner("--database", "missing.db", "serve", "--port", "0")

    assert (refused.status, "cannot be listened on" in refused.err) == (2, True)
    assert (missing.status, "there is no database" in missing.err) == (2, True)
    assert not (tmp_path / "missing.db").exists()
