from datetime import UTC, datetime, timedelta

from planner.domain.address import Address
from planner.services.daily import Outcome, State, Step, judged, silent_addresses

NOW = datetime(2020, 4, 1, 8, tzinfo=UTC)


def an_address(number: int, made_days: int, fetched_days: int | None = None, **fields: object) -> Address:
    fetched = None if fetched_days is None else NOW - timedelta(days=fetched_days)
    made = NOW - timedelta(days=made_days)
    return Address(number, "ORG-2020", "all.en", "Embassy", made, "A. Writer", fetched=fetched, **fields)  # type: ignore[arg-type]


def test_silent_addresses_are_the_open_ones_nobody_fetched_for_so_long() -> None:
    addresses = [
        an_address(1, made_days=60, fetched_days=13),
        an_address(2, made_days=60, fetched_days=15),
        an_address(3, made_days=15),
        an_address(4, made_days=13),
        an_address(5, made_days=60, revoked=NOW),
        an_address(6, made_days=60, expires=NOW),
        an_address(7, made_days=60, replaced_by=1),
    ]

    assert silent_addresses(addresses, NOW, 14) == ("2 (Embassy)", "3 (Embassy)")


def test_step_that_names_nothing_is_well() -> None:
    assert judged(Step.LAYERS, ()) == Outcome(Step.LAYERS, State.WELL)
    assert judged(Step.LAYERS, ["fairs"]) == Outcome(Step.LAYERS, State.LOOK, 1, ("fairs",))
    assert [Outcome(Step.ZONES, state).needs_person for state in State] == [False, True, False, True]
