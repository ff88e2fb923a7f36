"""The folder that a closed programme is handed over in: plan, history, decisions, waivers, feeds, and what is what."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from planner.domain.beside import Contact
from planner.domain.change import Change, Revision
from planner.domain.origin import Origin
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.readers.inert import inert
from planner.services.closing import Unsettled
from planner.services.export_document import write_document
from planner.services.export_table import write_csv, write_json, write_workbook
from planner.services.exporting import gather
from planner.services.programme_text import programme_text
from planner.services.published import load_published
from planner.services.publishing import feed_bytes
from planner.services.putting import put
from planner.store import Snapshot
from planner.wording.changes import say_change
from planner.wording.handover import Contents, say_contents

LANGUAGES = ("en", "ru")


def hand_over(snapshot: Snapshot, programme: str, folder: Path, unsettled: Sequence[Unsettled]) -> tuple[str, ...]:
    """Writes everything about one programme, as the snapshot shows it, into that folder; gives back the names.

    The same state gives the same texts. Raises BadInput when the folder cannot be written.
    """
    register = snapshot.register(programme)
    published = load_published(snapshot, programme)
    feeds = {f"{feed.name}.ics": feed_bytes(published, feed) for feed in published.feeds}
    files = {**_plan(snapshot, register), **_records(snapshot, register)}
    events = snapshot.events(programme)
    still_open = tuple((each.event, each.why.value) for each in unsettled)
    contents = Contents(register, snapshot.revision, published.newest, len(events), published.feeds, still_open)
    files |= {f"README.{language}.md": say_contents(contents, language).encode() for language in LANGUAGES}
    sums = {**files, **{f"feeds/{name}": built.content for name, built in feeds.items()}}
    files["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(sums.items())
    ).encode()
    put(folder / "feeds", [(name, built.content, built.entries) for name, built in feeds.items()])
    put(folder, [(name, content, 0) for name, content in files.items()])
    return tuple(sorted([*sums, "SHA256SUMS"]))


def _plan(snapshot: Snapshot, register: Register) -> Mapping[str, bytes]:
    """The plan as documents in both languages, as tables with every field, and what they name."""
    events = snapshot.events(register.programme.code)
    made = {language: gather(snapshot, register, events, Origin(language)) for language in LANGUAGES}
    first = made[LANGUAGES[0]]
    return {
        **{f"plan.{language}.docx": write_document(each) for language, each in made.items()},
        "plan.xlsx": write_workbook(first),
        "plan.csv": write_csv(first),
        "plan.json": write_json(first),
        "programme.toml": programme_text(register).encode(),
    }


def _records(snapshot: Snapshot, register: Register) -> Mapping[str, bytes]:
    return {
        "history.csv": _table(
            ("revision", "at", "who", "means", "why", "change", "what"), _history(snapshot, register)
        ),
        "decisions.csv": _table(
            ("code", "body", "number", "day", "title", "item", "approved", "when"), _items(register)
        ),
        "waivers.csv": _table(("finding", "until", "who", "reason"), _waivers(register)),
    }


def _history(snapshot: Snapshot, register: Register) -> Iterator[tuple[str, ...]]:
    """Every revision that changed the programme, a row for each change."""
    for revision in snapshot.revisions():
        for change in snapshot.changes_of(revision.number):
            if change.key.programme == register.programme.code:
                yield (*_revision(revision), *_what(change, register))


def _revision(revision: Revision) -> tuple[str, ...]:
    at = revision.at.isoformat(timespec="seconds")
    return str(revision.number), at, revision.who, revision.means, revision.why


def _what(change: Change, register: Register) -> tuple[str, str]:
    """Whether a record is new, changed or removed; which, and each field that changed on a line of its own."""
    said = "new" if change.before is None else "removed" if change.after is None else "changed"
    if change.key.sort == Contact.sort:
        return said, str(change.key)  # of persons nothing leaves that could not be erased later
    head, *fields = say_change(change, register, register.programme.languages[0])
    return said, "\n".join([head[2:], *(line.strip() for line in fields)])


def _items(register: Register) -> Iterator[tuple[str, ...]]:
    """Every decision; one with an approved list, a row for each item of it."""
    for decision in register.decisions:
        day = decision.day.isoformat() if decision.day else ""
        title = text_in(register.programme.languages[0], decision.titles)
        head = (decision.code, decision.body, decision.number, day, title)
        for item in decision.items:
            yield (*head, item.number, item.title, item.when)
        if not decision.items:
            yield (*head, "", "", "")


def _waivers(register: Register) -> Iterator[tuple[str, ...]]:
    return ((each.code, each.until.isoformat(), each.who, each.reason) for each in register.waivers)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """As the plan is written: UTF-8 with a mark, and no cell that a spreadsheet program would run."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([inert(cell) for cell in row] for row in (heads, *rows))
    return text.getvalue().encode("utf-8-sig")
