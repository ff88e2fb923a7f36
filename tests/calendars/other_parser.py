"""ical.js under Node, which has nothing in common with Python's icalendar: installed once a run where Node is."""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

VERSION = "2.1.0"
_READER = Path(__file__).with_name("other_parser.mjs")


@cache
def _library() -> str:
    """The path of ical.js, or why it cannot be had, with a question mark before it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return "?Node and npm are not installed"
    folder = mkdtemp(prefix="ical-js-")
    install = [npm, "install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", f"ical.js@{VERSION}"]
    done = subprocess.run(install, capture_output=True, text=True, timeout=120, check=False)
    path = Path(folder) / "node_modules" / "ical.js" / "dist" / "ical.js"
    return str(path) if path.exists() else f"?npm could not install ical.js: {done.stderr.strip()[:200]}"


def read_otherwise(*paths: Path) -> list[dict[str, Any]]:
    """What ical.js finds in these files. Skips where it cannot be had; under CI=true that is a failure."""
    library = _library()
    if library.startswith("?"):
        if os.environ.get("CI") == "true":
            pytest.fail(library[1:])
        pytest.skip(library[1:])
    node = shutil.which("node")
    assert node is not None
    command = [node, str(_READER), library, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
