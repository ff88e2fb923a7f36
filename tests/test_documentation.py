"""Tests about ourselves: a command, rule, setting or decision that no page names fails here; so does a dead link."""

import re
from pathlib import Path

import click
import pytest

from planner.cli import planner
from planner.rules import RULES
from planner.settings import SETTINGS
from planner.wording.findings import TITLES
from tests import reference

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


COMMANDS = dict(reference.commands(planner, "planner"))


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_reference_of_commands_is_what_the_commands_say() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run python -m tests.reference"


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_help_and_every_option_says_what_it_is_for(name: str) -> None:
    command = COMMANDS[name]

    assert command.help
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help and p.name != "form"] == []


@pytest.mark.parametrize("rule", [rule.code for rule in RULES])
def test_rule_has_a_section_with_definition_parameters_example_and_how_to_quiet_it(rule: str) -> None:
    sections = re.split(r"^## ", page("rules.md"), flags=re.MULTILINE)
    [mine] = [text for text in sections if text.startswith(f"{rule} ")]
    parameters = next(each for each in RULES if each.code == rule).parameters

    assert rule in TITLES
    assert all(word in mine for word in ("**Finds**", "**Parameters**", "**Example**", "**Quieter**"))
    assert [each.name for each in parameters if f"`{each.name}`" not in mine] == []


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_setting_stands_in_the_table_of_settings(setting) -> None:  # type: ignore[no-untyped-def]
    assert f"| `{setting.key}` | `{setting.variable}` |" in page("settings.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))

    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_every_page_is_reachable_from_the_readme() -> None:
    reached, todo = set(), [ROOT / "README.md"]
    while todo:
        path = todo.pop().resolve()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        todo.extend(path.parent / link for link in links if "://" not in link)

    assert [str(path.relative_to(ROOT)) for path in PAGES if path.resolve() not in reached] == []


def test_examples_of_the_help_are_commands_there_are() -> None:
    known = set(COMMANDS) | {"planner"}
    examples = [
        line.strip()
        for command in COMMANDS.values()
        for line in (command.help or "").splitlines()
        if line.strip().startswith("planner ")
    ]

    words = [re.sub(r"^planner (?:--database \S+ )?", "planner ", example) for example in examples]
    assert [word for word in words if not any(word == name or word.startswith(f"{name} ") for name in known)] == []
    assert len(examples) >= len(COMMANDS)


def test_every_error_we_raise_on_purpose_is_raised_by_a_test() -> None:
    from planner import errors

    kinds = [name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)]
    said = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))

    assert [kind for kind in kinds if kind != "PlannerError" and f"raises({kind}" not in said] == []


def test_repository_names_no_path_of_a_machine() -> None:
    texts = [path for pattern in ("planner/**/*.py", "docs/**/*.md", "*.md") for path in ROOT.glob(pattern)]

    assert [str(path) for path in texts if re.search(r"/home/\w|/Users/\w|C:\\\\Users", path.read_text("utf-8"))] == []


def test_every_rule_of_feeds_stands_in_the_table_with_what_to_do() -> None:
    from calendars.lint import RULES

    rows = page("feed-lint.md")
    assert [
        rule.code
        for rule in RULES.values()
        if f"| `{rule.code}` | {rule.severity} | {rule.meaning} | {rule.remedy} |" not in rows
    ] == []
