"""What people do on the pages, end to end, in a real browser without JavaScript."""

import re
from datetime import UTC, date, datetime
from typing import Any

import icalendar

from planner.domain.event import Attendance, Event, Status
from planner.services.subscribing import Order, feed_named, issue
from planner.store import open_database
from tests.browser.browsing import Watched, window
from tests.browser.conftest import Shown

PROGRAMME = "CSTO-2020"
CONFLICTS = (
    ".badge, .tag-certain, .line .tag-possible, .pl-mark, .pl-outline, .pl-tie, .pl-hot, .marks, .notice-certain,"
    " a[href*=conflicts]"
)
"""Everything that tells of one."""


def address(location: str) -> str:
    """The path of a new private address of the feed of everything."""
    database = open_database(location, writes=True)
    try:
        with database.snapshot() as snapshot:
            feed = feed_named(snapshot, PROGRAMME, "all.en")
        return issue(database, Order(feed, ("A subscriber",), "a test", datetime.now(UTC)))[0].path()
    finally:
        database.close()


def plan(location: str) -> dict[str, Event]:
    """The events as they now stand, by their references."""
    database = open_database(location, writes=False)
    try:
        with database.snapshot() as snapshot:
            return {event.ref: event for event in snapshot.events(PROGRAMME)}
    finally:
        database.close()


def days(seen: Watched, path: str) -> dict[str, date]:
    """What a subscriber's program gets: the first day of each entry, by its UID."""
    answer = seen.page.request.get(path)
    assert answer.status == 200
    read = icalendar.Calendar.from_ical(answer.text())
    starts = {str(entry["UID"]): entry["DTSTART"].dt for entry in read.walk("VEVENT")}
    return {uid: start.date() if isinstance(start, datetime) else start for uid, start in starts.items()}


def press(seen: Watched, name: str) -> None:
    seen.page.get_by_role("button", name=name, exact=True).click()
    seen.is_sound()


def follow(seen: Watched, name: str) -> None:
    seen.page.get_by_role("link", name=name, exact=True).first.click()
    seen.is_sound()


def save(seen: Watched) -> int:
    """Saves what was shown, and gives the number of the revision."""
    press(seen, "Save")
    said = seen.page.get_by_role("status").inner_text()
    return int(re.findall(r"\d+", said)[0])


def test_coordinator_clears_a_conflict_postpones_accepts_and_undoes_and_the_feed_follows(
    chromium: Any, changed: Shown
) -> None:
    before, path = plan(changed.location), address(changed.location)
    with window(chromium, changed.url, storage_state=changed.coordinator) as seen:
        old = days(seen, path)

        # A conflict is found, and its suggestion is looked at but left.
        seen.page.goto("/en/year")
        seen.page.locator(".top nav a[href$=conflicts]").click()
        seen.is_sound()
        card = seen.page.locator("article.finding").filter(has=seen.page.locator(".suggestion .button")).first
        handle = card.get_attribute("id")
        card.locator(".suggestion .button").click()
        press(seen, "Preview")
        assert "Conflicts it would clear" in seen.page.locator(".preview").inner_text()
        follow(seen, "Leave it")
        assert plan(changed.location) == before

        # The exercise moves with its phases.
        seen.page.goto("/en/event/EX-2020-UB")
        follow(seen, "Move")
        seen.page.get_by_label("New date").fill("19–23 October 2020")
        press(seen, "Preview")
        shown = seen.page.locator(".preview").inner_text()
        assert "12–16 Oct 2020 → 19–23 Oct 2020" in shown
        assert "EX-2020-UB-P1" in shown
        moved = save(seen)
        assert plan(changed.location)["EX-2020-UB-P1"].when != before["EX-2020-UB-P1"].when

        # Another is postponed without a date, and a finding accepted with a reason.
        seen.page.goto("/en/event/TRN-2020-03/postpone")
        press(seen, "Preview")
        save(seen)
        postponed = plan(changed.location)["TRN-2020-03"]
        assert (postponed.status, postponed.when.windows) == (Status.POSTPONED, ())
        seen.page.goto("/en/conflicts")
        seen.page.locator(f'article[id="{handle}"] .buttons a', has_text="Accept…").click()
        seen.page.get_by_label("Reason").fill("a deputy attends")
        press(seen, "Preview")
        save(seen)
        assert "a deputy attends" in seen.page.locator(f'article[id="{handle}"]').inner_text()

        # The subscriber sees the move; what is undone goes back.
        new = days(seen, path)
        changes = {uid for uid in old if new.get(uid) != old[uid]}
        assert any(new.get(uid) == date(2020, 10, 19) for uid in changes)
        seen.page.goto(f"/en/undo/{moved}")
        save(seen)
        assert plan(changed.location)["EX-2020-UB"] == before["EX-2020-UB"]
        again = days(seen, path)
        assert not any(again.get(uid) == date(2020, 10, 19) for uid in changes)


