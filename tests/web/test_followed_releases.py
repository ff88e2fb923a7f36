"""A feed that follows releases, as a calendar program fetches it from a real server."""

import re
from collections.abc import Callable
from dataclasses import replace

from planner.domain.change import Change
from planner.domain.feed import Feed, Follows
from planner.services.releasing import propose_release
from tests.builders import PROGRAMME, hours
from tests.web.plans import NOW, Served
from tests.web.running import Answer, Server

Serving = Callable[..., Server]


def release(plan: Served) -> None:
    with plan.write("released") as transaction:
        transaction.apply(propose_release(transaction, PROGRAMME, "", NOW.date()).changes)


def move(plan: Served, day: str) -> None:
    with plan.write() as transaction:
        event = transaction.event(PROGRAMME, "EX-2020-A")
        assert event is not None
        transaction.apply([Change(event, replace(event, when=hours(day, 10)))])


def said(answer: Answer) -> tuple[str, int]:
    """The day of the event and its SEQUENCE."""
    entry = answer.body.decode().split("UID:EX-2020-A@")[1].split("END:VEVENT")[0]
    found = re.search(r"DTSTART[^:]*:(\d{8})", entry), re.search(r"SEQUENCE:(\d+)", entry)
    assert found[0] is not None
    assert found[1] is not None
    return found[0][1], int(found[1][1])


def test_feed_made_to_follow_releases_is_served_as_released_and_never_with_a_lower_sequence(
    plan_on_each: Served, serving: Serving
) -> None:
    path = plan_on_each.address().path()
    release(plan_on_each)
    move(plan_on_each, "2020-10-20")
    server = serving(plan_on_each.location)
    as_planned = said(server.ask(path))

    plan_on_each.save(None, Feed(PROGRAMME, "all.en", follows=Follows.RELEASE))
    as_released = server.ask(path)
    move(plan_on_each, "2020-10-21")
    unmoved = server.ask(path, {"If-None-Match": as_released.headers["etag"]})
    release(plan_on_each)
    anew = server.ask(path, {"If-None-Match": as_released.headers["etag"]})

    assert (as_planned, said(as_released), unmoved.status) == (("20201020", 1), ("20201012", 3), 304)
    assert (anew.status, said(anew)) == (200, ("20201021", 5))
