from datetime import date

import pytest

from planner.domain.entries import DayKind, Family, LeadTime, PartySort, Standing
from planner.domain.parameter import Parameter
from planner.domain.register import Register
from planner.errors import Problem
from planner.readers.programme import read_programme
from planner.readers.states import codes, state_named
from tests.boards import sample_register

PARAMETERS = {
    "C08": (Parameter("most_days", 10, least=1, most=60),),
    "C10": (Parameter("days", ("Sat", "Sun"), among=("Fri", "Sat", "Sun")), Parameter("is_strict", False)),
    "C19": (Parameter("days", 90), Parameter("kinds", (), sort="kind")),
}
SMALLEST = """
[programme]
code = "ORG-2020"
organisation = "Organisation"
chair = "BY"
first = 2020-01-01
last = 2020-12-31
zone = "Europe/Minsk"
members = ["AM", "BY"]
"""


def read(text: str) -> Register:
    register, problems = read_programme(text.encode(), "my.toml", PARAMETERS)
    assert register is not None, problems
    return register


def problems_of(text: str) -> list[Problem]:
    register, problems = read_programme(text.encode(), "my.toml", PARAMETERS)
    assert register is None
    return list(problems)


def test_eight_lines_are_a_programme() -> None:
    register = read(SMALLEST)

    assert len(SMALLEST.strip().splitlines()) == 8
    assert [(party.code, party.standing, party.zone) for party in register.parties] == [
        ("AM", Standing.MEMBER, "Asia/Yerevan"),
        ("BY", Standing.MEMBER, "Europe/Minsk"),
    ]
    assert sorted(kind.family for kind in register.kinds) == sorted(Family)
    assert {"planned", "held", "состоялось"} <= dict(register.programme.status_words).keys()
    assert any(holiday.day == date(2020, 7, 3) and holiday.state == "BY" for holiday in register.holidays)


def test_sample_has_everything_the_list_of_2020_names() -> None:
    register = sample_register()

    assert len(register.priorities) == 15
    assert [p.code for p in register.parties if p.standing is Standing.MEMBER] == ["AM", "BY", "KG", "KZ", "RU", "TJ"]
    assert [p.code for p in register.parties if p.standing is Standing.OBSERVER] == ["RS"]
    assert len(register.kinds) == 20
    assert {place.code for place in register.places if place.capacity == 1} == {
        "ashuluk", "baghramyan-range", "brest-range", "crisis-response-centre", "kapustin-yar", "losvido",
    }  # fmt: skip
    decreed = [h for h in register.holidays if h.kind is DayKind.DAY_OFF]
    assert [(h.state, h.day) for h in decreed] == [("RU", date(2020, 6, 24)), ("RU", date(2020, 7, 1))]


def test_text_in_one_language_is_in_the_first_language_of_the_programme() -> None:
    register = read(SMALLEST + 'languages = ["ru", "en"]\n[[priority]]\nid = "P1"\ntitle = "Миротворчество"\n')

    assert register.priorities[0].titles == (("ru", "Миротворчество"),)


def test_day_of_the_file_stands_in_place_of_the_packages() -> None:
    working = '\n[[holiday]]\nstate = "BY"\nday = 2020-07-03\nkind = "working"\n'

    found = [holiday.kind for holiday in read(SMALLEST + working).holidays if holiday.code == "BY 2020-07-03"]

    assert found == [DayKind.WORKING]


def test_party_that_is_no_state_needs_a_name() -> None:
    named = '\n[[party]]\ncode = "UN"\nsort = "organisation"\nname = "United Nations"\nzone = "America/New_York"\n'

    party = read(SMALLEST + named).party("UN")

    assert party is not None
    assert (party.party_sort, party.zone) == (PartySort.ORGANISATION, "America/New_York")
    assert [p.column for p in problems_of(SMALLEST + '\n[[party]]\ncode = "UN"\n')] == ["name"]


def test_rule_parameters_are_kept_where_they_differ() -> None:
    register = read(SMALLEST + '\n[rules]\nprofile = "start"\n[rules.C19]\ndays = 60\n[rules.C08]\nmost_days = 10\n')

    assert (register.programme.profile, register.programme.rules) == ("start", (("C19", (("days", 60),)),))


