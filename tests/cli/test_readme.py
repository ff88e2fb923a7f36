"""The example of the README is what the commands say today."""

import re
import shlex
from pathlib import Path

from planner import sample
from tests.cli.running import Planner

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")


def test_example_of_the_readme_is_what_the_commands_say(planner: Planner) -> None:
    for name in (sample.PROGRAMME, "programme_2020.csv"):
        planner.file(name, sample.content(name))
    [block] = re.findall(r"^```console\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    steps = re.findall(r"^\$ planner (.+)\n((?:(?!\$ ).*\n)*)", block, flags=re.MULTILINE)

    for command, shown in steps:
        words, _, word = command.partition(" | grep ")
        said = [line for line in planner(*shlex.split(words)).out.splitlines() if word in line]
        assert said[: len(shown.splitlines())] == shown.splitlines(), command
    assert len(steps) == 4
