"""Moves that would help, as people read and type them."""

from planner.domain.suggestion import Suggestion
from planner.wording.dates import plural, write_when
from planner.wording.findings import say_finding_line, say_gone
from planner.wording.layout import GAP, Layout
from planner.wording.sentences import command


def say_move(suggestion: Suggestion, layout: Layout) -> str:
    """A verified move as a command, with how much more it clears and what it creates."""
    cleared, created = len(suggestion.cleared), len(suggestion.created)
    more = [layout.pick(f"clears {cleared}", f"снимает {cleared}")] if cleared > 1 else []
    more += [layout.pick(f"creates {created} lesser", f"добавляет менее важных: {created}")] if created else []
    return command_of(suggestion, layout) + (f" ({', '.join(more)})" if more else "")


def command_of(suggestion: Suggestion, layout: Layout) -> str:
    """What to type: `planner move EX-2020-UB "19–23 Oct 2020"`."""
    event, days = suggestion.event, write_when(suggestion.when, layout.language)
    return command(layout.board, event, f'move {event.ref} "{days}"')


def say_suggestions(found: tuple[Suggestion, ...], layout: Layout) -> list[str]:
    """Days for one event in columns, best first, with the handles of what each clears and creates, told below."""
    rows = [(write_when(each.when, layout.language), _far(each, layout), _effect(each, layout)) for each in found]
    days, far = (max((len(row[column]) for row in rows), default=0) for column in range(2))
    lines = []
    for row in rows:
        beside = f"{row[0]:<{days}}{GAP}{row[1]:<{far}}{GAP}" if far else f"{row[0]:<{days}}{GAP}"
        lines += layout.wrapped(beside + row[2], " " * len(beside))
    return [*lines, *_legend(found, layout)]


def _far(each: Suggestion, layout: Layout) -> str:
    days = each.days_moved
    if not days:
        return ""
    russian = plural(days, "день", "дня", "дней")
    is_later = each.when.windows[0].first > each.event.when.windows[0].first
    english = f"{days} day{'' if days == 1 else 's'} {'later' if is_later else 'earlier'}"
    return layout.pick(english, f"на {days} {russian} {'позже' if is_later else 'раньше'}")


def _effect(each: Suggestion, layout: Layout) -> str:
    cleared = ", ".join(gone.handle for gone in each.since.gone)
    created = ", ".join(made.handle for made in each.created)
    parts = [layout.pick(f"clears {cleared}", f"снимает {cleared}")] if cleared else []
    parts += [layout.pick(f"creates {created}", f"добавляет {created}")] if created else []
    return "; ".join(parts) or layout.pick("changes no clash", "накладок не меняет")


def _legend(found: tuple[Suggestion, ...], layout: Layout) -> list[str]:
    """What the handles stand for, each once."""
    named: dict[str, str] = {}
    for each in found:
        for gone in each.since.gone:
            named.setdefault(gone.handle, say_gone(gone, layout.language))
        for made in each.created:
            line = say_finding_line(made.finding, each.report.board, layout.language)
            named.setdefault(made.handle, f"{made.handle} {line}")
    lines = [line for about in named.values() for line in layout.wrapped(about, "     ")]
    return ["", *lines] if lines else []
