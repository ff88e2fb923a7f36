"""A programme file (TOML) to a register: every problem at once, by table and key."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import available_timezones

from planner.domain.entries import Holiday, Programme, PublicShows, RuleSettings
from planner.domain.limits import too_long
from planner.domain.parameter import Parameter
from planner.domain.register import Register, register_of
from planner.domain.texts import Names, fold
from planner.errors import Problem
from planner.readers import defaults, entries, rules, states
from planner.readers.holidays import holidays_of
from planner.readers.toml import TableReader

RuleParameters = Mapping[str, tuple[Parameter, ...]]
"""Per rule code its parameters."""

AROUND = timedelta(days=60)
"""The handover before a term, and what goes on over its end: days off are known so long before and after it."""

PROFILES = ("start", "usual", "strict")
_TABLES = ("priority", "party", "body", "kind", "force", "place", "facility", "decision", "holiday", "name")
EntryT = TypeVar("EntryT")


def read_programme(
    content: bytes, file_name: str, parameters: RuleParameters
) -> tuple[Register | None, tuple[Problem, ...]]:
    """The register of a programme file, or None and what is wrong with it.

    The smallest file has the table [programme] alone; kinds and status words then are the usual ones.
    """
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, (Problem(file_name, "is not UTF-8", "a TOML file in UTF-8", "save it as UTF-8"),)
    except tomllib.TOMLDecodeError as error:
        return None, (Problem(file_name, f"is not TOML: {error}", "tables and keys as `planner programme new` writes"),)
    reading = _Reading(file_name, data, parameters)
    register = reading.register()
    return (register, ()) if not reading.problems else (None, tuple(reading.problems))


class _Reading:
    """One file being read; what is wrong gathers in `problems`."""

    def __init__(self, file_name: str, data: Mapping[str, Any], parameters: RuleParameters) -> None:
        self.problems: list[Problem] = []
        self._file = file_name
        self._data = data
        self._parameters = parameters
        self._languages: tuple[str, ...] = ("en",)

    def register(self) -> Register | None:
        self._unknown_tables()
        programme = self._programme()
        code = programme.code if programme is not None else ""
        read: dict[str, tuple[Any, ...]] = {
            name: self._entries(name, partial(entries.READERS[name], programme=code)) for name in _TABLES
        }
        if not read["kind"]:
            read["kind"] = defaults.kinds(code)
        self._check_references(programme, read)
        if programme is None:
            return None
        read["party"] = self._parties(programme, read["party"])
        if self.problems:
            return None
        read["holiday"] = _with_overrides(package_holidays(programme), read["holiday"])
        return register_of(programme, (entry for name in _TABLES for entry in read[name]))

    def _unknown_tables(self) -> None:
        known = ("programme", "rules", *_TABLES)
        for name in self._data.keys() - set(known):
            remedy = Names.of(known).did_you_mean(name, f"known: {', '.join(known)}", most=1)
            self.problems.append(Problem(self._file, f"the table {name!r} is not known", remedy=remedy))

    def _programme(self) -> Programme | None:
        data = self._data.get("programme")
        if not isinstance(data, dict):
            remedy = "`planner programme new FILE.toml` writes one to start from"
            self.problems.append(Problem(self._file, "has no table [programme]", remedy=remedy))
            return None
        said = data.get("languages")
        if isinstance(said, list) and said and all(isinstance(each, str) for each in said):
            self._languages = tuple(said)
        table = TableReader(f"{self._file}, [programme]", data, self.problems, self._languages)
        before = len(self.problems)
        programme = self._read_programme(table)
        table.finish()
        return programme if len(self.problems) == before else None

    def _read_programme(self, table: TableReader) -> Programme | None:
        code, chair = table.text("code", needed=True), table.text("chair", needed=True)
        organisation = table.texts("organisation", needed=True)
        first, last = table.day("first", needed=True), table.day("last", needed=True)
        zone, members = table.text("zone", needed=True), table.words("members", needed=True)
        languages = table.words("languages") or ("en",)
        if any(mark in code for mark in "/@ "):
            table.wrong("code", f"{code!r} has '/', '@' or a blank in it", "letters, digits and hyphens")
        if first and last and last < first:
            table.wrong("last", f"{last} is before the first day, {first}", "a day after it")
        if first and last and (why := too_long(first, last)):
            table.wrong("last", why, "the last day of a term")
        if zone and zone not in available_timezones():
            remedy = Names.of(available_timezones()).did_you_mean(zone, most=1)
            table.wrong("zone", f"{zone!r} is not a time zone", "an IANA name such as 'Europe/Moscow'", remedy)
        if members:
            table.known("chair", chair, members, "member")
            self._check_members(table, members)
        if first is None or last is None or not members:
            return None
        words = self._status_words(table)
        shows = table.text("public_shows", PublicShows.PLAN.value)
        if shows not in {each.value for each in PublicShows}:
            table.wrong("public_shows", f"{shows!r} is not known", "plan or release")
            return None
        profile, settings = self._rules()
        return Programme(
            code,
            organisation,
            chair,
            first,
            last,
            zone,
            members,
            languages,
            words,
            profile,
            settings,
            PublicShows(shows),
            release_clean=table.flag("release_clean"),
        )

    def _check_members(self, table: TableReader, members: tuple[str, ...]) -> None:
        """Members are states that are built in, or parties of this file."""
        listed = self._data.get("party", [])
        said = {each.get("code") for each in listed if isinstance(each, dict)} if isinstance(listed, list) else set()
        for code in members:
            if code not in said and code not in states.codes():
                remedy = "add it as a [[party]] with name and zone"
                table.wrong("members", f"{code!r} is not the ISO code of a state", remedy=remedy)

    def _status_words(self, table: TableReader) -> tuple[tuple[str, str], ...]:
        said = table.raw("status_words", {})
        if not isinstance(said, dict):
            table.wrong("status_words", f"{said!r} is not a table", '{ planned = "approved-or-proposed" }')
            said = {}
        for word, meaning in said.items():
            if meaning not in defaults.STATUS_MEANINGS:
                expected = f"one of {', '.join(defaults.STATUS_MEANINGS)}"
                table.wrong(f"status_words.{word}", f"{meaning!r} is not a status", expected)
        words = {fold(word): meaning for word, meaning in {**defaults.STATUS_WORDS, **said}.items()}
        return tuple(sorted(words.items()))

    def _rules(self) -> tuple[str, RuleSettings]:
        data = TableReader(self._file, self._data, self.problems, self._languages).table("rules")
        table = TableReader(f"{self._file}, [rules]", data, self.problems, self._languages)
        profile = table.text("profile", "usual")
        if profile not in PROFILES:
            table.wrong("profile", f"{profile!r} is not known", f"one of {', '.join(PROFILES)}")
        settings = []
        for code, declared in sorted(self._parameters.items()):
            given = rules.read_rule(self._rule_table(code, table.table(code)), declared)
            settings.extend([(code, given)] if given else [])
        table.finish()
        return profile, tuple(settings)

    def _entries(self, name: str, read: Callable[[TableReader], EntryT | None]) -> tuple[EntryT, ...]:
        """The entries of a list of tables, each code once."""
        listed = self._data.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self.problems.append(Problem(self._file, f"{name!r} is not a list of tables", f"[[{name}]]"))
            return ()
        found: dict[str, EntryT] = {}
        for number, data in enumerate(listed, 1):
            label = data.get("code") or data.get("id") or ""
            where = f"{self._file}, [[{name}]] {number}{f' ({label})' if label else ''}"
            table = TableReader(where, data, self.problems, self._languages)
            entry = read(table)
            table.finish()
            if entry is None:
                continue
            code = str(getattr(entry, "code", ""))
            if code in found:
                table.wrong("code", f"{code!r} is there twice", "each code once")
            found[code] = entry
        return tuple(found.values())

    def _parties(self, programme: Programme, said: Iterable[Any]) -> tuple[Any, ...]:
        """The members, with what the file says of them, and everybody else it names."""
        found = {party.code: party for party in said}
        for code in programme.members:
            state = states.state_named(code)
            if code in found:
                found[code] = entries.as_member(found[code])
            elif state is not None:
                found[code] = entries.as_member(states.party_of(programme.code, state))
        return tuple(found.values())

    def _check_references(self, programme: Programme | None, read: Mapping[str, tuple[Any, ...]]) -> None:
        """Codes that point at other tables must point at something."""
        codes = {table: {entry.code for entry in read[table]} for table in _TABLES if table != "holiday"}
        targets = (
            ("force", "within", codes["force"], "force"),
            ("place", "within", codes["place"], "place"),
            ("place", "state", {*codes["party"], *states.codes()}, "state"),
            ("body", "host", {*codes["party"], *states.codes(), "chair"}, "party"),
            ("decision", "body", codes["body"], "body"),
            ("holiday", "state", {*codes["party"], *states.codes()}, "state"),
        )
        for table, key, known, what in targets:
            for entry in read[table]:
                self._reader(table, entry.code).known(key, getattr(entry, key), known, what)
        for place in read["place"]:
            for other, _ in place.travel:
                self._reader("place", place.code).known("travel", other, codes["place"], "place")
        for body in read["body"]:
            for prepared in body.prepares:
                self._reader("body", body.code).known("prepares", prepared.body, codes["body"], "body")
        if programme is not None:
            rules.check_codes(programme.rules, self._parameters, codes, self._rule_table)
        for kind in read["kind"]:
            for milestone in kind.lead_times:
                self._reader("kind", kind.code).known("lead_times", milestone.kind, codes["kind"], "kind")
            for rule in kind.not_for:
                self._reader("kind", kind.code).known("not_for", rule, self._parameters, "rule")

    def _rule_table(self, code: str, data: Mapping[str, Any] = MappingProxyType({})) -> TableReader:
        return TableReader(f"{self._file}, [rules.{code}]", data, self.problems, self._languages)

    def _reader(self, table: str, code: str) -> TableReader:
        return TableReader(f"{self._file}, [[{table}]] ({code})", {}, self.problems, self._languages)


def package_holidays(programme: Programme) -> tuple[Holiday, ...]:
    """The members' days off in the years of the term, and so long around it as events of the term reach."""
    first, last = programme.first - AROUND, programme.last + AROUND
    years = range(programme.first.year, programme.last.year + 1)
    days = holidays_of(programme.code, programme.members, first, last)
    return tuple(each for each in days if each.day.year in years or first <= each.day <= last)


def _with_overrides(known: Iterable[Holiday], said: Iterable[Holiday]) -> tuple[Holiday, ...]:
    """A day of the file stands in place of the package's; `kind = "working"` takes a day off away."""
    days = {holiday.code: holiday for holiday in known}
    return tuple({**days, **{holiday.code: holiday for holiday in said}}.values())
