"""What rules say: findings as facts, not sentences. Sentences are made where they are shown."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SCHEME = 1
"""The scheme of fingerprints; a new one re-stamps waivers whose facts are equal."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Certainty(StrEnum):
    CERTAIN = "certain"
    JOINTLY = "jointly certain"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Placements:
    """How many of the placements clash, and which start days are clear (only where one window is fixed)."""

    clash: int
    of: int
    clear: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of local days, both ends included, for showing."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found.

    `refs` are sorted and each stands with its programme (`EX-2020-UB`, or `EX-2020-UB@CSTO-2020` across programmes).
    `subject` is a short key the rule states to tell apart findings about the same events. `shared` are codes of what
    they share, `span` the overlap, `facts` everything else the rule wants to say, as sorted (name, value) pairs.
    """

    rule: str
    refs: tuple[str, ...]
    severity: Severity
    certainty: Certainty
    span: Span
    subject: str = ""
    shared: tuple[str, ...] = ()
    placements: Placements | None = None
    facts: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()  # codes of other rules that say the same of these events
    identity_facts: tuple[tuple[str, str], ...] = ()  # roles, levels, local dates, times, zones

    @property
    def id(self) -> str:
        """What tells it from others on one board: rule, refs and subject; `handles.stable_id` holds beyond it."""
        return ":".join((self.rule, "+".join(self.refs), self.subject)).rstrip(":")

    @property
    def fingerprint(self) -> str:
        """Scheme number and SHA-256 of the canonical facts; a waiver holds for exactly these."""
        said = [sorted(self.shared), sorted(self.identity_facts)]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return f"{SCHEME}:{hashlib.sha256(text.encode()).hexdigest()}"

    @property
    def fact(self) -> dict[str, str]:
        """The facts by name, for templates."""
        return dict(self.facts)
