"""What a check is asked about must exist: a mistyped reference would otherwise look like a clean plan (pure)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.domain.board import Board
from planner.domain.register import names_of_parties
from planner.domain.texts import Names
from planner.errors import BadInput, NotFound, Problem, problem
from planner.rules import RULES
from planner.services.checking import Options


def meant(board: Board, said: Options) -> Options:
    """The options with events, rules and parties by their codes: parties may be named, and case does not matter.

    Raises BadInput with every one that is not known, NotFound when there is no programme.
    """
    if not board.registers:
        raise NotFound(problem("", "the database has no programme yet", remedy="planner programme load FILE.toml"))
    problems: list[Problem] = []
    refs = _codes("--event", said.refs, Names.of(event.ref for event in board.events), problems)
    rules = _codes("--rule", said.rules, Names.of(rule.code for rule in RULES), problems)
    parties = _codes("--for", said.parties, names_of_parties(board.registers), problems)
    found = replace(said, refs=tuple(refs), rules=tuple(rules), parties=tuple(parties))
    if problems:
        raise BadInput(*problems)
    return found


def _codes(option: str, said: Iterable[str], names: Names, problems: list[Problem]) -> Iterator[str]:
    for text in said:
        code = names.find(text)
        if code is not None:
            yield code
        else:
            problems.append(problem(option, f"{text!r} is not known", remedy=names.did_you_mean(text)))
