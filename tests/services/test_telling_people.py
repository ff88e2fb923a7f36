"""Releases, changes since them, notices, and who was told: one plan, looked at by those who may see more or less."""

import email
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy

import icalendar
import pytest

from planner.domain.address import Served
from planner.domain.change import Change, Key
from planner.domain.decision import Decision, Item
from planner.domain.entries import Disclosure, Party, PartySort, PublicShows, Standing
from planner.domain.event import Event, Status
from planner.domain.feed import Feed, Follows, Level
from planner.domain.release import Notice, Release, release_number
from planner.domain.turn import Compared, Turn
from planner.errors import BadInput, NotFound
from planner.services.comparing import compared, difference, level_of_party
from planner.services.history import propose_undo
from planner.services.noticing import as_csv, as_document, as_mail, lines, propose_notice
from planner.services.published import load_published
from planner.services.publishing import feed_bytes, read_entries
from planner.services.releasing import last_release, propose_release
from planner.services.subscribing import Order, issue
from planner.services.told import names_party, told_of_event, told_of_party
from planner.store import Database
from tests.builders import PROGRAMME, a_programme, a_register, an_event, days
from tests.plans import NOW, fill, write

DAY = timedelta(days=1)
TODAY = NOW.date()


def release(database: Database, note: str = "") -> Release:
    with database.snapshot() as snapshot:
        proposal = propose_release(snapshot, PROGRAMME, note, TODAY)
    write(database, proposal)
    [change] = proposal.changes
    assert isinstance(change.after, Release)
    return change.after


def change(database: Database, *pairs: tuple[Event | None, Event | None], why: str = "") -> int:
    with database.transaction(who="A. Writer", why=why, means="edit", now=NOW + DAY) as transaction:
        transaction.apply([Change(*pair) for pair in pairs])
        return transaction.number


def told(database: Database, since: int, party: str = "") -> Compared:
    with database.snapshot() as snapshot:
        return compared(snapshot, PROGRAMME, since, party)


def turned(made: Compared) -> dict[str, tuple[Turn, ...]]:
    return {each.event.ref: each.turns for each in made.turned}


def test_releases_count_from_one_and_freeze_the_revision_before_them(database: Database) -> None:
    event = an_event("A")
    fill(database, event)

    first = release(database, "as planned")
    change(database, (event, replace(event, when=days("2020-10-20"))))
    second = release(database)

    assert first == Release(PROGRAMME, 1, 1, "as planned")
    assert second == Release(PROGRAMME, 2, 3)
    with database.snapshot() as snapshot:
        assert snapshot.releases() == (first, second)
        assert last_release(snapshot, PROGRAMME) == second


def test_release_of_an_unchanged_plan_is_refused(database: Database) -> None:
    fill(database, an_event("A"))
    release(database)

    with pytest.raises(BadInput, match="nothing has changed since R1"):
        release(database)


def test_release_of_a_programme_that_wants_a_clean_check_names_what_is_open(database: Database) -> None:
    register = a_register(replace(a_programme(), release_clean=True))
    one = an_event("A", when=days("2020-10-12"))
    fill(database, one, replace(one, ref="B"), register=register)

    with pytest.raises(BadInput, match=r"released only when a check is clean; open: .*A, B"):
        release(database)

    change(database, (replace(one, ref="B"), replace(one, ref="B", when=days("2020-11-12"))))
    assert release(database).number == 1


def test_release_cannot_be_undone_and_its_number_is_not_given_again(database: Database) -> None:
    fill(database, an_event("A"))
    release(database)

    with database.snapshot() as snapshot:
        proposal = propose_undo(snapshot, 2)

    assert proposal.is_empty
    assert proposal.notes == ("release 1 stays: what people were told cannot be taken back",)


@pytest.mark.parametrize(
    ("text", "number"), [("R2", 2), ("r12", 12), ("release 3", 3), ("release-4", 4), ("2", None), ("R", None)]
)
def test_release_is_named_in_several_ways(text: str, number: int | None) -> None:
    assert release_number(text) == number


