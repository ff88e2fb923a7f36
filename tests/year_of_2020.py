"""The year 2020 as it came, written at the instants at which it happened, so that questions can be asked of it.

Days that the sources name are theirs: the parade was moved by the announcement of 26 May, the exercise Interaction
postponed on 6 October, the secretaries adjourned their meeting of 16 April and held it on 17 November. The others are
set so that they lie where they must.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from planner import sample
from planner.domain.address import Served
from planner.domain.change import Change
from planner.domain.feed import Feed, FeedLanguage, Selection
from planner.services.comparing import compared
from planner.services.lists import Asked, File, propose_file
from planner.services.moving import propose_cancel, propose_move, propose_postpone
from planner.services.noticing import propose_notice
from planner.services.planning import Plan, load_plan
from planner.services.programmes import propose_load, read
from planner.services.proposal import Author, Proposal, apply
from planner.services.published import load_published
from planner.services.publishing import feed_bytes
from planner.services.releasing import propose_release
from planner.services.settling import propose_settle, to_settle
from planner.services.subscribing import Order, issue
from planner.store import Database, Snapshot

PROGRAMME = "CSTO-2020"
MINSK = Feed(PROGRAMME, "belarus", selection=Selection(states=("BY",)), language=FeedLanguage.RU)
EVERYTHING = Feed(PROGRAMME, "all.en")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Year:
    """Writes one thing after another into a database, each at its instant."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def write(self, at: str, who: str, why: str, propose: Callable[[Snapshot], Proposal]) -> None:
        with self.database.snapshot() as snapshot:
            proposal = propose(snapshot)
        assert apply(self.database, propose, proposal, Author(who, why, instant(at))) is not None

    def change(self, at: str, who: str, why: str, decide: Callable[[Plan], Proposal]) -> None:
        self.write(at, who, why, lambda snapshot: decide(load_plan(snapshot, PROGRAMME)))

    def release(self, at: str, note: str) -> None:
        day = instant(at).date()
        self.write(at, "Secretary General", note, lambda each: propose_release(each, PROGRAMME, note, day))

    def subscribe(self, at: str, feed: Feed, holder: str) -> int:
        [issued] = issue(self.database, Order(feed, (holder,), "Registry", instant(at)))
        return issued.address.number

    def fetch(self, at: str, address: int, feed: Feed) -> None:
        """The calendar of that feed is fetched from the address: what it says then goes into the ledger."""
        with self.database.snapshot() as snapshot:
            content = feed_bytes(load_published(snapshot, PROGRAMME), feed).content
            etag, revision = f'"{hashlib.sha256(content).hexdigest()[:32]}"', snapshot.revision
        with self.database.operations() as operations:
            operations.keep_served([Served(address, etag, revision, instant(at), instant(at), "Outlook")])

    def notice(self, at: str, party: str, since: int) -> None:
        """A letter to a delegation about what changed since that revision."""

        def propose(snapshot: Snapshot) -> Proposal:
            return propose_notice(snapshot, compared(snapshot, PROGRAMME, since, party), "docx")

        self.write(at, "Protocol", "", propose)

    def revision(self) -> int:
        with self.database.snapshot() as snapshot:
            return snapshot.revision


def replay(database: Database) -> None:
    """The list as planned, the changes as they came, four releases, subscribers who fetch, and the year settled."""
    year = Year(database)
    register = read(sample.content(sample.PROGRAMME), "programme.toml")
    planned = File(sample.content("programme_2020_as_planned.csv"), "programme_2020_as_planned.csv")
    year.write("2019-12-10T09:00", "Registry", "", lambda snapshot: propose_load(snapshot, register))
    year.write("2019-12-10T09:05", "Registry", "", lambda _: Proposal(1, "feed", (Change(None, MINSK),)))
    year.write(
        "2019-12-11T10:00",
        "Registry",
        "as approved on 28 November",
        lambda snapshot: propose_file(snapshot, planned, PROGRAMME, Asked()),
    )
    minsk = year.subscribe("2020-01-14T08:00", MINSK, "Minsk, protocol service")
    dushanbe = year.subscribe("2020-01-14T08:00", EVERYTHING, "Dushanbe, ministry")
    year.release("2020-01-15T09:00", "the year as planned")
    year.fetch("2020-01-16T06:00", minsk, MINSK)
    year.fetch("2020-01-16T07:00", dushanbe, EVERYTHING)
    year.change(
        "2020-03-18T12:00", "Foreign policy desk", "epidemic situation", lambda p: propose_cancel(p, "REL-2020-OBS")
    )
    year.change(
        "2020-04-09T15:00",
        "Security desk",
        "adjourned because of COVID-19",
        lambda p: propose_postpone(p, "CSSC-2020-1"),
    )
    year.release("2020-04-15T09:00", "spring")
    year.fetch("2020-04-16T06:00", minsk, MINSK)
    year.fetch("2020-05-20T06:00", minsk, MINSK)
    before = year.revision()
    year.change(
        "2020-05-26T14:00",
        "Protocol",
        "announcement of 26 May",
        lambda p: propose_move(p, "V75-01", "24 June 2020"),
    )
    year.notice("2020-05-26T16:00", "BY", before)
    year.fetch("2020-05-27T06:00", minsk, MINSK)
    year.change(
        "2020-06-02T11:00",
        "Defence desk",
        "epidemic situation",
        lambda p: propose_move(p, "JM-2020-DM", "September 2020"),
    )
    year.release("2020-07-06T09:00", "summer")
    year.fetch("2020-07-07T07:00", dushanbe, EVERYTHING)
    for ref in ("EX-2020-INT", "EX-2020-SEA"):
        year.change(
            "2020-10-06T13:00", "Joint Staff", "announced on 6 October", lambda p, ref=ref: propose_postpone(p, ref)
        )
    year.release("2020-10-12T09:00", "autumn")
    year.fetch("2020-10-13T06:00", minsk, MINSK)
    year.change(
        "2020-11-02T10:00",
        "Security desk",
        "by videoconference",
        lambda p: propose_move(p, "CSSC-2020-1", "17 November 2020"),
    )
    year.change("2020-12-28T10:00", "Registry", "the year is over", _held)


def _held(plan: Plan) -> Proposal:
    """Everything that is over was held."""
    over = to_settle(plan, instant("2020-12-28T10:00").date())
    return propose_settle(plan, {each.ref: "held" for one in over for each in (one.event, *one.along)})
