"""The documentation as a site: it builds without a dead link, and asks nobody else for anything."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_page_stands_in_the_navigation() -> None:
    named = re.findall(r": ([\w/.-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert sorted(named) == sorted(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))


def test_site_builds_strictly_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert built.returncode == 0, built.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    loaded = [
        (page.name, found)
        for page in pages
        for found in re.findall(
            r"<(?:script|link|img)[^>]*(?:src|href)=\"?(https?://[^\" >]*)", page.read_text("utf-8")
        )
    ]
    assert loaded == []
    assert len(pages) > 25
