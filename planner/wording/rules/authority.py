"""Rules about who comes, who decided, who hosts, and whether the day is fixed."""

from collections.abc import Mapping

from planner.domain.event import Status
from planner.wording.dates import plural
from planner.wording.sentences import Sentences, Telling


def _quorum(telling: Telling) -> str:
    body = telling.names("body", [telling.fact("body")])
    absent, quorum = telling.shared("party"), telling.fact("quorum")
    at_most = int(telling.fact("coming")) + int(telling.fact("awaited"))
    return telling.pick(
        f"{body} needs {quorum} members and at most {at_most} come; not coming: {absent}",
        f"{body}: нужно {quorum} членов, будет не больше {at_most}; не приедут: {absent}",
    )


def _ask_for_a_deputy(telling: Telling) -> str:
    return telling.pick(
        "ask for a deputy or for taking part by video, or move the meeting",
        "просить направить заместителя или участвовать по видео, либо перенести заседание",
    )


def _authority(telling: Telling) -> str:
    paper = telling.names("decision", [telling.fact("decision")])
    if telling.fact("what") == "none":
        return telling.pick(
            "approved without a decision, which its kind needs", "утверждено без решения, которое нужно этому виду"
        )
    if telling.fact("what") == "former":
        return telling.pick(
            f"moved from “{telling.fact('approved')}”, which may be what was approved by {paper}",
            f"перенесено с «{telling.fact('approved')}»; возможно, утверждён был этот срок: {paper}",
        )
    return telling.pick(
        f"moved away from “{telling.fact('approved')}”, as {paper} approved it",
        f"перенесено с «{telling.fact('approved')}», как утверждено: {paper}",
    )


def _attach(telling: Telling) -> str:
    [event] = telling.events
    # What was held is not approved any more; its paper can still be named.
    is_held = event.status is Status.HELD
    rest = f"edit {event.ref} --set decision=…" if is_held else f"approve {event.ref} --decision …"
    how = telling.command(event, rest)
    if telling.fact("what") == "none" or is_held:
        return telling.pick(f"name the decision ({how})", f"указать решение ({how})")
    return telling.pick(
        f"name the decision for the new days ({how}), or move it back",
        f"указать решение о новых сроках ({how}) или вернуть срок",
    )


def _chair(telling: Telling) -> str:
    chair = telling.shared("party")
    if telling.fact("what") == "term":
        return telling.pick(f"outside the term of the chair, {chair}", f"вне срока председательства ({chair})")
    host = telling.names("party", [telling.fact("host")])
    return telling.pick(
        f"hosted by {host}, while the body meets at the chair's, {chair}",
        f"принимает {host}, хотя орган заседает у председателя ({chair})",
    )


def _ask_the_chair(telling: Telling) -> str:
    return telling.pick(
        "have the chair agree, or correct the host", "согласовать с председателем или исправить принимающую сторону"
    )


def _vague(telling: Telling) -> str:
    opens = telling.day("opens")
    if telling.fact("is_open"):
        return telling.pick(
            f"no day fixed, and its period began on {opens}", f"день не назначен, а срок начался {opens}"
        )
    days = (telling.finding.span.first - telling.board.day).days
    return telling.pick(
        f"no day fixed, and its period begins on {opens}, in {days} day{'' if days == 1 else 's'}",
        f"день не назначен, а срок начинается {opens}, через {days} {plural(days, 'день', 'дня', 'дней')}",
    )


def _fix(telling: Telling) -> str:
    [event] = telling.events
    how = telling.command(event, f'move {event.ref} "…"')
    return telling.pick(
        f"fix its day ({how}), or mark it as approximate by nature",
        f"назначить день ({how}) или отметить, что точного дня не бывает",
    )


SENTENCES: Mapping[str, Sentences] = {
    "C16": Sentences(
        ("fewer members than the body needs", "членов меньше, чем нужно органу"), _quorum, _ask_for_a_deputy
    ),
    "C17": Sentences(
        (
            "an event without the decision it needs, or moved away from it",
            "мероприятие без нужного решения или в отступление от него",
        ),
        _authority,
        _attach,
    ),
    "C18": Sentences(
        (
            "a body of the chair elsewhere, or outside the term",
            "орган председателя в другом государстве или вне срока",
        ),
        _chair,
        _ask_the_chair,
    ),
    "C19": Sentences(
        ("an approximate date not fixed in time", "приблизительный срок вовремя не уточнён"),
        _vague,
        _fix,
        "[rules.C19] days = 30",
    ),
}
