"""What is packed, and that it works where there is no checkout."""

import os
import subprocess
import sys
import sysconfig
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


WITHOUT_DRIVER = """
import sys
sys.modules["psycopg"] = None
from planner.cli import main
main(["--database", "postgresql://planner@localhost/plan", "list"])
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
    """Builds the wheel and runs load, import, check and feed from it, with nothing of the checkout in reach.

    That what it declares to need suffices is tried by the page of operations, which installs all of it.
    """
    run([sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)], tmp_path)
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if name.startswith(("migrations/", "tests/", "benchmarks/"))]
    assert {"planner/migrations/env.py", "planner/sample/programme.toml", "planner/readers/states.toml"} <= set(names)

    scripts = environment_with(wheel, tmp_path / "bare")
    python, planner = str(scripts / "python"), str(scripts / "planner")
    where = run([python, "-c", "import planner; print(planner.__file__)"], tmp_path)
    run([python, "-c", JOURNEY], tmp_path)
    run([planner, "programme", "load", "programme.toml", "--yes", "--by", "A. Writer"], tmp_path)
    run([planner, "import", "programme_2020.csv", "--yes", "--by", "A. Writer"], tmp_path)
    checked = run([planner, "check", "--past"], tmp_path, status=1)
    run([planner, "feed", "write", "calendars"], tmp_path)
    without_driver = run([python, "-c", WITHOUT_DRIVER], tmp_path, status=2)

    assert Path(where.strip()).is_relative_to(tmp_path)
    assert "13 certain, 1 possible     71 events" in checked
    assert len(list((tmp_path / "calendars").glob("*.ics"))) == 28
    assert (
        "needs the PostgreSQL driver, which is not installed; pip install 'council-planner[postgres]'" in without_driver
    )


def environment_with(wheel: Path, folder: Path) -> Path:
    """Where the commands of an environment are that has this wheel, and sees the packages that the tests have."""
    venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    run(
        [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "-q", "--no-deps", str(wheel)],
        folder,
    )
    there = run([str(scripts / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder)
    Path(there.strip(), "what_the_tests_have.pth").write_text(sysconfig.get_path("purelib"))
    return scripts


def run(command: list[str], folder: Path, status: int = 0) -> str:
    # Nobody uses all of what is installed here; what is used compiles itself.
    environment = {**os.environ, "PIP_NO_COMPILE": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr
