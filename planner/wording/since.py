"""What changed since an earlier check: new, worse and lapsed in full, the rest a line each, then the counts."""

from collections.abc import Mapping

from planner.domain.memory import PRESSING, Memory, Since, Turn
from planner.domain.report import Checked, Report
from planner.wording.counts import say_counts
from planner.wording.dates import write_day
from planner.wording.findings import say_finding_line, say_gone
from planner.wording.layout import Layout
from planner.wording.report import say_checked

_HEADS: Mapping[Turn, tuple[str, str]] = {
    Turn.NEW: ("New", "Новое"),
    Turn.WORSE: ("Worse", "Хуже"),
    Turn.LAPSED: ("No longer accepted", "Больше не принято"),
    Turn.EASED: ("Eased", "Легче"),
    Turn.ACCEPTED: ("Accepted", "Принято"),
    Turn.GONE: ("Gone", "Снято"),
    Turn.OVER: ("Over", "Прошло"),
}
_WOULD: Mapping[Turn, tuple[str, str]] = {
    Turn.NEW: ("Would break", "Появится"),
    Turn.WORSE: ("Would be worse", "Станет хуже"),
    Turn.LAPSED: ("Would no longer be accepted", "Утратит согласие"),
    Turn.EASED: ("Would ease", "Станет легче"),
    Turn.ACCEPTED: ("Would be accepted", "Будет принято"),
    Turn.GONE: ("Would clear", "Снимется"),
    Turn.OVER: ("Would be over", "Пройдёт"),
}
_WORDS: Mapping[Turn, tuple[str, str]] = {
    Turn.NEW: ("new", "новых"),
    Turn.WORSE: ("worse", "хуже"),
    Turn.LAPSED: ("lapsed", "утративших согласие"),
    Turn.EASED: ("eased", "легче"),
    Turn.ACCEPTED: ("newly accepted", "вновь принятых"),
    Turn.GONE: ("gone", "снятых"),
    Turn.OVER: ("over", "прошедших"),
}


def say_since(report: Report, since: Since, layout: Layout) -> list[str]:
    """The report as lines, less what stands as it did."""
    lines: list[str] = []
    for turn in Turn:
        found = [each for each in report.checked if since.turns.get(each.id) is turn]
        head = layout.pick(*(_WOULD if since.memory.is_trial else _HEADS)[turn])
        lines += _say_gone(head, since, layout) if turn is Turn.GONE else _say_group(head, turn, found, layout)
    if since.memory.is_trial and not since.pressing:
        lines = [layout.pick("Nothing would break.", "Новых накладок не будет."), "", *lines]
    return [*lines, *say_counts(report, layout, say_turns(since, layout.language))]


def _say_group(head: str, turn: Turn, found: list[Checked], layout: Layout) -> list[str]:
    if not found:
        return []
    head = f"{head} ({len(found)})"
    if turn in PRESSING:
        return [head, *(line for each in found for line in [*say_checked(each, layout), ""])]
    return [head, *(line for each in found for line in _say_line(each, layout)), ""]


def _say_line(each: Checked, layout: Layout) -> list[str]:
    line = say_finding_line(each.finding, layout.board, layout.language)
    return layout.wrapped(f"  {each.handle} {line}", "       ")


def _say_gone(head: str, since: Since, layout: Layout) -> list[str]:
    if not since.gone:
        return []
    lines = [f"{head} ({len(since.gone)})"]
    for each in since.gone:
        lines += layout.wrapped(f"  {say_gone(each, layout.language)}", "       ")
    return [*lines, ""]


def say_turn(turn: Turn, language: str) -> str:
    """What became of a finding, in a word for its card."""
    return _HEADS[turn][language == "ru"].casefold()


def say_turns(since: Since, language: str) -> str:
    """How many of what, and since when: "1 new, 2 gone since revision 13"."""
    counts = [(since.count(turn), _WORDS[turn]) for turn in Turn if since.count(turn)]
    when = _since(since.memory, language)
    if language == "ru":
        return f"{', '.join(f'{russian}: {count}' for count, (_, russian) in counts) or 'ничего нового'} ({when})"
    return f"{', '.join(f'{count} {english}' for count, (english, _) in counts) or 'nothing new'} {when}"


def _since(memory: Memory, language: str) -> str:
    if memory.is_trial:
        return "по сравнению с планом" if language == "ru" else "against the plan as it stands"
    if memory.number is None:
        return f"с ред. {memory.revision}" if language == "ru" else f"since revision {memory.revision}"
    day = f"{write_day(memory.day, language)} {memory.day.year}"
    if language == "ru":
        return f"с проверки на {day} (ред. {memory.revision})"
    return f"since the check as of {day} (revision {memory.revision})"
