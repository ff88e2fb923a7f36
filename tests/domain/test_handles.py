"""Ids that last and handles that people type."""

from planner.domain.handles import full_handle, handles, typed


def _shares_four() -> tuple[str, str]:
    """Two ids whose handles begin with the same four letters."""
    seen: dict[str, str] = {}
    for number in range(100_000):
        id_ = f"C01:E{number}"
        four = full_handle(id_)[:4]
        if four in seen:
            return seen[four], id_
        seen[four] = id_
    raise AssertionError("100,000 handles and no two alike")


def test_handles_that_would_be_alike_all_get_longer_and_the_others_do_not() -> None:
    one, other = _shares_four()

    named = handles([one, other, "C02:SOMETHING"])

    assert {len(named[one]), len(named[other])} == {5}
    assert named[one] != named[other]
    assert len(named["C02:SOMETHING"]) == 4
    assert all(full_handle(id_).startswith(handle) for id_, handle in named.items())


def test_handles_do_not_depend_on_the_order_of_what_was_found() -> None:
    ids = [*_shares_four(), *(f"C04:E{n}" for n in range(50))]

    assert handles(ids) == handles(reversed(ids))


def test_handle_is_read_in_small_letters_and_with_letters_that_look_alike() -> None:
    assert typed(" ko1l ") == "K011"