def test_feed_that_follows_releases_shows_the_plan_of_the_last_one(database: Database) -> None:
    event = an_event("A", when=days("2020-10-12"))
    fill(database, event)
    released = Feed(PROGRAMME, "told", follows=Follows.RELEASE)

    def starts() -> list[str]:
        with database.snapshot() as snapshot:
            published = load_published(snapshot, PROGRAMME)
        return [entry[0] for entry in read_entries(feed_bytes(published, released))]

    assert starts() == []
    release(database)
    assert starts() == ["2020-10-12"]
    change(database, (event, replace(event, when=days("2020-10-20"))))
    assert starts() == ["2020-10-12"]
    release(database)
    assert starts() == ["2020-10-20"]


def test_feed_that_follows_releases_has_the_bytes_it_had_when_it_was_released(database: Database) -> None:
    event = an_event("A", when=days("2020-10-12"))
    fill(database, event)
    feed = Feed(PROGRAMME, "told")
    with database.snapshot() as snapshot:
        then = feed_bytes(load_published(snapshot, PROGRAMME), feed).content
    release(database)
    change(database, (event, replace(event, status=Status.CANCELLED)))

    with database.snapshot() as snapshot:
        published = load_published(snapshot, PROGRAMME)

    assert feed_bytes(published, replace(feed, follows=Follows.RELEASE)).content == then
    assert feed_bytes(published, feed).content != then


def test_feeds_loaded_step_by_step_follow_a_release_as_those_loaded_at_once(database: Database) -> None:
    event = an_event("A")
    fill(database, event)
    with database.snapshot() as snapshot:
        before = load_published(snapshot, PROGRAMME)
    release(database)
    change(database, (event, replace(event, when=days("2020-10-20"))))

    with database.snapshot() as snapshot:
        assert load_published(snapshot, PROGRAMME, before) == load_published(snapshot, PROGRAMME)


def test_public_of_a_programme_that_shows_releases_sees_the_last_one(database: Database) -> None:
    event = an_event("A", disclosure=Disclosure.PUBLIC, status=Status.APPROVED)
    fill(database, event, register=a_register(replace(a_programme(), public_shows=PublicShows.RELEASE)))
    release(database)

    with database.snapshot() as snapshot:
        published = load_published(snapshot, PROGRAMME)

    shown = feed_bytes(published, Feed(PROGRAMME, "public.en", level=Level.PUBLIC))
    assert [entry[4] for entry in read_entries(shown)] == ["A@TEST-2020"]


def test_changes_name_each_turn_of_each_event(database: Database) -> None:
    kept, moved, off, later = (an_event(ref, when=days("2020-10-12")) for ref in "ABCD")
    gone = an_event("E")
    fill(database, kept, moved, off, later, gone)
    change(
        database,
        (moved, replace(moved, when=days("2020-10-20"))),
        (off, replace(off, status=Status.CANCELLED)),
        (later, replace(later, status=Status.POSTPONED)),
        (gone, None),
        (None, an_event("F")),
    )

    assert turned(told(database, 1)) == {
        "B": (Turn.MOVED,),
        "C": (Turn.CANCELLED,),
        "D": (Turn.POSTPONED,),
        "E": (Turn.WITHDRAWN,),
        "F": (Turn.NEW,),
    }


def test_changes_that_were_taken_back_are_none(database: Database) -> None:
    event = an_event("A")
    fill(database, event)
    there = replace(event, when=days("2020-10-20"))
    change(database, (event, there))
    change(database, (there, event))

    assert told(database, 1).turned == ()


def members(*codes: str) -> tuple[Party, ...]:
    return tuple(Party(PROGRAMME, code, standing=Standing.MEMBER) for code in codes)


@pytest.mark.parametrize(
    ("party", "level"),
    [
        (Party(PROGRAMME, "ZZ", standing=Standing.MEMBER), Level.MEMBER),
        (Party(PROGRAMME, "ZZ", standing=Standing.OBSERVER), Level.PUBLIC),
        (Party(PROGRAMME, "ZZ", party_sort=PartySort.ORGANISATION, standing=Standing.MEMBER), Level.PUBLIC),
        (Party(PROGRAMME, "ZZ"), Level.PUBLIC),
    ],
)
def test_party_sees_as_a_member_or_as_the_public(party: Party, level: Level) -> None:
    register = a_register()
    its = replace(register, parties=(*register.parties, party))

    assert level_of_party(its, "ZZ") is level
    assert level_of_party(its, "") is Level.FULL


