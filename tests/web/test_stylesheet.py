"""Contrasts, computed from the tokens of the stylesheet (WCAG 2.2: text 4.5:1, graphics 3:1), light and dark."""

import re
from itertools import product
from pathlib import Path

import pytest

from planner.web.rendering import HERE, stylesheet

KINDS = ("council", "exercise", "operation", "commemoration", "external", "training")
GROUNDS = ("bg", "surface", "band")
TEXTS = [
    *product(("ink", "muted", "accent"), (*GROUNDS, "accent-soft")),
    *product(("ink",), ("red-soft", "amber-soft", "ok-soft", "rule2", *(f"{kind}-tint" for kind in KINDS))),
    ("muted", "rule2"),
    ("red", "red-soft"),
    ("red", "surface"),
    ("amber", "amber-soft"),
    ("amber", "surface"),
    ("ok", "ok-soft"),
    ("ok", "surface"),
    ("surface", "ink"),
    ("surface", "accent"),
    ("surface", "red"),
    *(("on-bar", kind) for kind in KINDS),
]
"""Every colour of text on every ground it stands on; `on-bar` is the label in a bar, `surface` that of a badge."""
GRAPHICS = [
    *product((*KINDS, "red", "amber", "control", "accent"), GROUNDS),
    *((kind, f"{kind}-tint") for kind in KINDS),
    ("red", "red-soft"),
    ("amber", "amber-soft"),
]
"""Bars, outlines, marks, borders of controls; the hatch of a bar on its tint."""


def css() -> str:
    return (Path(HERE) / "static" / "planner.css").read_text(encoding="utf-8")


def tokens(look: str) -> dict[str, str]:
    """The custom properties of a look; dark overrides light."""
    light, dark = re.findall(r":root \{([^}]*--bg[^}]*)\}", css())
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if look == "dark":
        over = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
        assert set(over) == set(found)
        found |= over
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21, as WCAG defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_text_has_contrast_enough_on_every_ground_it_stands_on(look: str) -> None:
    found = tokens(look)
    contrasts = {(text, ground): contrast(found[text], found[ground]) for text, ground in TEXTS}

    assert {pair: round(value, 2) for pair, value in contrasts.items() if value < 4.5} == {}


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_mark_has_contrast_enough_on_every_ground_it_stands_on(look: str) -> None:
    found = tokens(look)
    contrasts = {(mark, ground): contrast(found[mark], found[ground]) for mark, ground in GRAPHICS}

    assert {pair: round(value, 2) for pair, value in contrasts.items() if value < 3} == {}


def test_no_colour_stands_outside_the_tokens() -> None:
    rules = re.sub(r":root \{[^}]*\}", "", css())

    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= {"#fff"}


def test_every_colour_that_is_used_is_a_token() -> None:
    known = set(tokens("light")) | {"kind", "tint"}

    assert set(re.findall(r"var\(--([\w-]+)", css())) <= known


def test_stylesheet_as_it_is_served_has_every_rule_and_asks_nobody() -> None:
    served = stylesheet()

    assert served.count("{") == re.sub(r"/\*.*?\*/", "", css(), flags=re.DOTALL).count("{")
    assert "url(" not in served
    assert "@import" not in served