def test_severity_is_said_for_all_kinds_or_for_some() -> None:
    register = read(SMALLEST + "[rules.C08]\nseverity = 'info'\n[rules.C19]\nseverity = { exercise = 'error' }\n")

    assert register.programme.rules == (
        ("C08", (("severity", "info"),)),
        ("C19", (("severity.exercise", "error"),)),
    )


def test_five_faults_are_reported_at_once_by_table_and_key() -> None:
    text = (
        SMALLEST.replace("Europe/Minsk", "Europe/Minks").replace('chair = "BY"', 'chair = "XX"')
        + '\n[[body]]\ncode = "CFM"\nlevl = "foreign"\n'
        + '\n[[kind]]\ncode = "drill"\nfamily = "exercize"\n'
        + '\n[[place]]\ncode = "range"\nname = "Range"\nat = [155.4, 30.2]\n'
    )

    assert [(each.where, each.found, each.remedy) for each in problems_of(text)] == [
        (
            'my.toml, [programme], key "zone"',
            "'Europe/Minks' is not a time zone",
            "did you mean 'Europe/Minsk'?",
        ),
        ('my.toml, [programme], key "chair"', "there is no member 'XX'", ""),
        ('my.toml, [[body]] 1 (CFM), key "levl"', "is not known here", "did you mean 'level'?"),
        ('my.toml, [[kind]] 1 (drill), key "family"', "'exercize' is not known", "did you mean 'exercise'?"),
        ('my.toml, [[place]] 1 (range), key "at"', "[155.4, 30.2] is not a place on earth", ""),
    ]


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("", "my.toml", "has no table [programme]"),
        ("[programme", "my.toml", "is not TOML"),
        (SMALLEST.replace("2020-12-31", "2019-12-31"), 'key "last"', "before the first day"),
        (SMALLEST.replace('code = "ORG-2020"', 'code = "ORG/2020"'), 'key "code"', "has '/', '@' or a blank in it"),
        (SMALLEST.replace('code = "ORG-2020"\n', ""), 'key "code"', "is missing"),
        (
            SMALLEST.replace('["AM", "BY"]', '["AM", "BY", "XY"]'),
            'key "members"',
            "'XY' is not the ISO code of a state",
        ),
        (SMALLEST + "\n[[plase]]\ncode = 'x'\n", "my.toml", "the table 'plase' is not known"),
        (SMALLEST + '\n[[force]]\ncode = "A"\nwithin = "B"\n', 'key "within"', "there is no force 'B'"),
        (SMALLEST + '\n[[force]]\ncode = "A"\n[[force]]\ncode = "A"\n', 'key "code"', "'A' is there twice"),
        (
            SMALLEST + '\n[[kind]]\ncode="a"\nfamily="media"\nnot_for=["C99"]\n',
            'key "not_for"',
            "there is no rule 'C99'",
        ),
        (
            SMALLEST.replace("[programme]", '[programme]\npublic_shows = "all"'),
            'key "public_shows"',
            "'all' is not known",
        ),
        (SMALLEST + "\n[rules]\nprofile = 'loud'\n", 'key "profile"', "'loud' is not known"),
        (SMALLEST + "\n[rules.C19]\ndays = 'many'\n", 'key "days"', "'many' is not a whole number"),
        (SMALLEST + "\n[rules.C08]\nmost_days = 0\n", 'key "most_days"', "0 is less than 1"),
        (SMALLEST + "\n[rules.C08]\nmost_days = 61\n", 'key "most_days"', "61 is more than 60"),
        (SMALLEST + "\n[rules.C08]\nmost_day = 5\n", 'key "most_day"', "is not known here"),
        (SMALLEST + "\n[rules.C10]\ndays = ['Sun', 'Mon']\n", 'key "days"', "'Mon' is not known"),
        (SMALLEST + "\n[rules.C10]\nis_strict = 1\n", 'key "is_strict"', "1 is not true or false"),
        (SMALLEST + "\n[rules.C19]\nkinds = ['exercize']\n", 'key "kinds"', "there is no kind 'exercize'"),
        (SMALLEST + "\n[rules.C08]\nseverity = 'grave'\n", 'key "severity"', "'grave' is not known"),
        (SMALLEST + "\n[rules.C08]\nseverity = 3\n", 'key "severity"', "3 is not known"),
        (SMALLEST + "\n[rules.C08]\nseverity = { exercize = 'info' }\n", 'key "severity"', "no kind 'exercize'"),
        (SMALLEST + "\n[rules]\nC08 = 5\n", 'key "C08"', "5 is not a table"),
        ("rules = 5\n" + SMALLEST, 'key "rules"', "5 is not a table"),
        (
            SMALLEST + 'status_words = { planned = "perhaps" }\n',
            'key "status_words.planned"',
            "'perhaps' is not a status",
        ),
    ],
)
def test_fault_is_named_where_it_stands(text: str, where: str, found: str) -> None:
    problems = problems_of(text)

    assert [each for each in problems if where in each.where and found in each.found], problems