def test_changes_for_a_party_hold_nothing_it_may_not_see(database: Database) -> None:
    open_, secret = an_event("A"), an_event("B", disclosure=Disclosure.FULL)
    draft = an_event("C", status=Status.DRAFT)
    elsewhere = an_event("D", host="", bookings=())
    fill(database, open_, secret, draft, elsewhere)
    later = days("2020-10-20")
    change(
        database, *((event, replace(event, when=later)) for event in (open_, secret, draft, elsewhere)), why="B first"
    )

    for_a_member = told(database, 1, party_of(open_))

    assert for_a_member.level is Level.MEMBER
    assert turned(for_a_member) == {"A": (Turn.MOVED,)}
    # The reason may speak of any event of its revision, and one of them is not theirs.
    assert [each.reason for each in for_a_member.turned] == [""]
    assert {each.reason for each in told(database, 1).turned} == {"B first"}


def party_of(event: Event) -> str:
    return event.host or event.bookings[0].code


def test_changes_for_a_party_give_the_reason_where_all_of_it_is_theirs(database: Database) -> None:
    event = an_event("A")
    fill(database, event)
    change(database, (event, replace(event, when=days("2020-10-20"))), why="the pandemic")

    [only] = told(database, 1, party_of(event)).turned

    assert only.reason == "the pandemic"
    assert only.revision is not None
    assert only.revision.number == 2


def test_event_that_becomes_secret_is_withdrawn_for_those_who_saw_it(database: Database) -> None:
    event = an_event("A")
    fill(database, event)
    change(database, (event, replace(event, disclosure=Disclosure.FULL, internal=(("en", "hush"),))), why="hush")

    made = told(database, 1, party_of(event))

    assert turned(made) == {"A": (Turn.WITHDRAWN,)}
    assert "hush" not in repr((lines(made, "en"), made.turned[0].before))


def test_changes_since_a_later_state_are_refused(database: Database) -> None:
    fill(database, an_event("A"))

    with pytest.raises(BadInput, match="newer than revision 1"):
        told(database, 2)


def test_nothing_released_yet_says_what_to_do(database: Database) -> None:
    fill(database, an_event("A"))

    with database.snapshot() as snapshot, pytest.raises(NotFound, match="nothing of TEST-2020 has been released yet"):
        last_release(snapshot, PROGRAMME)


def test_difference_holds_every_record_between_two_states(database: Database) -> None:
    event = an_event("A")
    fill(database, event)
    there = replace(event, internal=(("en", "call them"),))
    change(database, (event, there))

    with database.snapshot() as snapshot:
        assert difference(snapshot, PROGRAMME, 1) == (Change(event, there),)
        assert difference(snapshot.at(1), PROGRAMME, 1) == ()


def test_mail_is_a_draft_with_the_changed_events_attached(database: Database) -> None:
    event, still = an_event("A"), an_event("B")
    fill(database, event, still)
    change(database, (event, replace(event, when=days("2020-10-20"))), why="the pandemic")

    with database.snapshot() as snapshot:
        made = compared(snapshot, PROGRAMME, 1)
        content = as_mail(made, snapshot, "en", "embassy@example.org")
        assert content == as_mail(made, snapshot, "en", "embassy@example.org")

    mail = email.message_from_bytes(content, policy=policy.default)
    [attached] = mail.iter_attachments()
    calendar = icalendar.Calendar.from_ical(attached.get_content())
    body = mail.get_body()
    assert body is not None
    assert (mail["X-Unsent"], mail["To"], mail["From"], mail["Date"]) == ("1", "embassy@example.org", None, None)
    assert attached.get_content_type() == "text/calendar"
    assert "the pandemic" in body.get_content()
    assert [(str(e["UID"]), e["DTSTART"].dt.isoformat()) for e in calendar.events] == [("A@TEST-2020", "2020-10-20")]


