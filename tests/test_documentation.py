"""Tests about ourselves: a command, rule, setting or decision that no page names fails here; so does a dead link."""

import re
import shlex
from pathlib import Path

import click
import pytest

from planner.cli import planner
from planner.domain.dates import Unread, read_when
from planner.domain.dating import context_of
from planner.rules import RULES
from planner.settings import SETTINGS
from planner.wording.findings import TITLES
from tests import reference
from tests.builders import ZONE, a_register

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


COMMANDS = dict(reference.commands(planner, "planner"))


PROMISED = (*range(1, 9), *range(10, 35))
"""P1 to P34; there never was a P9."""


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_reference_of_commands_is_what_the_commands_say() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run python -m tests.reference"


def test_reference_of_columns_is_what_lists_and_exports_have() -> None:
    assert reference.COLUMNS_PAGE.read_text(encoding="utf-8") == reference.columns(), "run python -m tests.reference"


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


def test_every_key_of_a_programme_file_stands_on_its_page() -> None:
    readers = [path.read_text(encoding="utf-8") for path in (ROOT / "planner" / "readers").glob("*.py")]
    asked = re.compile(r"\b(?:table|self)\.(?:text|texts|words|flag|day|number|raw|list|tables|pair)\(\s*\"(\w+)\"")
    keys = {key for text in readers if "TableReader" in text for key in asked.findall(text)}

    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", page("programme-file.md"))] == []
    assert len(keys) > 40


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


def commands_on(path: Path) -> list[str]:
    """The commands in the blocks of a page, as they are typed."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line for line in lines if line == "planner" or line.startswith("planner ")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_on_pages_are_commands_and_options_there_are(path: Path) -> None:
    typed = [re.split(r"\s{2,}|\s#|\s\|\s", line, maxsplit=1)[0] for line in commands_on(path)]

    assert [line for line in typed if not _is_known(line)] == []


def _is_known(line: str) -> bool:
    words = shlex.split(line)[1:]
    options = {opt for param in planner.params for opt in (*param.opts, *param.secondary_opts)}
    command: click.Command = planner
    while words and isinstance(command, click.Group):
        if words[0].startswith("-"):
            its = {opt for param in command.params for opt in param.opts}
            if words[0] not in {*options, *its, "--help", "--version"}:
                return False
            words = words[1:] if words[0] in {"--help", "--version", "--system-tzdata"} else words[2:]
            continue
        found = command.get_command(click.Context(command), words.pop(0))
        if found is None:
            return False
        command = found
    known = {opt for param in command.params for opt in (*param.opts, *param.secondary_opts)} | {"--help"}
    return not words or {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)} <= known


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs" / "guides").glob("*.md")))
def test_guide_stands_in_russian_with_the_same_commands(name: str) -> None:
    english, russian = (commands_on(ROOT / "docs" / folder / name) for folder in ("guides", "ru"))

    assert english == russian
    assert english != []


FORMS = re.findall(r"^\| (`.*?) \|", page("standards.md").partition("EDTF")[2], flags=re.MULTILINE)
READ, _, REFUSED = page("standards.md").partition("and refused with a sentence")


@pytest.mark.parametrize("form", sorted(form for row in FORMS for form in re.findall(r"`([^`]+)`", row)))
def test_notation_is_read_or_refused_as_the_page_of_standards_claims(form: str) -> None:
    when = read_when(form, context_of(a_register(), ZONE))

    assert isinstance(when, Unread) == (f"`{form}`" not in READ)


def test_tests_that_pages_name_are_there() -> None:
    named = {
        (path.name, *found)
        for path in PAGES
        if path.name != "contributing.md"  # which names one that is still to be written
        for found in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", path.read_text(encoding="utf-8"))
    }

    assert [each for each in sorted(named) if not _is_there(each[1], each[2])] == []
    assert len(named) > 30


def _is_there(path: str, function: str) -> bool:
    file = ROOT / path
    return file.exists() and (not function or f"def {function}(" in file.read_text(encoding="utf-8"))


def test_every_promise_is_in_plain_words_with_the_test_that_proves_it() -> None:
    rows = re.findall(r"^\| (P\d+) \| (.+?) \| (.+?) \|$", page("how-the-planner-is-tested.md"), flags=re.MULTILINE)

    assert [number for number, _, _ in rows] == [f"P{n}" for n in PROMISED]
    assert [number for number, words, tests in rows if len(words) < 20 or "`tests/" not in tests] == []


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
