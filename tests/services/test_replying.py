"""What parties replied."""

from dataclasses import replace

import pytest

from planner.domain.change import Change
from planner.domain.reply import Answer, Reply
from planner.errors import BadInput
from planner.services.planning import Plan
from planner.services.replying import propose_replies, propose_reply, replies_to
from tests.builders import PROGRAMME, a_register, an_event, day

TODAY = day("2020-10-01")
MEETING = an_event("M", states=["AM", "BY"], host="RU")


def a_plan(*replies: Reply) -> Plan:
    return Plan(a_register(replies=replies), {"M": MEETING}, 3)


def a_reply(party: str, answer: Answer, note: str = "") -> Reply:
    return Reply(PROGRAMME, "M", party, answer, TODAY, note)


def test_reply_is_a_record_beside_the_event() -> None:
    proposal = propose_reply(a_plan(), "M", Answer.NOT_COMING, ["AM", "by"], "elections", TODAY)

    assert proposal.changes == (
        Change(None, a_reply("AM", Answer.NOT_COMING, "elections")),
        Change(None, a_reply("BY", Answer.NOT_COMING, "elections")),
    )


def test_same_reply_again_changes_nothing_and_another_replaces_it() -> None:
    said = a_reply("AM", Answer.COMING)

    assert propose_reply(a_plan(said), "M", Answer.COMING, ["AM"], "", day("2020-10-02")).is_empty
    assert propose_reply(a_plan(said), "M", Answer.DEPUTY, ["AM"], "", TODAY).changes == (
        Change(said, replace(said, answer=Answer.DEPUTY)),
    )


def test_parties_answer_each_in_its_own_way_in_one_proposal() -> None:
    said = {"AM": (Answer.COMING, ""), "by": (Answer.VIDEO, "from Minsk"), "RU": (Answer.AWAITED, "")}

    assert propose_replies(a_plan(), "M", said, TODAY).changes == (
        Change(None, a_reply("AM", Answer.COMING)),
        Change(None, a_reply("BY", Answer.VIDEO, "from Minsk")),
    )


def test_awaited_takes_a_reply_back() -> None:
    said = a_reply("AM", Answer.COMING)

    assert propose_reply(a_plan(said), "M", Answer.AWAITED, ["AM"], "", TODAY).changes == (Change(said, None),)
    assert propose_reply(a_plan(), "M", Answer.AWAITED, ["AM"], "", TODAY).is_empty


def test_party_that_is_unknown_or_not_invited_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        propose_reply(a_plan(), "M", Answer.COMING, ["XX", "KZ", "RU"], "", TODAY)

    assert [each.found for each in refused.value.problems] == ["no party 'XX' in the programme", "KZ is not invited"]


def test_replies_of_all_that_are_invited_are_shown_awaited_ones_too() -> None:
    said = a_reply("BY", Answer.VIDEO)

    assert replies_to(a_plan(said).register, MEETING) == {"AM": None, "BY": said, "RU": None}