def test_notice_as_table_keeps_formulas_from_spreadsheets(database: Database) -> None:
    event = an_event("A")
    fill(database, event)
    change(database, (event, replace(event, when=days("2020-10-20"))), why="=cmd()")

    content = as_csv(told(database, 1), "ru").decode("utf-8-sig").splitlines()

    assert content[0] == "ref,title,turns,what,decision,reason,revision,at"
    assert ",'=cmd()," in content[1]


def test_notice_as_document_has_a_row_for_each_event(database: Database) -> None:
    import io

    import docx

    event = an_event("A")
    fill(database, event)
    change(database, (event, replace(event, status=Status.CANCELLED)))

    with database.snapshot() as snapshot:
        document = docx.Document(io.BytesIO(as_document(compared(snapshot, PROGRAMME, 1), snapshot, "ru")))

    [table] = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Мероприятие", "Что изменилось", "Основание"]
    assert "(A)" in table.rows[1].cells[0].text
    assert "отменено" in table.rows[1].cells[1].text


def test_told_of_an_event_says_decided_released_noticed_and_fetched(database: Database) -> None:
    event = an_event("A")
    fill(database, event)
    there = replace(event, when=days("2020-10-20"))
    decided = change(database, (event, there), why="the pandemic")
    released = release(database)
    with database.snapshot() as snapshot:
        made = compared(snapshot, PROGRAMME, 1, party_of(event))
        notice = propose_notice(snapshot, made, "eml")
    write(database, notice)
    with database.snapshot() as snapshot:
        feed = load_published(snapshot, PROGRAMME).feed("all.en")
    at = datetime(2020, 3, 5, 9, tzinfo=UTC)
    new, old, never = issue(
        database, Order(feed, ("Embassy of Belarus, counsellor", "Staff", "Nobody"), "A. Writer", NOW)
    )
    with database.operations() as operations:
        operations.keep_served(
            [
                Served(old.address.number, "e1", 1, at - DAY, at - DAY),
                Served(new.address.number, "e1", 1, at - DAY, at - DAY),
                Served(new.address.number, "e2", decided, at, at, "Thunderbird"),
            ]
        )

    with database.snapshot() as snapshot:
        its = told_of_event(snapshot, database, there)

    assert (its.decided.revision.number, its.decided.revision.why) == (decided, "the pandemic")
    assert (its.decided.turns, its.decided.paper) == ((Turn.MOVED,), "")
    assert its.release is not None
    assert its.release[0] == released
    assert [(kept.party, kept.refs, at.who) for kept, at in its.notices] == [(party_of(event), ("A",), "A. Writer")]
    assert [(each.address.number, each.at, each.revision, each.has_it) for each in its.fetched] == [
        (new.address.number, at, decided, True),
        (old.address.number, at - DAY, 1, False),
        (never.address.number, None, None, False),
    ]


def test_that_events_were_held_is_no_change_to_tell_of(database: Database) -> None:
    event, moved = an_event("A", status=Status.APPROVED), an_event("B", status=Status.POSTPONED)
    fill(database, event, moved)
    change(database, (event, replace(event, status=Status.HELD)), (moved, replace(moved, status=Status.HELD)))

    assert turned(told(database, 1)) == {"B": (Turn.REINSTATED,)}


def test_told_of_an_event_that_was_held_names_what_moved_it_and_not_what_settled_it(database: Database) -> None:
    event = an_event("A", status=Status.APPROVED)
    fill(database, event)
    there = replace(event, when=days("2020-10-20"))
    paper = Decision(PROGRAMME, "CSC No 7", items=(Item("A", "A", "20 October"),))
    with database.transaction(who="Protocol", why="", means="approved move", now=NOW) as transaction:
        transaction.apply([Change(None, paper), Change(event, there)])
    held = replace(there, status=Status.HELD)
    change(database, (there, held), why="the year is over")

    with database.snapshot() as snapshot:
        its = told_of_event(snapshot, database, held).decided

    assert (its.revision.number, its.revision.who, its.turns, its.paper) == (2, "Protocol", (Turn.MOVED,), "CSC No 7")
    assert its.settled is not None
    assert its.settled.number == 3


