"""Writes docs/pictures/*.png, the pages of the sample programme: `python -m tests.pictures [FOLDER]`."""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageColor

from planner import sample
from planner.domain.person import PersonRole
from planner.web.rendering import HERE
from tests.browser.browsing import browser, serving, window
from tests.web.sites import invite, sample_database

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
PAGES = {
    "year": "year",
    "list": "list",
    "event": "event/EX-2020-UB",
    "conflicts": "conflicts",
    "subscribe": "subscribe",
    "import": "import",
    "preview": "import",
    "coverage": "coverage",
    "changes": "changes",
}
WINDOWS = (("1440", 1440, "light"), ("1440-dark", 1440, "dark"), ("390", 390, "light"), ("390-dark", 390, "dark"))
KEPT = {"en-1440", "en-1440-dark", "ru-1440", "en-390", "ru-390-dark"}
"""Of all looks those that are kept in the repository; the others are written to a folder that is named."""
LESSER = {"import", "preview", "coverage", "changes"}
KEPT_OF_LESSER = {"en-1440", "ru-390-dark"}
MOST_HIGH = 1800


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place, browser() as running:
        location = sample_database(Path(place), sample.LIST_AS_PLANNED)
        with serving(location) as url:
            token = invite(location, "Anna Petrova", PersonRole.COORDINATOR)
            for name, picture in shots(running, url, token, names, folder != FOLDER):
                path = folder / f"{name}.png"
                save(picture, path)
                print(path, path.stat().st_size // 1024, "kB")


def shots(running: Any, url: str, token: str, names: list[str], is_all: bool) -> Iterator[tuple[str, bytes]]:
    state = None
    for label, width, look in WINDOWS:
        with window(running, url, width, look, storage_state=state) as seen:
            page = seen.page
            if state is None:
                page.goto(f"/in/{token}")
                page.get_by_role("button").click()
                state = page.context.storage_state()
            for language in ("en", "ru"):
                for name, path in PAGES.items():
                    is_wanted = name in names if names else is_all or f"{language}-{label}" in kept_of(name)
                    if not is_wanted:
                        continue
                    answer = page.goto(f"/{language}/{path}")
                    if name == "preview":
                        page.set_input_files("#file", corrected())
                        page.locator("main button.primary").click()
                    if answer.status == 200:
                        high = min(page.evaluate("document.documentElement.scrollHeight"), MOST_HIGH)
                        clip = {"x": 0, "y": 0, "width": width, "height": high}
                        yield f"{name}-{language}-{label}", page.screenshot(clip=clip, full_page=True)
    if names and "print" not in names:
        return
    with window(running, url, 1512, storage_state=state) as seen:
        for language in ("en", "ru"):
            seen.page.goto(f"/{language}/sheet")
            seen.page.emulate_media(media="print")
            yield (
                f"print-{language}",
                seen.page.screenshot(clip={"x": 0, "y": 0, "width": 1587, "height": 1123}, full_page=True),
            )


def kept_of(name: str) -> set[str]:
    return KEPT_OF_LESSER if name in LESSER else KEPT


def corrected() -> dict[str, Any]:
    """The list as it stands today, with a row at its end whose day there is not."""
    wrong = b"X-1,A meeting,,statutory_meeting,PC,RU,,Moscow,31.04.2020,31.04.2020\n"
    return {"name": sample.LIST, "mimeType": "text/csv", "buffer": sample.content(sample.LIST) + wrong}


def save(picture: bytes, path: Path) -> None:
    """As a PNG of 256 colours, the tokens of the stylesheet exact among them: a third of the size."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    css = (HERE / "static" / "planner.css").read_text(encoding="utf-8")
    tokens = [ImageColor.getrgb(colour) for colour in re.findall(r"#[0-9a-f]{6}", css)]
    counted = image.getcolors(image.width * image.height) or []
    there = {colour for _, colour in counted}
    most = [colour for _, colour in sorted(counted, reverse=True)]
    colours = list(dict.fromkeys([*(each for each in tokens if each in there), *most]))[:256]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    target = Path(given.pop(0)) if given and "/" in given[0] else FOLDER
    main(target, given)
