"""`rule`: which rules are on, off or silent and why, and what the programme says of their parameters."""

from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import looking_options, reading, said_language, said_today, say_json
from planner.errors import NotFound, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.ruling import Ruling

_STANDING = {"on": "включено", "off": "выключено", "silent": "молчит"}


@click.command()
@click.argument("code", required=False, default="")
@looking_options("text", "json")
@click.pass_obj
def rule(settings: Settings, /, code: str, language: str | None, as_of: str | None, form: str) -> None:
    """Show which rules are on, off or silent, and why; of one, its parameters and what the programme says.

    A rule is off when the profile leaves it out, and silent until the data it needs is there.

    \b
    planner rule
    planner rule C19 --language ru
    """
    from planner.services.checking import load_board
    from planner.services.ruling import rulings

    with reading(settings, as_of) as snapshot:
        board = load_board(snapshot, said_today(None))
    if not board.registers:
        raise NotFound(problem("", "the database has no programme yet", remedy="planner programme load FILE.toml"))
    wanted = [each for each in rulings(board) if not code or each.rule.code == code.strip().upper()]
    if not wanted:
        raise NotFound(problem("", f"there is no rule {code!r}", remedy="`planner rule` lists them"))
    said = said_language(settings, language)
    if form == "json":
        data = [_data(each, said) for each in wanted]
        say_json(data[0] if code else data)
    elif code:
        _say_one(wanted[0], said)
    else:
        _say_all(wanted, said)


def _say_all(wanted: "list[Ruling]", language: str) -> None:
    for each in wanted:
        click.echo(f"{each.rule.code} {_standing(each, language):<9} {_title(each, language)}{_why(each, language)}")


def _say_one(each: "Ruling", language: str) -> None:
    ru = language == "ru"
    click.echo(click.style(f"{each.rule.code}  {_title(each, language)}", bold=True))
    click.echo(f"  {_standing(each, language)}{_why(each, language)}")
    for setting in each.settings:
        name, default = setting.parameter.name, _value(setting.parameter.default)
        word = f"{name} = {default}" + ("" if setting.said else " (по умолчанию)" if ru else " (default)")
        click.echo(f"  {word}")
        for programme, value in setting.said:
            click.echo(f"    {programme}: {name} = {_value(value)}")
    for programme, kind, severity in each.severities:
        of = f" ({kind})" if kind else ""
        click.echo(f"  {programme}: {'важность' if ru else 'severity'}{of} = {severity}")
    if not each.severities:
        click.echo("  важность: решает правило" if ru else "  severity: the rule decides")
    for programme, kind in each.not_for:
        click.echo(f"  {programme}: {'не для' if ru else 'not for'} {kind}")
    click.echo(f"  docs/rules.md#{each.rule.code}; planner check --rule {each.rule.code} --all --past")


def _standing(each: "Ruling", language: str) -> str:
    word = each.standing.value
    return _STANDING[word] if language == "ru" else word


def _title(each: "Ruling", language: str) -> str:
    from planner.wording.findings import TITLES

    english, russian = TITLES[each.rule.code]
    return russian if language == "ru" else english


def _why(each: "Ruling", language: str) -> str:
    """Why it is off or silent, after a colon; '' for a rule that is on everywhere."""
    reasons = [_off(each.off_in, language)] if each.off_in else []
    if each.need is not None:
        reasons.append(_need(each, language))
    return f": {'; '.join(reasons)}" if reasons else ""


def _off(programmes: tuple[str, ...], language: str) -> str:
    named = ", ".join(programmes)
    if language == "ru":
        return f"нет в наборе start программы {named}"
    return f"the profile start of {named} leaves it out"


def _need(each: "Ruling", language: str) -> str:
    from planner.wording.rules import NEEDS

    assert each.need is not None
    english, russian = NEEDS[each.need]
    return russian if language == "ru" else english


def _value(value: Any) -> str:
    """A value as TOML has it."""
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _data(each: "Ruling", language: str) -> dict[str, Any]:
    return {
        "rule": each.rule.code,
        "title": _title(each, language),
        "standing": each.standing.value,
        "off_in": list(each.off_in),
        "needs": _need(each, language) if each.need is not None else None,
        "parameters": [
            {
                "name": setting.parameter.name,
                "default": setting.parameter.default,
                "said": dict(setting.said),
            }
            for setting in each.settings
        ],
        "severity": [{"programme": code, "kind": kind, "severity": said} for code, kind, said in each.severities],
        "not_for": [{"programme": code, "kind": kind} for code, kind in each.not_for],
    }
