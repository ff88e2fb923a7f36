"""Moves by a change of zone rules, in words."""

from zoneinfo import ZoneInfo

from planner.domain.shift import Shift
from planner.wording.entries import pick


def say_shift(shift: Shift, language: str) -> str:
    """One sitting on one line: "PC-5  2024-05-10 10:00 Asia/Almaty: was 04:00 UTC (tzdata 2023.4), is 05:00 UTC"."""
    local = shift.now.astimezone(ZoneInfo(shift.zone))
    part = "" if shift.part == 1 else f"/{shift.part}"
    was, now = f"{shift.was:%Y-%m-%d %H:%M}", f"{shift.now:%Y-%m-%d %H:%M}"
    by = f" (tzdata {shift.tzdata})" if shift.tzdata else ""
    said = pick((f"was {was} UTC{by}, is {now} UTC", f"было {was} UTC{by}, стало {now} UTC"), language)
    return f"{shift.ref}{part}  {local:%Y-%m-%d %H:%M} {shift.zone}: {said}"
