from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.web.chart import LANE, Item, Placed, Row, Side, draw, fit, lanes
from planner.web.lettering import cut, text_width

FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)
WORDS = {
    "en": ("Joint", "command", "post", "exercise", "of", "the", "Collective", "Peacekeeping", "Forces", "session"),
    "ru": ("Командно-штабное", "учение", "«Нерушимое", "братство-2020»", "с", "Миротворческими", "заседание"),
}


@st.composite
def items(draw_: st.DrawFn, key: int) -> Item:
    words = WORDS[draw_(st.sampled_from(sorted(WORDS)))]
    label = " ".join(draw_(st.lists(st.sampled_from(words), min_size=1, max_size=8)))[:60]
    begins = FIRST + timedelta(days=draw_(st.integers(-20, 370)))
    ends = begins + timedelta(days=draw_(st.sampled_from([0, 0, 0, 1, 4, 9, 29, 89, 365])))
    return Item(f"E{key}", ((begins, ends),), label, draw_(st.booleans()), draw_(st.booleans()))


@st.composite
def charts(draw_: st.DrawFn, most: int = 60) -> list[Row]:
    count = draw_(st.integers(1, most))
    made = [draw_(items(n)) for n in range(count)]
    split = draw_(st.integers(1, 6))
    return [Row(f"R{n}", f"Row {n}", tuple(made[n::split]), f"Group {n // 2}") for n in range(split)]


def extent(placed: Placed) -> tuple[float, float]:
    """From the leftmost to the rightmost of what is drawn, bars and text alike."""
    wide = text_width(placed.label, 12)
    text = (placed.text_x - wide, placed.text_x) if placed.side is Side.LEFT else (placed.text_x, placed.text_x + wide)
    bars = [(bar.x, bar.end) for bar in placed.bars]
    return min(x for x, _ in [text, *bars]), max(x for _, x in [text, *bars])


@given(charts())
@settings(max_examples=40, deadline=None)
def test_draw_in_any_programme_no_label_or_bar_meets_another(rows: list[Row]) -> None:
    no_label_or_bar_meets_another(rows)


def no_label_or_bar_meets_another(rows: list[Row]) -> None:
    chart = draw(rows, FIRST, LAST)

    for row in chart.rows:
        for one, other in combinations(row.items, 2):
            if one.y == other.y:
                (start, end), (other_start, other_end) = extent(one), extent(other)
                assert end <= other_start or other_end <= start, (one, other)


@given(charts())
@settings(max_examples=40, deadline=None)
def test_draw_in_any_programme_shows_each_event_once_within_the_chart(rows: list[Row]) -> None:
    each_event_is_there_once_within_the_chart(rows)


def each_event_is_there_once_within_the_chart(rows: list[Row]) -> None:
    chart = draw(rows, FIRST, LAST)

    for given_row, row in zip(rows, chart.rows, strict=True):
        due = sorted(i.key for i in given_row.items if i.stretches[0][0] <= LAST and i.stretches[0][1] >= FIRST)
        assert sorted(placed.item.key for placed in row.items) == due
        for placed in row.items:
            start, end = extent(placed)
            assert chart.left - 0.2 <= start
            assert end <= chart.width + 0.2


@given(charts())
@settings(max_examples=40, deadline=None)
def test_draw_in_any_programme_uses_as_few_lanes_as_can_be(rows: list[Row]) -> None:
    lanes_are_as_few_as_can_be(rows)


def lanes_are_as_few_as_can_be(rows: list[Row]) -> None:
    chart = draw(rows, FIRST, LAST)

    for row in chart.rows:
        deepest = max(
            (sum(other.start <= one.start < other.end for other in row.items) for one in row.items), default=1
        )
        assert row.height == deepest * LANE


@given(charts(), st.sampled_from([0.4, 0.605, 0.9]))
@settings(max_examples=20, deadline=None)
def test_fit_in_any_programme_is_no_higher_than_the_sheet_and_shows_what_draw_shows(
    rows: list[Row], aspect: float
) -> None:
    fitted, drawn = fit(rows, FIRST, LAST, aspect), draw(rows, FIRST, LAST)

    assert fitted.height <= aspect * fitted.width
    keys = [sorted(placed.item.key for placed in row.items) for row in fitted.rows]
    assert keys == [sorted(placed.item.key for placed in row.items) for row in drawn.rows]


@pytest.mark.soak
@given(charts(300))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_draw_in_any_long_programme_keeps_every_promise(rows: list[Row]) -> None:
    no_label_or_bar_meets_another(rows)
    each_event_is_there_once_within_the_chart(rows)
    lanes_are_as_few_as_can_be(rows)


def test_lanes_when_one_ends_where_another_starts_share_a_lane() -> None:
    assert lanes([(0, 10), (10, 20), (15, 30), (30, 31)]) == [0, 0, 1, 0]


def test_cut_when_the_text_is_too_wide_ends_in_an_ellipsis_that_fits() -> None:
    assert cut("Session", 100, 12) == "Session"
    assert cut("Session of the Council", 60, 12).endswith("…")
    assert text_width(cut("Session of the Council", 60, 12), 12) <= 60
    assert cut("Session", 3, 12) == ""


def test_cut_keeps_whole_words_and_of_one_long_word_its_letters() -> None:
    title = "Рассмотрение плана реализации Стратегии · II полугодие"

    assert cut(title, text_width("Рассмотрение плана реализации Стра…", 12) + 1, 12) == "Рассмотрение плана реализации…"
    assert cut(title, text_width("Рассмотрение плана реализации Стратегии ·…", 12) + 1, 12) == (
        "Рассмотрение плана реализации Стратегии…"
    )
    assert cut(title, text_width("Рассмотр…", 12) + 1, 12) == "Рассмотр…"


def test_draw_puts_a_label_inside_else_right_else_left() -> None:
    year = Item("A", ((FIRST, LAST),), "Throughout")
    spring = Item("B", ((date(2020, 3, 1), date(2020, 3, 1)),), "Meeting")
    late = Item("C", ((date(2020, 12, 30), date(2020, 12, 30)),), "Meeting")

    row = draw([Row("R", "Row", (year, spring, late))], FIRST, LAST).rows[0]

    assert {placed.item.key: placed.side for placed in row.items} == {
        "A": Side.INSIDE,
        "B": Side.RIGHT,
        "C": Side.LEFT,
    }
