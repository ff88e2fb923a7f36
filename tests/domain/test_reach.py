import pytest

from planner.domain.reach import Client, Range, Reach

FROM_OUTSIDE = {Client.GOOGLE, Client.OUTLOOK_WEB}


@pytest.mark.parametrize(
    ("url", "is_internal", "expected"),
    [
        ("https://plan.example.org/planner", False, Range.ANYWHERE),
        ("https://plan.example.org", True, Range.NETWORK),
        ("https://93.184.216.34", False, Range.ANYWHERE),
        ("http://127.0.0.1:8020", False, Range.MACHINE),
        ("http://[::1]:8020", True, Range.MACHINE),
        ("http://localhost:8020", False, Range.MACHINE),
        ("http://10.1.2.3", False, Range.NETWORK),
        ("http://[fd00::1]", False, Range.NETWORK),
        ("http://planner", False, Range.NETWORK),
        ("http://planner.secretariat.local", False, Range.NETWORK),
    ],
)
def test_reach_is_as_far_as_the_address_and_the_setting_allow(url: str, is_internal: bool, expected: Range) -> None:
    reach = Reach(url, is_internal)

    assert reach.range is expected
    assert reach.contradiction == (not is_internal and expected is not Range.ANYWHERE)
    assert {client for client in Client if not reach.reaches(client)} == (
        set() if expected is Range.ANYWHERE else FROM_OUTSIDE
    )
    assert all(reach.reaches(client) for client in reach.shown)
    assert len(reach.shown) == 4


def test_reach_of_an_address_nobody_set_contradicts_nothing() -> None:
    assert not Reach("http://127.0.0.1:8020", is_set=False).contradiction
