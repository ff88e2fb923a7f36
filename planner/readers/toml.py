"""Tables of a TOML file read key by key, every problem noted with its table and key, none stopping the others."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from planner.domain.limits import beyond
from planner.domain.texts import Names, Texts, texts
from planner.errors import Problem

EnumT = TypeVar("EnumT", bound=StrEnum)


class TableReader:
    """One table of a file. `finish` reports keys that nobody asked for, with the nearest known."""

    def __init__(self, where: str, data: Mapping[str, Any], problems: list[Problem], languages: Iterable[str]) -> None:
        self.where = where
        self._data = data
        self._problems = problems
        self._languages = tuple(languages)
        self._asked: set[str] = set()

    def wrong(self, key: str, found: str, expected: str = "", remedy: str = "") -> None:
        self._problems.append(Problem(f'{self.where}, key "{key}"', found, expected, remedy, column=key))

    def has(self, key: str) -> bool:
        return key in self._data

    def raw(self, key: str, default: Any = None) -> Any:
        """The value as TOML has it."""
        self._asked.add(key)
        return self._data.get(key, default)

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        value: str = self._typed(key, str, "a text", default, needed=needed)
        if needed and self.has(key) and value == "":
            self.wrong(key, "is empty", "a text")
        return value

    def number(self, key: str, default: int = 0, least: int = 0) -> int:
        value: int = self._typed(key, int, "a whole number", default)
        if value < least:
            self.wrong(key, f"{value} is less than {least}")
            return default
        return value

    def optional_number(self, key: str, least: int = 0) -> int | None:
        return self.number(key, least, least) if self.has(key) else self.raw(key)

    def numbers(self, key: str, least: int, what: str) -> tuple[tuple[str, int], ...]:
        """A table of whole numbers by name, sorted: `travel = { dushanbe = 7 }`."""
        said = self.table(key)
        wrong = {name for name, value in said.items() if type(value) is not int or value < least}
        for name in sorted(wrong):
            self.wrong(f"{key}.{name}", f"{said[name]!r} is not a number of at least {least}", what)
        return tuple(sorted((name, value) for name, value in said.items() if name not in wrong))

    def flag(self, key: str, default: bool = False) -> bool:
        value: bool = self._typed(key, bool, "true or false", default)
        return value

    def day(self, key: str, *, needed: bool = False) -> datetime.date | None:
        value = self.raw(key)
        if isinstance(value, str):
            try:
                return self._within_limits(key, datetime.date.fromisoformat(value))
            except ValueError:
                self.wrong(key, f"{value!r} is not a day", "a day as 2020-04-30")
                return None
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return self._within_limits(key, value)
        if value is not None or needed:
            self.wrong(key, "is missing" if value is None else f"{value!r} is not a day", "a day as 2020-04-30")
        return None

    def _within_limits(self, key: str, day: datetime.date) -> datetime.date | None:
        if why := beyond(day):
            self.wrong(key, why, "a day as 2020-04-30")
            return None
        return day

    def texts(self, key: str, *, needed: bool = False) -> Texts:
        """A text in each language: a table, or one text in the programme's first language."""
        value = self.raw(key)
        if isinstance(value, str) and value:
            return texts(**{self._languages[0]: value})
        if isinstance(value, dict):
            wrong = [name for name, said in value.items() if not isinstance(said, str) or len(name) not in {2, 3}]
            for name in wrong:
                self.wrong(f"{key}.{name}", f"{value[name]!r} is not a text in a language", '{ en = "…", ru = "…" }')
            return texts(**{name: said for name, said in value.items() if name not in wrong})
        if value is not None or needed:
            self.wrong(key, "is missing" if value is None else f"{value!r} is not a text", '{ en = "…", ru = "…" }')
        return ()

    def words(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts, in its order."""
        value = self.raw(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            self.wrong(key, f"{value!r} is not a list of texts", '["…", "…"]')
            return ()
        if needed and not value:
            self.wrong(key, "is missing" if not self.has(key) else "is empty", '["…", "…"]')
        return tuple(value)

    def choice(self, key: str, among: type[EnumT], default: EnumT | None) -> EnumT | None:
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, str) and value in set(among):
            return among(value)
        remedy = Names.of(each.value for each in among).did_you_mean(str(value), most=1)
        self.wrong(key, f"{value!r} is not known", f"one of {', '.join(each.value for each in among)}", remedy)
        return default

    def known(self, key: str, code: str, known: Iterable[str], what: str) -> None:
        """Reports a code that nothing has; an empty one is fine."""
        codes = set(known)
        if code and code not in codes:
            remedy = Names.of(codes).did_you_mean(code, most=1)
            self.wrong(key, f"there is no {what} {code!r}", remedy=remedy)

    def table(self, key: str) -> Mapping[str, Any]:
        """The table under a key; an empty one when there is none."""
        value: Mapping[str, Any] = self._typed(key, dict, "a table", {})
        return value

    def tables(self, key: str, read: "Callable[[TableReader], None]") -> None:
        """Reads each table of a list of tables."""
        for number, data in enumerate(self._list(key), 1):
            table = TableReader(f"{self.where}, {key} {number}", data, self._problems, self._languages)
            read(table)
            table.finish()

    def _list(self, key: str) -> list[Mapping[str, Any]]:
        value = self.raw(key, [])
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return value
        self.wrong(key, f"{value!r} is not a list of tables")
        return []

    def finish(self) -> None:
        for key in self._data.keys() - self._asked:
            remedy = Names.of(self._asked).did_you_mean(key, f"known: {', '.join(sorted(self._asked))}", most=1)
            self.wrong(key, "is not known here", remedy=remedy)

    def _typed(self, key: str, of: type, what: str, default: Any, *, needed: bool = False) -> Any:
        value = self.raw(key)
        if isinstance(value, of) and not (of is int and isinstance(value, bool)):
            return value
        if value is not None:
            self.wrong(key, f"{value!r} is not {what}", what)
        elif needed:
            self.wrong(key, "is missing", what)
        return default
