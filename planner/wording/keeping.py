"""Notes, papers and contacts in words."""

from planner.domain.beside import Contact, Note, Paper
from planner.wording.dates import write_day


def say_note(note: Note, language: str) -> str:
    """ "8 October 2020, Duty officer: …"."""
    return f"{write_day(note.day, language)} {note.day.year}, {note.by}: {note.text}"


def say_paper(paper: Paper) -> str:
    """Title and address, and the beginning of the hash when there is one."""
    digest = f"  SHA-256 {paper.sha256[:12]}…" if paper.sha256 else ""
    return f"{paper.title}  {paper.address}{digest}"


def say_contact(contact: Contact) -> str:
    """Everything known of a contact on one line."""
    return ", ".join(part for part in (contact.name, contact.tasks, contact.email, contact.phone) if part)
