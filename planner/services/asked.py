"""What a check is asked about must exist: a mistyped reference would otherwise look like a clean plan (pure)."""

from collections.abc import Iterable, Iterator

from planner.domain.board import Board
from planner.domain.texts import Names
from planner.errors import BadInput, NotFound, Problem, problem
from planner.rules import RULES
from planner.services.checking import Options


def refuse_unknown(board: Board, options: Options) -> None:
    """Raises BadInput with every event, rule and party that is not known, NotFound when there is no programme."""
    if not board.registers:
        raise NotFound(problem("", "the database has no programme yet", remedy="planner programme load FILE.toml"))
    parties = (party.code for register in board.registers for party in register.parties)
    problems = (
        *_unknown("--event", options.refs, (event.ref for event in board.events)),
        *_unknown("--rule", options.rules, (rule.code for rule in RULES)),
        *_unknown("--for", options.parties, parties),
    )
    if problems:
        raise BadInput(*problems)


def _unknown(option: str, asked: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    codes = set(known)
    for code in asked:
        if code not in codes:
            yield problem(option, f"{code!r} is not known", remedy=Names.of(sorted(codes)).did_you_mean(code))
