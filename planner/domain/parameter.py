"""Parameters of rules: what a programme may say differently, within which bounds, and what it did say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.domain.entries import Programme, RuleValue
from planner.domain.finding import Severity

SEVERITY = "severity"
"""The parameter every rule has: one severity for all kinds of events, or one for each kind."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a rule with its default, whose type its values have.

    Whole numbers lie between `least` and `most`. Texts, and the texts of a list, are `among` these words if there are
    any, look `like` this regular expression, or are codes of the entries of a `sort` ("kind", "body", "party" …).
    """

    name: str
    default: RuleValue
    least: int = 0
    most: int = 10_000
    among: tuple[str, ...] = ()
    sort: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What holds for one rule: its defaults, and per programme what is said instead."""

    defaults: Mapping[str, RuleValue]
    said: Mapping[str, Mapping[str, RuleValue]] = field(default_factory=dict)

    def number(self, programme: str, name: str) -> int:
        """A whole number, as that programme says it, else the default."""
        value = self._value(programme, name)
        assert isinstance(value, int) and not isinstance(value, bool)
        return value

    def words(self, programme: str, name: str) -> tuple[str, ...]:
        """A list of texts, as that programme says it, else the default."""
        value = self._value(programme, name)
        assert isinstance(value, tuple)
        return value

    def flag(self, programme: str, name: str) -> bool:
        value = self._value(programme, name)
        assert isinstance(value, bool)
        return value

    @property
    def says_severity(self) -> bool:
        """True when any programme says how grave the findings of the rule are."""
        return any(name == SEVERITY or name.startswith(f"{SEVERITY}.") for said in self.said.values() for name in said)

    def severity(self, programme: str, kind: str) -> Severity | None:
        """What the programme says of this kind of event, else of all kinds; None when the rule itself decides."""
        said = self.said.get(programme, {})
        value = said.get(f"{SEVERITY}.{kind}", said.get(SEVERITY))
        return None if value is None else Severity(str(value))

    def _value(self, programme: str, name: str) -> RuleValue:
        return self.said.get(programme, {}).get(name, self.defaults[name])


def parameters_of(code: str, declared: Iterable[Parameter], programmes: Iterable[Programme]) -> Parameters:
    """The parameters of the rule with that code, as these programmes say them."""
    defaults = {parameter.name: parameter.default for parameter in declared}
    return Parameters(defaults, {programme.code: dict(dict(programme.rules).get(code, ())) for programme in programmes})
