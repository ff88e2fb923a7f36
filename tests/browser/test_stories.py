"""What people do on the pages, end to end, in a real browser without JavaScript."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from planner import sample
from planner.domain.event import Attendance, Event, Status
from planner.domain.person import PersonRole
from planner.services.subscribing import Order, feed_named, issue
from planner.store import open_database
from planner.web.rendering import catalogue
from tests.browser.browsing import Watched, serving, window
from tests.browser.conftest import Shown
from tests.web.sites import invite, programme_database

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


def save(seen: Watched, name: str = "Save") -> int:
    """Saves what was shown, and gives the number of the revision."""
    press(seen, name)
    said = seen.page.get_by_role("status").inner_text()
    return int(re.findall(r"\d+", said)[0])


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A coordinator before a window, in one of the languages; presses buttons by their English names."""

    seen: Watched
    language: str

    def say(self, english: str) -> str:
        return catalogue(self.language).gettext(english)

    def open(self, path: str) -> None:
        self.seen.page.goto(f"/{self.language}/{path}")
        self.seen.is_sound()

    def press(self, name: str) -> None:
        press(self.seen, self.say(name))

    def follow(self, name: str) -> None:
        follow(self.seen, self.say(name))

    def fill(self, label: str, text: str) -> None:
        self.seen.page.get_by_label(self.say(label), exact=True).fill(text)

    def preview(self) -> str:
        """What a form would do, in the page's words."""
        self.press("Preview")
        said: str = self.seen.page.locator(".preview").inner_text()
        return said

    def save(self) -> int:
        return save(self.seen, self.say("Save"))

    def sign_in(self, token: str) -> None:
        self.seen.page.goto(f"/in/{token}")
        self.seen.page.get_by_role("button").click()
        assert self.seen.page.url.endswith(f"/{self.language}/year")

    def upload(self, name: str) -> int:
        """Imports a list: its preview, then exactly that; the revision."""
        self.seen.page.locator(".top nav a[href$=import]").click()
        content = {"name": name, "mimeType": "text/csv", "buffer": sample.content(name)}
        self.seen.page.locator("#file").set_input_files(content)
        self.press("Preview")
        assert self.seen.page.locator("#new li").count() == 70
        return save(self.seen, self.say("Apply"))

    def find_a_conflict(self) -> str:
        """Looks at the suggestion of one and leaves it; the handle."""
        self.seen.page.locator(".top nav a[href$=conflicts]").click()
        card = self.seen.page.locator("article.finding").filter(has=self.seen.page.locator(".suggestion .button")).first
        handle: str = card.get_attribute("id")
        card.locator(".suggestion .button").click()
        assert self.say("Conflicts it would clear") in self.preview()
        self.follow("Leave it")
        return handle


@pytest.mark.parametrize(
    ("language", "days_before", "days_after"),
    [
        ("en", "12–16 Oct 2020", "19–23 October 2020"),
        ("ru", "12–16 октября 2020 г.", "19–23 октября 2020 г."),
    ],
)
def test_coordinator_imports_a_list_clears_a_conflict_and_undoes_and_the_feed_follows(
    chromium: Any, tmp_path: Path, language: str, days_before: str, days_after: str
) -> None:
    location = programme_database(tmp_path)
    path = address(location)
    with serving(location) as url, window(chromium, url, locale=language) as seen:
        coordinator = Coordinator(seen, language)

        # She signs in and imports the list: what it would do is seen first, then applied.
        coordinator.sign_in(invite(location, "Anna Petrova", PersonRole.COORDINATOR))
        assert days(seen, path) == {}
        coordinator.upload(sample.LIST_AS_PLANNED)
        before, old = plan(location), days(seen, path)
        assert (len(before), len(old) > 50) == (70, True)

        # A conflict is found, and its suggestion is looked at but left.
        handle = coordinator.find_a_conflict()
        assert plan(location) == before

        # The exercise moves with its phases.
        coordinator.open("event/EX-2020-UB")
        coordinator.follow("Move")
        coordinator.fill("New date", days_after)
        shown = coordinator.preview()
        assert f"{days_before} → {days_after.replace('October', 'Oct')}" in shown
        assert "EX-2020-UB-P1" in shown
        moved = coordinator.save()
        assert plan(location)["EX-2020-UB-P1"].when != before["EX-2020-UB-P1"].when

        # Another is postponed without a date, and a finding accepted with a reason.
        coordinator.open("event/TRN-2020-03/postpone")
        coordinator.preview()
        coordinator.save()
        postponed = plan(location)["TRN-2020-03"]
        assert (postponed.status, postponed.when.windows) == (Status.POSTPONED, ())
        coordinator.open("conflicts")
        seen.page.locator(f'article[id="{handle}"] a[href$=accept]').click()
        coordinator.fill("Reason", "a deputy attends")
        coordinator.preview()
        coordinator.save()
        assert "a deputy attends" in seen.page.locator(f'article[id="{handle}"]').inner_text()

        # The subscriber sees the move; what is undone goes back.
        new = days(seen, path)
        changes = {uid for uid in old if new.get(uid) != old[uid]}
        assert any(new.get(uid) == date(2020, 10, 19) for uid in changes)
        coordinator.open(f"undo/{moved}")
        coordinator.save()
        assert plan(location)["EX-2020-UB"] == before["EX-2020-UB"]
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
