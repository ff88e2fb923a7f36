"""`planner doctor --zones`: what a change of zone rules has moved, and the yes that keeps the local time."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import carry_out, reading, say_json, talk
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.shift import Shift
    from planner.store import Snapshot


def settle_zones(settings: Settings, today: date, language: str, form: str, given: dict[str, Any]) -> None:
    """Lists the coming events that were moved, asks, and writes them anew; as JSON it only lists."""
    from planner.services.zoning import coming_shifts, propose_zones

    if form == "json":
        with reading(settings) as snapshot:
            shifts = coming_shifts(snapshot, today)
        say_json([_data(each) for each in shifts])
        click.get_current_context().exit(1 if shifts else 0)
    carry_out(
        settings,
        lambda snapshot: propose_zones(snapshot, today),
        lambda snapshot, _: _show(snapshot, today, language),
        **given,
    )


def _show(snapshot: "Snapshot", today: date, language: str) -> None:
    from planner.services.zoning import coming_shifts
    from planner.wording.zones import say_shift

    shifts = coming_shifts(snapshot, today)
    for each in shifts:
        click.echo(say_shift(each, language))
    if not shifts:
        talk("Перенесённых нет." if language == "ru" else "No coming event was moved by a change of zone rules.")


def _data(shift: "Shift") -> dict[str, Any]:
    return {
        "programme": shift.programme,
        "ref": shift.ref,
        "part": shift.part,
        "zone": shift.zone,
        "was": shift.was.isoformat(),
        "is": shift.now.isoformat(),
        "later_minutes": int(shift.later.total_seconds()) // 60,
        "written_by_tzdata": shift.tzdata,
    }
