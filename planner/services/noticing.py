"""Notices: what turned between two states, as a table, a document, or a draft for a mail program. We send nothing."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

from planner.domain.change import Change
from planner.domain.feed import Approximate, Cancelled, Feed, FeedLanguage, Follows, Policy
from planner.domain.release import Notice, newest_release
from planner.domain.texts import text_in
from planner.domain.turn import Compared, Turned
from planner.services.proposal import Proposal
from planner.services.published import load_published
from planner.services.publishing import feed_bytes
from planner.store import Snapshot
from planner.wording.changes import name_of, title_of
from planner.wording.turns import count_turns, say_turned, say_turns, say_why

COLUMNS = ("ref", "title", "turns", "what", "decision", "reason", "revision", "at")
_WIDTHS_MM = (65, 60, 50)
_BOUNDARY = "=_planner_notice"
"""The same bytes for the same notice; no calendar line and no sentence of ours begins with it."""


def subject(made: Compared, snapshot: Snapshot, language: str) -> str:
    """What the notice is called: the organisation, between which states, and for whom."""
    programme = made.register.programme
    organisation = text_in(language, programme.organisation)
    between = f"{state_name(snapshot, made.since)} → {state_name(snapshot, made.revision)}"
    whom = f" · {name_of(made.register, 'party', made.party, language)}" if made.party else ""
    what = "изменения в плане" if language == "ru" else "changes of the plan"
    return f"{organisation} · {programme.code}: {what}, {between}{whom}"


def state_name(snapshot: Snapshot, revision: int) -> str:
    """How a state is called: the release that froze it, were it only later, else its revision."""
    its = newest_release(each for each in snapshot.releases_of_today() if each.revision == revision)
    return its.name if its is not None else str(revision)


def lines(made: Compared, language: str) -> tuple[str, ...]:
    """One line for each event, by day."""
    return tuple(say_turned(each, made.register, language) for each in made.turned)


def rows(made: Compared, language: str) -> tuple[Mapping[str, str], ...]:
    """The same as cells, by `COLUMNS`."""
    return tuple(_row(each, made, language) for each in made.turned)


def _row(each: Turned, made: Compared, language: str) -> Mapping[str, str]:
    decision = name_of(made.register, "decision", each.event.decision, language) if each.event.decision else ""
    cells = (
        each.event.ref,
        title_of(each.event, language),
        " ".join(turn.value for turn in each.turns),
        say_turns(each, made.register, language),
        decision,
        each.reason,
        "" if each.revision is None else str(each.revision.number),
        "" if each.revision is None else each.revision.at.isoformat(),
    )
    return dict(zip(COLUMNS, cells, strict=True))


def as_csv(made: Compared, language: str) -> bytes:
    """UTF-8 with a mark, so that a spreadsheet reads Cyrillic."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows({name: _inert(cell) for name, cell in row.items()} for row in rows(made, language))
    return file.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def as_document(made: Compared, snapshot: Snapshot, language: str) -> bytes:
    """A table of three columns as a Word document."""
    import docx
    from docx.shared import Mm

    from planner.services.export_document import headed_table, plain_style

    document = docx.Document()
    plain_style(document, language)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - sum(_WIDTHS_MM)) / 2)
    document.core_properties.title = subject(made, snapshot, language)
    newest = snapshot.newest()
    if newest is not None:
        document.core_properties.created = document.core_properties.modified = newest.at.replace(tzinfo=None)
    document.add_heading(subject(made, snapshot, language), 1)
    document.add_paragraph(count_turns(made.turned, language)).paragraph_format.space_after = Mm(3)
    heads = ("Мероприятие", "Что изменилось", "Основание") if language == "ru" else ("Event", "What changed", "Why")
    table = headed_table(document, heads, _WIDTHS_MM)
    for each in made.turned:
        texts = (
            f"{title_of(each.event, language)} ({each.event.ref})",
            say_turns(each, made.register, language),
            "; ".join(say_why(each, made.register, language)),
        )
        for cell, text, width in zip(table.add_row().cells, texts, _WIDTHS_MM, strict=True):
            cell.text, cell.width = text, Mm(width)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_mail(made: Compared, snapshot: Snapshot, language: str, to: str = "") -> bytes:
    """A draft that mail programs open to be looked over and sent by a person (X-Unsent), with the events attached."""
    message = EmailMessage()
    message["X-Unsent"] = "1"
    message["Subject"] = " ".join(subject(made, snapshot, language).split())
    if to:
        message["To"] = to
    told = "\n".join(f"– {line}" for line in lines(made, language))
    message.set_content(f"{count_turns(made.turned, language)}\n\n{told}\n")
    attached = as_calendar(made, snapshot, language)
    message.add_attachment(attached, maintype="text", subtype="calendar", filename="changes.ics")
    for part in message.iter_attachments():
        part.set_param("charset", "utf-8")
        part.set_param("method", "PUBLISH")
    message.set_boundary(_BOUNDARY)
    return message.as_bytes(policy=SMTP)


def as_calendar(made: Compared, snapshot: Snapshot, language: str) -> bytes:
    """The events that turned, as they now stand, at the reader's level: what is no longer theirs is not in it."""
    published = load_published(snapshot, made.register.programme.code)
    refs = {each.event.ref for each in made.turned if each.after is not None or _is_removed(each, snapshot)}
    mine = replace(published, events=tuple(known for known in published.events if known.event.ref in refs))
    policy = Policy(Approximate.MARKER, cancelled=Cancelled.KEEP)
    its = Feed(
        published.programme,
        "changes",
        titles=((language, subject(made, snapshot, language)),),
        language=FeedLanguage(language),
        level=made.level,
        policy=policy,
        follows=Follows.PLAN,
    )
    return feed_bytes(mine, its).content


def _is_removed(each: Turned, snapshot: Snapshot) -> bool:
    return snapshot.event(each.event.programme, each.event.ref) is None


def propose_notice(snapshot: Snapshot, made: Compared, form: str) -> Proposal:
    """That the notice was made is kept, so that `told` can say it."""
    number = max((each.number for each in snapshot.notices()), default=0) + 1
    programme = made.register.programme.code
    refs = tuple(each.event.ref for each in made.turned)
    notice = Notice(programme, number, made.party, made.since, made.revision, form, refs)
    return Proposal(snapshot.revision, "notice", (Change(None, notice),), is_final=True)
