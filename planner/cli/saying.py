"""Why something was not done, on standard error, in the language of whoever asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from planner.errors import PlannerError

MOST_SHOWN = 50


def show_problems(error: PlannerError, language: str = "en") -> None:
    """Each problem on a line of its own, the first fifty; how many more there are."""
    if language == "ru":
        from planner.wording.imports import say_whole  # loads the forms of dates: only where somebody reads Russian

        lines, word = [say_whole(each, language) for each in error.problems], "ошибка"
    else:
        lines, word = [str(each) for each in error.problems], "error"
    for line in lines[:MOST_SHOWN]:
        click.echo(f"{click.style(word, fg='red')}: {line}", err=True)
    rest = len(lines) - MOST_SHOWN
    if rest > 0:
        click.echo(f"и ещё {rest}" if language == "ru" else f"and {rest} more", err=True)


@contextmanager
def saying(language: str) -> Iterator[None]:
    """Whatever cannot be done inside is said in that language, and the command ends with status 2."""
    try:
        yield
    except PlannerError as error:
        show_problems(error, language)
        raise click.exceptions.Exit(2) from error
