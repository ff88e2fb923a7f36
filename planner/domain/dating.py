"""What the date grammar must know of a programme and a place."""

from planner.domain.dates import Context
from planner.domain.register import Register
from planner.domain.texts import fold


def context_of(register: Register, zone: str, day_first: bool | None = None) -> Context:
    """The context in which dates of that zone are read; capitals give their names to clocks."""
    programme = register.programme
    capitals = tuple((fold(name), party.zone) for party in register.parties for _, name in party.capital if party.zone)
    return Context(zone, programme.first, programme.last, day_first, capitals)
