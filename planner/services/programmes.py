"""Programme files: reading one, what loading it would change, and writing one to start from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Change, Record, key_of
from planner.domain.entries import KnownName
from planner.domain.register import Entry, Register
from planner.domain.release import Notice, Release
from planner.domain.reply import Reply
from planner.domain.sources import Layer, Layout, NamedList
from planner.domain.waiver import Waiver
from planner.errors import BadInput
from planner.readers import states
from planner.readers.programme import RuleParameters, read_programme
from planner.rules import RULES
from planner.services.history import named_by
from planner.services.proposal import Proposal
from planner.store import Snapshot

PARAMETERS: RuleParameters = {rule.code: rule.parameters for rule in RULES}


def read(content: bytes, file_name: str) -> Register:
    """The register of a programme file. Raises BadInput with every problem of the file."""
    register, problems = read_programme(content, file_name, PARAMETERS)
    if register is None:
        raise BadInput(*problems)
    return register


def propose_load(snapshot: Snapshot, register: Register) -> Proposal:
    """The difference between the programme as stored and as the file says it.

    Entries the file does not name are removed, but those that events still name stay, and a note says so.
    """
    code, programme = register.programme.code, register.programme
    stored: dict[object, Record] = {}
    if code in {programme.code for programme in snapshot.programmes()}:
        before = snapshot.register(code)
        # A file says nothing of it: it neither closes a programme nor opens it again.
        programme = replace(programme, is_closed=before.programme.is_closed)
        in_files = (entry for entry in before.entries() if not _grown(entry))
        stored = {key_of(record): record for record in (before.programme, *in_files)}
    wanted: dict[object, Record] = {key_of(record): record for record in (programme, *register.entries())}
    used = {key for event in snapshot.events(code) for key in named_by(event)}
    kept = sorted(str(key) for key in stored.keys() - wanted.keys() if key in used)
    changes = [Change(stored.get(key), record) for key, record in wanted.items() if stored.get(key) != record]
    changes += [Change(record, None) for key, record in stored.items() if key not in wanted and key not in used]
    notes = tuple(f"{name} is not in the file and stays: events name it" for name in kept)
    return Proposal(snapshot.revision, "load", tuple(changes), notes)


def _grown(entry: Entry) -> bool:
    """True for what people accept, what was replied, and what imports and merges write: no programme file says it."""
    is_grown = isinstance(
        entry, Waiver | Layout | NamedList | Reply | Layer | Note | Paper | Contact | Release | Notice
    )
    return is_grown or (isinstance(entry, KnownName) and bool(entry.event))


def starter(code: str, organisation: str, members: tuple[str, ...], chair: str, year: int) -> str:
    """A programme file for one year, with comments that say how it grows. It loads as it is."""
    capital = {state: _capital_zone(state) for state in members}
    values: Mapping[str, str] = {
        "code": _quoted(code),
        "organisation": _quoted(organisation),
        "chair": _quoted(chair),
        "first": date(year, 1, 1).isoformat(),
        "last": date(year, 12, 31).isoformat(),
        "zone": _quoted(capital.get(chair) or "Etc/UTC"),
        "members": "[" + ", ".join(map(_quoted, members)) + "]",
    }
    lines = ["[programme]", *(f"{key} = {value}" for key, value in values.items()), _GROWS]
    return "\n".join(lines)


def _capital_zone(code: str) -> str:
    state = states.state_named(code)
    return state.zone if state is not None else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_GROWS = """
# All the rest is optional; take away the # of what you need.
# languages = ["en", "ru"]                       # of titles
# status_words = { planned = "approved-or-proposed", tentative = "proposed" }

# [[body]]                                       # bodies that meet; the level says which delegation is meant
# code = "CFM"
# name = { en = "Council of Foreign Ministers", ru = "Совет министров иностранных дел" }
# level = "foreign"

# [[kind]]                                       # kinds of events; without any there is one for each family
# code = "permanent_council"
# family = "statutory_meeting"
# name = { en = "Meeting of the Permanent Council", ru = "Заседание Постоянного совета" }
# prefix = "PC"

# [[place]]                                      # only places with a capacity can be double-booked
# code = "range"
# name = "Training range"
# state = "BY"
# capacity = 1

# [[holiday]]                                    # days off by decree, which no calendar package knows
# state = "RU"
# day = 2020-06-24
# kind = "day_off"
# name = "Victory Parade (by decree)"

# [rules]
# profile = "usual"                              # or "start" for a first month, or "strict"
"""