def test_member_that_no_state_has_is_named_beside_other_faults() -> None:
    text = SMALLEST.replace('["AM", "BY"]', '["AM", "XX"]')

    assert [problem.found for problem in problems_of(text)] == [
        "there is no member 'BY'",
        "'XX' is not the ISO code of a state",
    ]


def test_file_that_is_not_utf8_is_refused() -> None:
    assert read_programme("организация".encode("cp1251"), "my.toml", {})[1][0].found == "is not UTF-8"


def test_states_are_known_by_code_and_by_both_names() -> None:
    found = [state_named(text) for text in ("KG", "РБ", "Белоруссия", "Кыргызская Республика", "Finland", "Финляндия")]

    assert [state.code if state else None for state in found] == ["KG", "BY", "BY", "KG", "FI", "FI"]
    assert state_named("Atlantis") is None
    assert len(codes()) > 240


def test_lead_times_leaders_and_hours_of_travel_are_read() -> None:
    register = read(
        SMALLEST
        + """
[[kind]]
code = "exercise"
family = "exercise"
leader = "Chief of the Joint Staff"
lead_times = [{ name = "final", days = 30 }, { name = { en = "initial" }, days = 180, kind = "exercise" }]
[[place]]
code = "minsk"
name = "Minsk"
[[place]]
code = "moscow"
name = "Moscow"
travel = { minsk = 7 }
"""
    )

    [kind] = register.kinds
    assert (kind.leader, kind.lead_times) == (
        "Chief of the Joint Staff",
        (LeadTime((("en", "initial"),), 180, "exercise"), LeadTime((("en", "final"),), 30)),
    )
    assert [place.travel for place in register.places] == [(), (("minsk", 7),)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[place]]\ncode = 'a'\nname = 'A'\ntravel = { b = 7 }", "there is no place 'b'"),
        ("[[place]]\ncode = 'a'\nname = 'A'\ntravel = { a = '7' }", "'7' is not a number of at least 0"),
        ("[[place]]\ncode = 'a'\nname = 'A'\ntravel = 7", "7 is not a table"),
        ("[[kind]]\ncode = 'x'\nfamily = 'exercise'\nlead_times = [{ days = 30 }]", "is missing"),
        ("[[kind]]\ncode = 'x'\nfamily = 'exercise'\nlead_times = [{ name = 'f', days = 0 }]", "0 is less than 1"),
        (
            "[[kind]]\ncode = 'x'\nfamily = 'exercise'\nlead_times = [{ name = 'f', kind = 'y' }]",
            "there is no kind 'y'",
        ),
    ],
)
def test_lead_times_and_travel_that_cannot_be_are_refused(text: str, found: str) -> None:
    assert [problem.found for problem in problems_of(f"{SMALLEST}\n{text}\n")] == [found]


def test_days_off_are_known_around_the_term_for_events_that_reach_over_its_ends() -> None:
    days = [holiday.day for holiday in read(SMALLEST).holidays if holiday.state == "AM"]

    assert date(2021, 1, 1) in days
    assert (days[0] >= date(2019, 11, 2), days[-1] <= date(2021, 3, 1)) == (True, True)
