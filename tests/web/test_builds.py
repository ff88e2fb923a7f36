"""Builds: once per state, shared by those who wait, and the last good one where making fails or takes too long."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

import pytest

from planner.errors import NotFound, Unavailable, problem
from planner.web.builds import Builds, Made, Patience, State

QUICK = Patience(with_last=0.1, without=0.3, after_failure=0.2)
T = TypeVar("T")


class Maker:
    """Gives its revision and how often it was asked; it fails, or waits for `goes_on`, when told to."""

    def __init__(self) -> None:
        self.revision, self.count = 1, 0
        self.error: Exception | None = None
        self.goes_on = Event()
        self.goes_on.set()

    def __call__(self, key: str) -> tuple[int, str]:
        self.count += 1
        self.goes_on.wait(5)
        if self.error is not None:
            raise self.error
        return self.revision, f"{key} {self.revision}"


@pytest.fixture
def maker() -> Maker:
    return Maker()


def run(maker: Maker, act: Callable[[Builds[str, str]], Awaitable[T]]) -> T:
    async def main() -> T:
        with ThreadPoolExecutor(1) as aside:
            try:
                return await act(Builds(maker, aside, QUICK))
            finally:
                maker.goes_on.set()

    return asyncio.run(main())


def test_state_is_built_once_however_many_ask(maker: Maker) -> None:
    async def act(builds: Builds[str, str]) -> list[Made[str]]:
        return [
            *await asyncio.gather(*(builds.get("a", State(1, 1)) for _ in range(50))),
            await builds.get("a", State(1, 1)),
        ]

    assert run(maker, act) == [Made(State(1, 1), "a 1")] * 51
    assert maker.count == 1


def test_newer_revision_and_other_connection_are_built_anew(maker: Maker) -> None:
    async def act(builds: Builds[str, str]) -> list[str]:
        found = [(await builds.get("a", State(1, 1))).value]
        maker.revision = 2
        found.append((await builds.get("a", State(1, 2))).value)
        await builds.get("a", State(2, 2))
        return found

    assert run(maker, act) == ["a 1", "a 2"]
    assert maker.count == 3


def test_build_begun_before_the_look_up_does_not_answer_it(maker: Maker) -> None:
    async def act(builds: Builds[str, str]) -> str:
        maker.goes_on.clear()
        early = asyncio.create_task(builds.get("a", State(1, 1)))
        await asyncio.sleep(0.02)
        late = asyncio.create_task(builds.get("a", State(1, 2)))
        await asyncio.sleep(0.02)
        maker.goes_on.set()
        await early
        maker.revision = 2
        return (await late).value

    assert run(maker, act) == "a 2"


def test_build_that_fails_leaves_the_last_good_one_and_is_not_tried_again_at_once(maker: Maker) -> None:
    async def act(builds: Builds[str, str]) -> tuple[list[str], int, str]:
        await builds.get("a", State(1, 1))
        maker.revision, maker.error = 2, RuntimeError("broken")
        failed = [(await builds.get("a", State(1, 2))).value for _ in range(5)]
        count, maker.error = maker.count, None
        await asyncio.sleep(0.25)
        return failed, count, (await builds.get("a", State(1, 2))).value

    assert run(maker, act) == (["a 1"] * 5, 2, "a 2")


def test_build_that_takes_too_long_leaves_the_last_good_one_and_is_kept_when_done(maker: Maker) -> None:
    async def act(builds: Builds[str, str]) -> tuple[str, str]:
        await builds.get("a", State(1, 1))
        maker.revision = 2
        maker.goes_on.clear()
        meanwhile = (await builds.get("a", State(1, 2))).value
        maker.goes_on.set()
        return meanwhile, (await builds.get("a", State(1, 2))).value

    assert run(maker, act) == ("a 1", "a 2")
    assert maker.count == 2


def test_build_without_a_last_good_one_is_unavailable_when_it_fails_or_takes_too_long(maker: Maker) -> None:
    async def act(builds: Builds[str, str]) -> None:
        maker.goes_on.clear()
        with pytest.raises(Unavailable, match="could not be made yet"):
            await builds.get("slow", State(1, 1))
        maker.error = RuntimeError("broken")
        maker.goes_on.set()
        with pytest.raises(Unavailable):
            await builds.get("broken", State(1, 1))

    run(maker, act)


def test_what_the_plan_no_longer_has_is_not_served_from_memory(maker: Maker) -> None:
    async def act(builds: Builds[str, str]) -> Made[str] | None:
        await builds.get("a", State(1, 1))
        maker.error = NotFound(problem("", "gone"))
        with pytest.raises(NotFound):
            await builds.get("a", State(1, 2))
        return builds.last_good("a")

    assert run(maker, act) is None
