"""The rules: one module each, one code each, one section each in docs/rules.md."""

from planner.rules import (
    authority_missing,
    body_meets_too_seldom,
    chair_elsewhere,
    date_still_vague,
    delegation_overloaded,
    facility_short,
    force_double_booked,
    force_without_recovery,
    holiday_of_host,
    holiday_of_participant,
    host_overloaded,
    journey_too_short,
    milestone_late,
    nobody_accountable,
    notice_short,
    official_double_booked,
    out_of_order,
    outside_date_taken,
    participant_double_booked,
    past_unsettled,
    phase_outside_whole,
    place_double_booked,
    priority_uncovered,
    quorum_missed,
    told_twice,
    video_at_night,
    weekend,
)
from planner.rules.rule import Need, Rule

RULES: tuple[Rule, ...] = (
    participant_double_booked.RULE,
    place_double_booked.RULE,
    host_overloaded.RULE,
    force_double_booked.RULE,
    official_double_booked.RULE,
    out_of_order.RULE,
    milestone_late.RULE,
    holiday_of_host.RULE,
    holiday_of_participant.RULE,
    weekend.RULE,
    journey_too_short.RULE,
    video_at_night.RULE,
    force_without_recovery.RULE,
    outside_date_taken.RULE,
    told_twice.RULE,
    quorum_missed.RULE,
    authority_missing.RULE,
    chair_elsewhere.RULE,
    date_still_vague.RULE,
    phase_outside_whole.RULE,
    delegation_overloaded.RULE,
    facility_short.RULE,
    notice_short.RULE,
    priority_uncovered.RULE,
    nobody_accountable.RULE,
    body_meets_too_seldom.RULE,
    past_unsettled.RULE,
)
"""Every rule, by code."""

START = frozenset({"C01", "C02", "C04", "C08", "C15", "C20"})
"""Codes of the profile for a first month."""

__all__ = ["RULES", "START", "Need", "Rule"]
