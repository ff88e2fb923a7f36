"""The status an event gets where a list says only that it is planned."""

from collections.abc import Mapping

from planner.domain.event import Status
from planner.domain.register import Register
from planner.domain.window import When, without_date

APPROVED_OR_PROPOSED = "approved-or-proposed"
"""What a programme's status words may mean: approved where a paper stands behind it or none is needed."""


RUSSIAN: Mapping[Status, str] = {
    Status.DRAFT: "черновик",
    Status.PROPOSED: "предложено",
    Status.APPROVED: "утверждено",
    Status.CONFIRMED: "подтверждено",
    Status.POSTPONED: "отложено",
    Status.CANCELLED: "отменено",
    Status.HELD: "состоялось",
}
"""What each is called in Russian, in pages and in lists; a programme's own words go before."""


def settle_status(values: Mapping[str, object], register: Register, kind: str, decision: str) -> Mapping[str, object]:
    """The values with a status of the seven, and without a date where the status is *postponed*.

    'approved-or-proposed' is approved when a decision is named or the kind needs none, else proposed.
    """
    settled = dict(values)
    if settled.get("status") == APPROVED_OR_PROPOSED:
        settled["status"] = approved_or_proposed(register, kind, decision)
    when = settled.get("when")
    if settled.get("status") is Status.POSTPONED and isinstance(when, When):
        settled["when"] = without_date(when)
    return settled


def approved_or_proposed(register: Register, kind: str, decision: str) -> Status:
    """Approved when a decision is named or the kind needs none, else proposed. Unknown kinds need one."""
    its = register.kind(kind)
    needs = its is None or its.needs_decision
    return Status.APPROVED if decision or not needs else Status.PROPOSED