def test_told_in_the_past_knows_nothing_of_later_fetches(database: Database) -> None:
    event = an_event("A")
    fill(database, event)
    with database.snapshot() as snapshot:
        feed = load_published(snapshot, PROGRAMME).feed("all.en")
    first, _ = issue(database, Order(feed, ("Embassy", "Later"), "A. Writer", NOW))
    with database.operations() as operations:
        operations.keep_served(
            [
                Served(first.address.number, "e1", 1, NOW + DAY, NOW + 5 * DAY),
                Served(first.address.number, "e2", 1, NOW + 6 * DAY, NOW + 6 * DAY),
            ]
        )

    def fetched(until: datetime | None) -> list[datetime | None]:
        with database.snapshot() as snapshot:
            return [each.at for each in told_of_event(snapshot, database, event, until).fetched]

    assert fetched(None) == [NOW + 6 * DAY, None]
    assert fetched(NOW + 5 * DAY) == [NOW + DAY, None]
    assert fetched(NOW + DAY) == [None, None]
    assert fetched(NOW) == []


def test_told_of_an_event_leaves_out_addresses_whose_feed_does_not_show_it(database: Database) -> None:
    event = an_event("A", disclosure=Disclosure.FULL)
    fill(database, event)
    with database.snapshot() as snapshot:
        feed = load_published(snapshot, PROGRAMME).feed("all.en")
    issue(database, Order(feed, ("Staff",), "A. Writer", NOW))

    with database.snapshot() as snapshot:
        assert told_of_event(snapshot, database, event).fetched == ()


def test_told_of_a_party_finds_addresses_by_holder(database: Database) -> None:
    register = a_register()
    minsk = Party(PROGRAMME, "BY", names=(("en", "Belarus"), ("ru", "Беларусь")), standing=Standing.MEMBER)
    fill(database, register=replace(register, parties=(*(p for p in register.parties if p.code != "BY"), minsk)))
    with database.snapshot() as snapshot:
        feed = load_published(snapshot, PROGRAMME).feed("all.en")
    issue(database, Order(feed, ("Посольство Беларуси, советник", "Embassy of Armenia"), "A. Writer", NOW))

    with database.snapshot() as snapshot:
        its = told_of_party(snapshot, database, PROGRAMME, "BY")

    assert [each.address.holder for each in its.fetched] == ["Посольство Беларуси, советник"]


def test_holder_that_only_begins_like_a_party_is_not_of_it() -> None:
    register = replace(a_register(), parties=(Party(PROGRAMME, "IR", names=(("en", "Iran"),)),))

    assert names_party("Embassy of Iran", "IR", register)
    assert not names_party("Embassy of Iraq", "IR", register)


def test_notice_is_kept_in_the_log(database: Database) -> None:
    event = an_event("A")
    fill(database, event)
    change(database, (event, replace(event, when=days("2020-10-20"))))
    with database.snapshot() as snapshot:
        proposal = propose_notice(snapshot, compared(snapshot, PROGRAMME, 1), "docx")

    number = write(database, proposal)

    kept = Notice(PROGRAMME, 1, "", 1, 2, "docx", ("A",))
    with database.snapshot() as snapshot:
        assert snapshot.notices() == (kept,)
        [logged] = snapshot.history(Key("notice", PROGRAMME, "1"))
    assert (logged.revision.number, logged.revision.who) == (number, "A. Writer")


def test_feed_that_follows_releases_drops_at_once_what_has_become_secret(database: Database) -> None:
    event, other = an_event("A"), an_event("B")
    fill(database, event, other)
    release(database)
    change(database, (event, replace(event, disclosure=Disclosure.FULL)))

    with database.snapshot() as snapshot:
        built = feed_bytes(load_published(snapshot, PROGRAMME), Feed(PROGRAMME, "told", follows=Follows.RELEASE))

    assert [entry[4] for entry in read_entries(built)] == ["B@TEST-2020"]
