import pytest

from planner.domain.entries import Body
from planner.domain.event import Status
from planner.domain.finding import Severity
from planner.domain.register import Register
from planner.domain.reply import Answer, Reply
from planner.rules import Need
from planner.rules.quorum_missed import RULE
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_programme, a_register, an_event

MEETING = an_event("M", kind="statutory_meeting", bodies=("CFM",), states=["AM", "BY", "KZ"])
NO, YES, DEPUTY, VIDEO, AWAITED = Answer.NOT_COMING, Answer.COMING, Answer.DEPUTY, Answer.VIDEO, Answer.AWAITED


def replied(*answers: Answer, quorum: int = 2, **fields: object) -> Register:
    replies = tuple(Reply(PROGRAMME, "M", party, answer) for party, answer in zip(("AM", "BY", "KZ"), answers))  # noqa: B905
    return a_register(a_programme(**fields), bodies=(Body(PROGRAMME, "CFM", quorum=quorum),), replies=replies)


@pytest.mark.parametrize(
    ("answers", "absent"),
    [
        ((), ()),
        ((NO,), ()),
        ((NO, NO), ("AM", "BY")),
        ((NO, NO, YES), ("AM", "BY")),
        ((NO, DEPUTY, VIDEO), ()),
        ((AWAITED, AWAITED, AWAITED), ()),
        ((NO, AWAITED, NO), ("AM", "KZ")),
    ],
)
def test_quorum_is_missed_when_too_few_can_still_come(answers: tuple[Answer, ...], absent: tuple[str, ...]) -> None:
    findings = found(RULE, a_board(MEETING, register=replied(*answers)))

    assert [finding.shared for finding in findings] == ([absent] if absent else [])


def test_finding_names_the_body_and_how_many_come() -> None:
    [finding] = found(RULE, a_board(MEETING, register=replied(NO, NO, YES)))

    assert (finding.severity, finding.subject) == (Severity.ERROR, "CFM")
    assert finding.fact == {"body": "CFM", "quorum": "2", "coming": "1", "awaited": "0"}


def test_deputies_do_not_count_where_the_programme_says_so() -> None:
    register = replied(NO, DEPUTY, YES, rules=(("C16", (("deputies_count", False),)),))

    [finding] = found(RULE, a_board(MEETING, register=register))

    assert finding.shared == ("AM", "BY")


def test_replies_of_parties_that_are_not_invited_do_not_count() -> None:
    meeting = an_event("M", kind="statutory_meeting", bodies=("CFM",), states=["BY", "KZ"])

    assert found(RULE, a_board(meeting, register=replied(NO))) == []


def test_body_without_a_quorum_and_a_meeting_that_was_held_are_left_alone() -> None:
    held = an_event("M", kind="statutory_meeting", bodies=("CFM",), states=["AM", "BY"], status=Status.HELD)

    assert found(RULE, a_board(MEETING, register=replied(NO, NO, NO, quorum=0))) == []
    assert found(RULE, a_board(held, register=replied(NO, NO))) == []


def test_rule_is_silent_until_a_reply_is_recorded() -> None:
    assert RULE.needs(a_board(MEETING, register=replied())) is Need.REPLIES
    assert RULE.needs(a_board(MEETING, register=replied(YES))) is None
