"""What is packed, and that it works where there is no checkout."""

import os
import subprocess
import sys
import venv
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
JOURNEY = """
import pathlib
from planner import sample
for name in (sample.PROGRAMME, sample.LIST):
    pathlib.Path(name).write_bytes(sample.content(name))
"""


def declared() -> ConfigParser:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    return config


def test_every_package_is_declared() -> None:
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("planner", "calendars", "migrations")
        for path in (ROOT / top).rglob("__init__.py")
    }
    mapped = {
        name.replace("migrations", "planner.migrations", 1) if name.startswith("migr") else name for name in found
    }

    assert set(declared()["options"]["packages"].split()) == mapped


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for top in ("planner", "calendars") for path in (ROOT / top).rglob("*.py")}

    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_pyproject_says_only_how_to_build() -> None:
    import tomllib

    assert set(tomllib.loads((ROOT / "pyproject.toml").read_text())) == {"build-system"}


@pytest.mark.slow
def test_wheel_does_the_whole_job_outside_the_checkout(tmp_path: Path) -> None:
    """Builds the wheel, installs it into a bare environment, and runs load, import, check and feed there."""
    run([sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)], tmp_path)
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if name.startswith(("migrations/", "tests/", "benchmarks/"))]
    assert {"planner/migrations/env.py", "planner/sample/programme.toml", "planner/readers/states.toml"} <= set(names)

    bare = tmp_path / "bare"
    venv.create(bare, with_pip=True)
    scripts = bare / ("Scripts" if sys.platform == "win32" else "bin")
    run([str(scripts / "python"), "-m", "pip", "install", "--quiet", str(wheel)], tmp_path)
    run([str(scripts / "python"), "-c", JOURNEY], tmp_path)
    planner = str(scripts / "planner")
    run([planner, "programme", "load", "programme.toml", "--yes", "--by", "A. Writer"], tmp_path)
    run([planner, "import", "programme_2020.csv", "--yes", "--by", "A. Writer"], tmp_path)
    checked = run([planner, "check", "--past"], tmp_path, status=1)
    run([planner, "feed", "write", "calendars"], tmp_path)
    without_driver = run([planner, "--database", "postgresql://planner@localhost/plan", "list"], tmp_path, status=2)

    assert "13 certain, 1 possible     71 events" in checked
    assert len(list((tmp_path / "calendars").glob("*.ics"))) == 28
    assert (
        "needs the PostgreSQL driver, which is not installed; pip install 'council-planner[postgres]'" in without_driver
    )


def run(command: list[str], folder: Path, status: int = 0) -> str:
    # Nobody uses all of what is installed here; what is used compiles itself.
    environment = {**os.environ, "PIP_NO_COMPILE": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr
