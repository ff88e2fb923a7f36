"""The rules: one module each, one code each, one section each in docs/rules.md."""

from planner.rules import (
    force_double_booked,
    holiday_of_host,
    holiday_of_participant,
    participant_double_booked,
    phase_outside_whole,
    place_double_booked,
)
from planner.rules.rule import Need, Rule

RULES: tuple[Rule, ...] = (
    participant_double_booked.RULE,
    place_double_booked.RULE,
    force_double_booked.RULE,
    holiday_of_host.RULE,
    holiday_of_participant.RULE,
    phase_outside_whole.RULE,
)
"""Every rule, by code."""

START = frozenset({"C01", "C02", "C04", "C08", "C15", "C20"})
"""Codes of the profile for a first month."""

__all__ = ["RULES", "START", "Need", "Rule"]
