"""Everything that looks at the plan can look at what it was; what cannot is named here, with the reason."""

import click

from planner.cli import planner as every_command
from tests.cli.running import Planner
from tests.reference import commands

NOT_OF_THE_PLAN = {
    "address list": "addresses take no revision: they are not part of the plan",
    "address new": "writes an address",
    "address replace": "writes an address",
    "address revoke": "writes an address",
    "address show": "its ledger says itself when each revision was fetched",
    "daily": "does what is due today, and writes",
    "demo": "writes an example of its own",
    "diff": "names its two states itself",
    "feed lint": "judges a file",
    "people add": "writes a person",
    "people leave": "writes a person",
    "people link": "writes a person",
    "people list": "people take no revision: they are not part of the plan",
    "programme new": "writes a file to start from",
    "serve": "answers until it is stopped; its pages look back with ?as_of=",
}
LOOKING = {
    "can": ("EX-2020-UB", "19 October 2020"),
    "changes": ("--since", "1"),
    "conform": ("CSC 2019-11-28 No 5",),
    "decision show": ("CSC 2019-11-28 No 5",),
    "export": ("out.csv",),
    "feed show": ("all.en",),
    "feed write": ("out",),
    "find": ("exercise",),
    "publish": ("out",),
    "show": ("EX-2020-UB",),
    "suggest": ("EX-2020-UB",),
    "told": ("EX-2020-UB",),
    "why": ("EX-2020-UB",),
    "year": ("--html", "out.html"),
}
"""What each of them must be told besides; the others need nothing."""


def options(command: click.Command) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


def looking() -> dict[str, click.Command]:
    """The commands that neither write the plan nor keep the database."""
    found = {full.removeprefix("planner "): each for full, each in commands(every_command, "planner")}
    return {
        name: each for name, each in found.items() if "--dry-run" not in options(each) and not name.startswith("db ")
    }


def test_every_command_that_looks_can_look_back_or_says_why_not() -> None:
    without = {name for name, each in looking().items() if "--as-of" not in options(each)}

    assert without == NOT_OF_THE_PLAN.keys()


def test_command_that_looks_back_reads_the_state_that_was_meant(planner: Planner) -> None:
    planner.load_sample()
    back = sorted(name for name, each in looking().items() if "--as-of" in options(each))

    said = {name: planner(*name.split(), *LOOKING.get(name, ()), "--as-of", "77") for name in back}

    assert {name: (ran.status, ran.err.strip()) for name, ran in said.items()} == dict.fromkeys(
        back, (2, "error: --as-of: there is no revision 77; known: 0 to 1")
    )
