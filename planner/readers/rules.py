"""The tables [rules.CODE] of a programme file: each value of the kind its default has, within its bounds."""

import re
from collections.abc import Callable, Iterable, Mapping

from planner.domain.entries import RuleSettings, RuleValue
from planner.domain.finding import Severity
from planner.domain.parameter import SEVERITY, Parameter
from planner.domain.texts import Names
from planner.readers.toml import TableReader

_SEVERITIES = tuple(severity.value for severity in Severity)


def read_rule(table: TableReader, declared: Iterable[Parameter]) -> tuple[tuple[str, RuleValue], ...]:
    """What the table says otherwise than the defaults, sorted by name; names nobody declared are reported."""
    given = {
        parameter.name: value
        for parameter in declared
        if table.has(parameter.name) and (value := _value(table, parameter)) != parameter.default
    }
    for parameter in declared:
        table.raw(parameter.name)
    given.update(_severities(table))
    table.finish()
    return tuple(sorted(given.items()))


def check_codes(
    settings: RuleSettings,
    parameters: Mapping[str, tuple[Parameter, ...]],
    codes: Mapping[str, Iterable[str]],
    table_of: Callable[[str], TableReader],
) -> None:
    """Reports codes of kinds, bodies and other entries that nothing has."""
    for rule, values in settings:
        sorts = {parameter.name: parameter.sort for parameter in parameters[rule] if parameter.sort}
        for name, value in values:
            if name.startswith(f"{SEVERITY}."):
                table_of(rule).known(SEVERITY, name.partition(".")[2], codes["kind"], "kind")
            elif name in sorts:
                for code in value if isinstance(value, tuple) else (str(value),):
                    table_of(rule).known(name, code, codes[sorts[name]], sorts[name])


def _value(table: TableReader, parameter: Parameter) -> RuleValue:
    """The value in the table if it is a fitting one, else the default after a report."""
    name, default = parameter.name, parameter.default
    if isinstance(default, bool):
        return table.flag(name, default)
    if isinstance(default, int):
        return _number(table, parameter, default)
    value = table.words(name) if isinstance(default, tuple) else table.text(name, default)
    for word in value if isinstance(value, tuple) else (value,):
        _check_word(table, name, word, parameter.among)
        if parameter.like and not re.fullmatch(parameter.like, word):
            shown = default[0] if isinstance(default, tuple) else default
            table.wrong(name, f"{word!r} is not of that form", f"such as {shown!r}")
    return value


def _number(table: TableReader, parameter: Parameter, default: int) -> int:
    number = table.number(parameter.name, default, least=parameter.least)
    if number > parameter.most:
        table.wrong(parameter.name, f"{number} is more than {parameter.most}")
        return default
    return number


def _severities(table: TableReader) -> dict[str, RuleValue]:
    """`severity = "info"` for all kinds, or `severity = { exercise = "error" }` for some."""
    said = table.raw(SEVERITY)
    if said is None:
        return {}
    by_name = said if isinstance(said, dict) else {"": said}
    found: dict[str, RuleValue] = {}
    for kind, value in by_name.items():
        _check_word(table, SEVERITY, value, _SEVERITIES)
        found[f"{SEVERITY}.{kind}" if kind else SEVERITY] = str(value)
    return found


def _check_word(table: TableReader, key: str, word: object, among: tuple[str, ...]) -> None:
    if among and word not in among:
        remedy = Names.of(among).did_you_mean(str(word), most=1)
        table.wrong(key, f"{word!r} is not known", f"one of {', '.join(among)}", remedy)