def test_stale_edit_is_refused_with_both_versions(chromium: Any, changed: Shown) -> None:
    with (
        window(chromium, changed.url, storage_state=changed.coordinator) as mine,
        window(chromium, changed.url, storage_state=changed.coordinator) as theirs,
    ):
        mine.allowed.add(409)
        mine.page.goto("/en/event/EX-2020-UB/edit")
        theirs.page.goto("/en/event/EX-2020-UB/edit")
        theirs.page.locator("[name=responsible]").fill("Their ministry")
        press(theirs, "Preview")
        save(theirs)

        mine.page.locator("[name=responsible]").fill("My ministry")
        press(mine, "Preview")
        assert mine.page.locator("h1").inner_text() == "Somebody changed this meanwhile."
        mine.page.get_by_label("Theirs Their ministry").check()
        press(mine, "Preview")

        assert "Nothing changes." in mine.page.locator(".preview").inner_text()
        assert plan(changed.location)["EX-2020-UB"].responsible == "Their ministry"


def test_half_of_the_events_are_set_to_video_in_one_edit_and_back_with_one_undo(chromium: Any, changed: Shown) -> None:
    before = plan(changed.location)
    with window(chromium, changed.url, storage_state=changed.coordinator) as seen:
        seen.page.goto("/en/list")
        boxes = seen.page.locator("input[name=refs]")
        ticked = [boxes.nth(n) for n in range(0, boxes.count(), 2)]
        refs = [box.get_attribute("value") for box in ticked]
        for box in ticked:
            box.check()
        press(seen, "Change those ticked…")
        seen.page.get_by_label("How they meet").select_option("video")
        press(seen, "Preview")
        number = save(seen)
        assert {plan(changed.location)[ref].mode for ref in refs} == {Attendance.VIDEO}

        follow(seen, "Undo")
        assert seen.page.url.endswith(f"/undo/{number}")
        save(seen)
    assert plan(changed.location) == before


def test_reader_sees_the_plan_and_no_conflict_anywhere(chromium: Any, looked_at: Shown) -> None:
    with window(chromium, looked_at.url, 360, storage_state=looked_at.reader) as seen:
        for path in ("year", "list", "event/EX-2020-UB", "search?q=EX-2020-UB"):
            seen.page.goto(f"/en/{path}")
            seen.is_sound()
            assert seen.page.locator(CONFLICTS).count() == 0
        seen.allowed.add(404)
        assert seen.page.goto("/en/conflicts").status == 404


def test_reader_makes_a_calendar_of_belarus_and_exercises_whose_feed_parses(chromium: Any, changed: Shown) -> None:
    with window(chromium, changed.url, 360, "dark", storage_state=changed.reader) as seen:
        seen.page.goto("/en/year")
        seen.page.locator(".top nav a[href$=subscribe]").click()
        seen.page.locator("[name=state][value=BY]").check()
        seen.page.locator("[name=family][value=exercise]").check()
        press(seen, "Show this calendar")
        seen.page.locator("[name=device]").fill("My telephone")
        seen.page.locator("form:has([name=device]) button").click()
        seen.is_sound()
        text = seen.page.locator("main").inner_text()
        path = re.findall(r"https?://[^/\s]+(/f/\S+\.ics)", text)[0]

        titles = feed_titles(seen, path)
        assert any("Enduring Brotherhood" in title for title in titles)
        assert not any("Permanent Council" in title for title in titles)
        assert seen.page.locator(CONFLICTS).count() == 0


def feed_titles(seen: Watched, path: str) -> list[str]:
    """What a subscriber's program shows."""
    answer = seen.page.request.get(path)
    assert answer.status == 200
    return [str(entry["SUMMARY"]) for entry in icalendar.Calendar.from_ical(answer.text()).walk("VEVENT")]
