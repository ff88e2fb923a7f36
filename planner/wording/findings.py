"""Findings in sentences, in English and Russian: every event, what they share, when, and what would clear it."""

from collections.abc import Mapping

from planner.domain.board import Board
from planner.domain.finding import Certainty, Finding, Placements, Span
from planner.domain.memory import Remembered
from planner.domain.overlap import overlap_of
from planner.wording.clocks import say_overlap
from planner.wording.dates import write_day
from planner.wording.rules import SENTENCES
from planner.wording.sentences import Both, Telling, say_span, say_when, stretches

TITLES: Mapping[str, Both] = {code: sentences.title for code, sentences in SENTENCES.items()}
"""What each rule finds, in both languages."""

_CERTAINTY: Mapping[Certainty, tuple[str, str]] = {
    Certainty.CERTAIN: ("certain", "точно"),
    Certainty.JOINTLY: ("jointly certain", "точно в совокупности"),
    Certainty.POSSIBLE: ("possible", "возможно"),
}


def say_also(finding: Finding, language: str) -> str:
    """The other rules that say the same of these events, or ''."""
    also = "; ".join(f"{_pick(*TITLES[code], language)} ({code})" for code in finding.also)
    return f"{_pick('also', 'также', language)}: {also}" if also else ""


def say_finding_line(finding: Finding, board: Board, language: str) -> str:
    """One finding as one line."""
    said = headline(finding, board, language)
    return f"{finding.rule} {say_certainty(finding, language)}: {_where(finding.refs, finding.span, language)}: {said}"


def say_gone(each: Remembered, language: str) -> str:
    """A finding that is no longer there, by its handle: what it was about is all that is left to say."""
    title = TITLES.get(each.rule, ("", ""))[language == "ru"]
    return f"{each.handle} {each.rule}: {_where(each.refs, each.span, language)}: {title}"


def _where(refs: tuple[str, ...], span: Span, language: str) -> str:
    """The events and the days; a finding about a programme as a whole has no events."""
    return ", ".join(part for part in (" × ".join(refs), say_span(span, language)) if part)


def explanation(finding: Finding, board: Board, language: str) -> str:
    """The whole finding as one sentence, for scripts."""
    events = (f"{ref} ({say_when(board.named(ref), language)})" for ref in finding.refs)
    together = say_together(finding, board, language)
    said = ": ".join(part for part in (headline(finding, board, language), ", ".join(events)) if part)
    return "; ".join((said, *([together] if together else [])))


def say_together(finding: Finding, board: Board, language: str) -> str:
    """When two events with clock times are both under way, by the clocks of both places; '' where days say it all."""
    if len(finding.refs) != 2:
        return ""
    overlap = overlap_of(board, *(board.named(ref) for ref in finding.refs))
    return f"{_pick('both', 'одновременно', language)}: {say_overlap(overlap, language)}" if overlap else ""


def headline(finding: Finding, board: Board, language: str) -> str:
    """What is wrong, in a few words that name what the events share."""
    return SENTENCES[finding.rule].headline(Telling(finding, board, language))


def say_help(finding: Finding, board: Board, language: str) -> str:
    """What would clear it."""
    remedy = SENTENCES[finding.rule].remedy
    said = "" if remedy is None else remedy(Telling(finding, board, language))
    if finding.placements is not None:
        return _say_placements(finding.placements, said, language)
    if said:
        return said
    day = write_day(max(finding.span.last, finding.span.first), language)
    if language == "ru":
        return f'перенести одно из них: второе — после {day} (planner move REF "…")'
    return f'move one of them, such as to begin after {day} (planner move REF "…")'


def _say_placements(placements: Placements, remedy: str, language: str) -> str:
    """How many placements clash, and what is clear: days if there are any to name, else the remedy of the rule."""
    clash, of = placements.clash, placements.of
    said = _pick(f"{clash} of {of} placements clash", f"накладка в {clash} из {of} вариантов", language)
    if placements.clear:
        days = ", ".join(say_span(span, language) for span in stretches(placements.clear))
        return f"{said}; {_pick('clear to start on', 'свободно начать:', language)} {days}"
    return f"{said}; {remedy or _pick('give them days apart', 'назначить дни порознь', language)}"


def say_certainty(finding: Finding, language: str) -> str:
    """How sure it is, in a word."""
    return _pick(*_CERTAINTY[finding.certainty], language)


def _pick(english: str, russian: str, language: str) -> str:
    return russian if language == "ru" else english
