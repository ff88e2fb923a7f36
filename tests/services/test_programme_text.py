"""A programme leaves as the file it can be loaded from."""

from dataclasses import replace
from datetime import date

import pytest

from planner import sample
from planner.domain.decision import Decision, Item
from planner.domain.entries import (
    Body,
    DayKind,
    Facility,
    Family,
    Force,
    Holiday,
    Kind,
    KnownName,
    LeadTime,
    Party,
    PartySort,
    Place,
    Preparation,
    Programme,
    PublicShows,
)
from planner.domain.register import Register, register_of
from planner.domain.texts import texts
from planner.readers import states
from planner.readers.programme import read_programme
from planner.services.programme_text import programme_text
from planner.services.programmes import PARAMETERS

CODE = "ORG-2027"


def loaded(text: str) -> Register:
    register, problems = read_programme(text.encode(), "programme.toml", PARAMETERS)
    assert problems == ()
    assert register is not None
    return register


def smallest(languages: str) -> Register:
    return loaded(
        f'[programme]\ncode = "{CODE}"\norganisation = "Organisation"\nchair = "BY"\nfirst = 2027-01-01\n'
        f'last = 2027-12-31\nzone = "Europe/Minsk"\nmembers = ["AM", "BY"]\nlanguages = {languages}\n'
    )


def everything() -> Register:
    """Each field of each entry otherwise than it is usual."""
    base = smallest('["ru", "en"]')
    programme = replace(
        base.programme,
        status_words=tuple(sorted((*base.programme.status_words, ("в работе\\", "draft")))),
        profile="strict",
        rules=(("C08", (("severity.drill", "info"),)), ("C19", (("days", 30),))),
        public_shows=PublicShows.RELEASE,
        release_clean=True,
    )
    lead_times = (LeadTime(texts(en="main"), 60, "drill"), LeadTime(texts(en="final", ru="итоговая"), 30))
    preparation = Preparation("COUNCIL", 3)
    serbia = states.party_of(CODE, states.state_named("RS"))  # type: ignore[arg-type]
    return register_of(
        programme,
        (
            *base.parties,
            *base.holidays,
            Party(CODE, "XX", texts(en="A state"), ("Xland",), zone="Europe/Minsk", capital=texts(en="Town")),
            Party(CODE, "UN", texts(ru="ООН"), party_sort=PartySort.ORGANISATION, first=date(2027, 2, 1)),
            replace(serbia, names=texts(en="Republic of Serbia"), last=date(2027, 9, 1)),
            Body(CODE, "COUNCIL", texts(en="Council"), quorum=2, yearly=1, host="chair", level="heads", leader="AM"),
            Body(CODE, "COMM", (), texts(en="Comm"), ("the commission",), prepares=(preparation,)),
            Kind(CODE, "drill", Family.EXERCISE, texts(en="Drill"), ("учебная\nтревога",), blocks=False),
            Kind(CODE, "talks", Family.EXTERNAL, usual_days=1, not_for=("C08",), avoid=True, lead_times=lead_times),
            Force(CODE, "CF", texts(en="Collective Forces\x7f"), general=True),
            Force(CODE, "CPF", (), ("миротворцы",), within="CF", recovery_days=7),
            Place(CODE, "range", texts(en="Range"), ("полигон",), "BY", "Europe/Minsk", 55.4, 30.2, 1, "", ()),
            Place(CODE, "зал", texts(ru="Зал"), within="range", travel=(("range", 7),)),
            Facility(CODE, "sets", texts(en="Sets of interpretation"), supply=2),
            Decision(
                CODE,
                "CSC-1",
                texts(en="List"),
                ("the list",),
                "COUNCIL",
                "1",
                date(2027, 1, 2),
                (Item("1", "Parade", "May"),),
            ),
            Holiday(CODE, "BY", date(2027, 3, 13), texts(ru="рабочая суббота"), DayKind.WORKING, source="decree"),
            KnownName(CODE, "Brotherhood", ("Братство",)),
        ),
    )


@pytest.mark.parametrize(
    "register",
    [
        pytest.param(loaded(sample.content(sample.PROGRAMME).decode()), id="the programme of 2020"),
        pytest.param(smallest('["en"]'), id="the smallest"),
        pytest.param(everything(), id="everything"),
    ],
)
def test_programme_comes_back_from_its_file_as_it_was(register: Register) -> None:
    assert loaded(programme_text(register)) == register


def test_closed_programme_comes_out_open_and_without_what_happened_in_its_year() -> None:
    register = loaded(sample.content(sample.PROGRAMME).decode())
    closed: Programme = replace(register.programme, is_closed=True)
    merged = KnownName(closed.code, "One name", ("another",), "EX-2020-UB", ("EX-OLD",))

    assert loaded(programme_text(register_of(closed, (*register.entries(), merged)))) == register
