"""What a proposal tells beside its changes reaches a Russian reader in Russian; the long run looks at commands."""

import re

import pytest

from planner.wording.notes import say_note

NOTES = (
    "place minsk stays: events still name it",
    "contact BY 1 was erased for good and stays so",
    "release 1 stays: what people were told cannot be taken back",
    "EX-2020-A was changed later and stays as it is",
    "EX-2020-A: when was changed later and stays as it is",
    "place minsk is not in the file and stays: events name it",
    "A was a exercise, B is a training",
    "A is held together with B or belongs to it, and stays",
    "A prepares B and would end after it starts",
    "A departs from what CSC No 5 approved; say --decision if another paper allows it",
    "A, B: outside the term of T-2020, and not copied",
    "12 days off of the package holidays 0.104, 3 of them estimated",
    "days off by decree are not copied: KZ 2020-01-03",
    "A, B: the host is TJ now; say where",
    "the priorities are those of the chair before; load a programme file with the new ones",
    "V75: the title counts (75th, 13-е); count on",
    "A: no date to go by",
    "BY 1: erased from the history as well; no undo brings it back",
    "2 VTODO left out: only events are read",
    "line 7: an earlier issue of 'a@b' left out (SEQUENCE 1, line 9 has 2)",
    "2 lines below the last row left out: 'Best regards,'",
    "line 7: no day of the series 'Weekly' falls into the term",
    "Sheet2 has no headings: read as going on from Sheet1",
    "Sheet2 has headings of a list too and was not read: say --sheet 'Sheet2'",
)


@pytest.mark.parametrize("english", NOTES)
def test_note_is_said_in_both_languages(english: str) -> None:
    assert say_note(english, "en") == english
    assert re.search(r"[а-я]{3}", say_note(english, "ru"))
    assert not re.search(r"[a-z]{2,} (is|was|stays|are|and|not|of) ", say_note(english, "ru"))
