"""Pages: what a server takes to answer each, in processor time, and how large they are, as plans grow.

Targets: the year of 528 events within 2.5 times its chart alone; the first view within 120 kB and three requests.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

from starlette.testclient import TestClient

from benchmarks.table import show
from planner import sample
from planner.domain.change import Change
from planner.domain.feed import Level
from planner.domain.person import PersonRole
from planner.readers.table import read_table
from planner.services import lists, people, programmes
from planner.services.proposal import Author, Proposal, apply
from planner.services.year import By
from planner.services.year import year as year_of
from planner.settings import Settings
from planner.store import Database, Snapshot, open_database
from planner.web import looking, site, views
from planner.web.application import application
from planner.web.rendering import environment
from planner.web.year import Asked, view
from planner.wording.months import month_name

SIZES = (71, 528, 5000)
TODAY = date(2020, 4, 1)
PATHS = ("list", "event/EX-2020-UB", "search?q=council", "conflicts", "changes", "coverage", "subscribe", "sheet")
RUNS = 5
T = TypeVar("T")
AUTHOR = Author("a benchmark", "", datetime(2020, 4, 1, tzinfo=UTC))
PICTURE = "{% from '_chart.html' import picture with context %}{{ picture(v, 'Year') }}"


def run() -> None:
    """Prints the two tables."""
    rows, shares = [], []
    for size in SIZES:
        print(f"{size} events …", file=sys.stderr, flush=True)
        with TemporaryDirectory() as folder:
            location = str(Path(folder) / "plan.db")
            token = _write(location, size)
            app = application(Settings(location), write_access=lambda line: None, today=lambda: TODAY)
            with TestClient(app) as client:
                client.post(f"/in/{token}", follow_redirects=False)
                first, _ = timed(lambda: _get(client, "year"), 1)
                shares.append((f"{size:,}", *_shares(client, location), f"{first:.0f}"))
                rows += [(f"{size:,}", path, *_page(client, path)) for path in ("year", *PATHS)]
    show(f"Pages for a coordinator, median of {RUNS}", ("events", "page", "ms", "kB"), rows)
    heads = (
        "events",
        "year, ms",
        "chart alone, ms",
        "times",
        "rows, words",
        "template",
        "else",
        "first, ms",
    )
    show(
        "The year against its chart alone (rows, geometry, SVG), and its shares; first: with reading and a check",
        heads,
        shares,
    )


def timed(work: Callable[[], T], times: int) -> tuple[float, T]:
    """The median of so many runs in milliseconds of the processor, which other work disturbs less than the clock."""
    taken = []
    for _ in range(times):
        began = process_time()
        result = work()
        taken.append((process_time() - began) * 1000)
    return median(taken), result


def _get(client: TestClient, path: str) -> bytes:
    answer = client.get(f"/en/{path}")
    assert answer.status_code == 200, path
    return answer.content


def _page(client: TestClient, path: str) -> tuple[str, str]:
    taken, body = timed(lambda: _get(client, path), RUNS)
    return f"{taken:.1f}", f"{len(body) / 1024:.0f}"


def _shares(client: TestClient, location: str) -> tuple[str, ...]:
    """The time of the year page, of its chart alone, and what the page's own goes into, alternating in one run."""
    spent: dict[str, list[float]] = {}
    with _watched(looking, "view", spent), _watched(looking, "year", spent), _watched(site, "render", spent):
        chart = _chart(location)
        pairs = [(timed(lambda: _get(client, "year"), 1)[0], timed(chart, 1)[0]) for _ in range(RUNS)]
    whole, alone = median(one for one, _ in pairs), median(other for _, other in pairs)
    words, template = median(spent["view"]) + median(spent["year"]), median(spent["render"])
    parts = (words, template, whole - words - template)
    return f"{whole:.1f}", f"{alone:.1f}", f"{whole / alone:.2f} ×", *(f"{part / whole:.0%}" for part in parts)


def _chart(location: str) -> Callable[[], str]:
    """Draws the same chart without a page around it."""
    database = open_database(location, writes=False)
    seen = views.Views().look(database, "", Level.FULL, TODAY)
    listed, programme = seen.report.listed, seen.register.programme
    picture = environment("en").from_string(PICTURE)

    def draw() -> str:
        made = year_of(seen.board, seen.register, seen.events, By.BODIES, programme.first, programme.last)
        asked = Asked("en", By.BODIES, lambda event: f"/en/event/{event.ref}", listed)
        shown = view(made, seen.board, seen.register, asked)
        return picture.render(v=shown, month_name=month_name, theme_name=str)

    return draw


@contextmanager
def _watched(module: object, name: str, spent: dict[str, list[float]]) -> Iterator[None]:
    """Notes what each call of a function of the module takes, in ms."""
    its: Callable[..., object] = getattr(module, name)

    def watched(*arguments: object, **named: object) -> object:
        began = process_time()
        try:
            return its(*arguments, **named)
        finally:
            spent.setdefault(name, []).append((process_time() - began) * 1000)

    setattr(module, name, watched)
    try:
        yield
    finally:
        setattr(module, name, its)


def _write(location: str, size: int) -> str:
    """The programme of 2020, and copies of its events on other days until there are so many; a coordinator's link."""
    database = open_database(location, writes=True)
    register = programmes.read(sample.content(sample.PROGRAMME), sample.PROGRAMME)
    table = read_table(sample.content(sample.LIST), sample.LIST)
    _apply(database, lambda snapshot: programmes.propose_load(snapshot, register))
    _apply(database, lambda snapshot: lists.propose_table(snapshot, table, register.programme.code, lists.Asked()))
    _apply(database, lambda snapshot: Proposal(snapshot.revision, "copies", tuple(_copies(snapshot, size))))
    token = people.add(database, "A coordinator", PersonRole.COORDINATOR, datetime.now(UTC), "a benchmark").token
    database.close()
    return token


def _apply(database: Database, propose: Callable[[Snapshot], Proposal]) -> None:
    with database.snapshot() as snapshot:
        proposal = propose(snapshot)
    if proposal.changes:
        apply(database, propose, proposal, AUTHOR)


def _copies(snapshot: Snapshot, size: int) -> Iterator[Change]:
    """Each on other days of the year and with one of its claims, so that a long plan clashes as a real one does."""
    events = snapshot.events("CSTO-2020")
    dated = [event for event in events if event.when.is_fixed]
    for number in range(size - len(events)):
        event = dated[number % len(dated)]
        first = date(2020, 1, 1) + timedelta(days=number * 37 % 360)
        last = first + (event.when.windows[0].last - event.when.windows[0].first)
        when = replace(event.when, windows=(replace(event.when.windows[0], first=first, last=last),))
        copy = replace(event, ref=f"X-{number}", when=when, links=(), bookings=event.bookings[number % 5 :][:1])
        yield Change(None, copy)
