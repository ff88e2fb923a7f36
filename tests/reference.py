"""Pages made from the code: `python -m tests.reference` writes docs/commands.md and docs/columns.md.

A test fails when a page is not what this gives.
"""

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from planner.cli import SECTIONS, planner
from planner.readers.columns import COLUMNS
from planner.services import exporting

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
COLUMNS_PAGE = PAGE.parent / "columns.md"
COMMON = ("by", "reason", "yes", "dry_run", "language", "form", "as_of")
HEAD = """# Commands

Made from the commands themselves with `python -m tests.reference`; `planner COMMAND --help` says the same.

Before a command: `--database PATH_OR_URL` (or `PLANNER_DATABASE`), `--programme CODE` when the database has several,
`--system-tzdata` to take the system's time zones instead of the tzdata package's.

The same everywhere: `--by NAME` who does it, `--reason TEXT` why, `--yes` do it without asking, `--dry-run` show and
stop, `--language en|ru`, `--format text|json|csv` where a script would want it, `--as-of REVISION|DAY` what the plan
said then. Every write shows before → after, asks on a terminal, is one revision, and can be undone by its number. Data
goes to standard output, talk to standard error.

Exit status: 0 done or clean · 1 done, but something needs a person · 2 not done, one sentence says why · 70 a defect of
ours, with a number to report.
"""


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command under a group with its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group) and command.invoke_without_command:
            yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    every = dict(commands(planner, "planner"))
    for title, names in SECTIONS.items():
        parts.append(f"# {title}\n")
        for name in names:
            parts += [_section(full, each) for full, each in every.items() if full.split()[1] == name]
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    arguments = [p.make_metavar(click.Context(command)) for p in command.params if isinstance(p, click.Argument)]
    text, _, examples = inspect.cleandoc(command.help or "").partition("\b\n")
    lines = [f"## `{' '.join([name, *arguments])}`", "", text.strip(), ""]
    if examples:
        lines += ["```", examples.strip(), "```", ""]
    options = [p for p in command.params if isinstance(p, click.Option) and p.name not in COMMON]
    lines += [f"- {_option(option)}" for option in options]
    shared = [p.opts[0] for p in command.params if isinstance(p, click.Option) and p.name in COMMON]
    if shared:
        lines.append(f"- and {', '.join(f'`{each}`' for each in shared)}")
    return "\n".join([*lines, ""])


def _option(option: click.Option) -> str:
    names = [*option.opts, *option.secondary_opts]
    said = ", ".join(f"`{name}`" for name in sorted(names, key=len, reverse=True))
    if isinstance(option.type, click.Choice):
        said += f" ({', '.join(option.type.choices)})"
    return f"{said}: {option.help}"


COLUMNS_HEAD = """# Columns

Made from the code with `python -m tests.reference`. A [list](lists.md) may have any of these columns, in any order,
under its own name or any of the headings beside it; case, dashes and dots do not matter. Those marked are written by
[export](exporting.md), and say the same when they come back; `revision` says from which state they were made.

| column | headings that mean it | exported |
|---|---|---|
"""


def columns() -> str:
    """The page of columns."""
    names = [*COLUMNS, *(name for name in exporting.COLUMNS if name not in COLUMNS)]
    return COLUMNS_HEAD + "".join(
        f"| `{name}` | {' · '.join(COLUMNS.get(name, ()))} | {'yes' if name in exporting.COLUMNS else ''} |\n"
        for name in names
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    COLUMNS_PAGE.write_text(columns(), encoding="utf-8")
