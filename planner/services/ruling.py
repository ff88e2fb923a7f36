"""Which rules are on, off or silent, and why; what a programme says of their parameters and severity (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.board import Board
from planner.domain.entries import Programme, RuleValue
from planner.domain.parameter import SEVERITY, Parameter
from planner.rules import RULES, START, Need, Rule


class Standing(StrEnum):
    ON = "on"
    OFF = "off"  # the profile leaves it out
    SILENT = "silent"  # it lacks data


@dataclass(frozen=True, slots=True)
class Setting:
    """One parameter: its default, and what each programme that says otherwise says."""

    parameter: Parameter
    said: tuple[tuple[str, RuleValue], ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a rule stands: `off_in` are programmes whose profile leaves it out, `need` is the data it lacks.

    `severities` are (programme, kind or '' for all, severity) as programmes say them; `not_for` are (programme, kind).
    """

    rule: Rule
    standing: Standing
    off_in: tuple[str, ...]
    need: Need | None
    settings: tuple[Setting, ...]
    severities: tuple[tuple[str, str, str], ...]
    not_for: tuple[tuple[str, str], ...]


def is_on(code: str, programme: Programme) -> bool:
    """True when the programme's profile has the rule."""
    return programme.profile != "start" or code in START


def rulings(board: Board, rules: Iterable[Rule] = RULES) -> tuple[Ruling, ...]:
    """How each rule stands on the board, in their order."""
    return tuple(_ruling(board, rule) for rule in rules)


def _ruling(board: Board, rule: Rule) -> Ruling:
    programmes = [register.programme for register in board.registers]
    off_in = tuple(programme.code for programme in programmes if not is_on(rule.code, programme))
    need = rule.needs(board)
    is_off = bool(off_in) and len(off_in) == len(programmes)
    standing = Standing.OFF if is_off else Standing.ON if need is None else Standing.SILENT
    said = {programme.code: dict(dict(programme.rules).get(rule.code, ())) for programme in programmes}
    settings = tuple(
        Setting(each, tuple((code, values[each.name]) for code, values in said.items() if each.name in values))
        for each in rule.parameters
    )
    severities = tuple(
        (code, name.partition(".")[2], str(value))
        for code, values in said.items()
        for name, value in values.items()
        if name.partition(".")[0] == SEVERITY
    )
    not_for = tuple(
        (register.programme.code, kind.code)
        for register in board.registers
        for kind in register.kinds
        if rule.code in kind.not_for
    )
    return Ruling(rule, standing, off_in, need, settings, severities, not_for)
