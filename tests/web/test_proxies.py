"""The proxy samples of the documentation: no token may stand in a proxy's own log, whatever the path."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.web.plans import Served
from tests.web.running import ROOT, Server

SAMPLES = ROOT / "docs" / "proxies"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
TOKEN = "s3cret-" + "x" * 36
PATHS = {
    f"/f/{TOKEN}/all.en.ics": "/f/.../all.en.ics",
    f"/planner/f/{TOKEN}/all.en.ics": "/planner/f/.../all.en.ics",
    f"/a/b/f/{TOKEN}": "/a/b/f/...",
    f"/in/{TOKEN}": "/in/...",
    f"/planner/in/{TOKEN}": "/planner/in/...",
    "/public/public.en.ics": "/public/public.en.ics",
    "/en/list": "/en/list",
    "/": "/",
}


def masked(pattern: str, replacement: str, path: str) -> str:
    """What a proxy writes for that path by that rule of its sample."""
    return re.sub(pattern.replace("(?<", "(?P<"), lambda found: found.expand(replacement), path)


def rule(name: str) -> tuple[str, str]:
    """The pattern and replacement with which a sample masks paths, in Python's form."""
    text = (SAMPLES / name).read_text()
    forms = {
        "nginx.conf": (r'"~(.+?)"\s+"(.+?)";', r"\$\{(\w+)\}", r"\\g<\1>"),
        "Caddyfile": (r'request>uri regexp "(.+?)" "(.+?)"', r"\$\{(\w+)\}", r"\\g<\1>"),
        "apache.conf": (r'SetEnvIf Request_URI "(\^\(\(.+?)" planner_path=(\S+)', r"\$(\d)", r"\\g<\1>"),
    }
    where, reference, ours = forms[name]
    [(pattern, replacement)] = re.findall(where, text)
    return pattern, re.sub(reference, ours, replacement)


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile", "apache.conf"])
def test_sample_keeps_tokens_out_of_the_proxy_s_log(name: str) -> None:
    pattern, replacement = rule(name)

    assert {path: masked(pattern, replacement, path) for path in PATHS} == PATHS


@pytest.mark.parametrize(
    ("name", "forbidden"),
    [
        (
            "nginx.conf",
            r"log_format[^;]*(\$request\b|\$request_uri|\$uri|\$args|\$http_referer)|error_log [^;]*(?<!crit);",
        ),
        ("Caddyfile", r"format (json|console)|common_log"),
        ("apache.conf", r'LogFormat "[^\n]*(%r|%U|%q|%f|Referer)|LogLevel (?!crit)|CustomLog \S+ (?!planner)'),
    ],
)
def test_sample_logs_nothing_else_that_holds_a_path(name: str, forbidden: str) -> None:
    lines = [line for line in (SAMPLES / name).read_text().splitlines() if not line.strip().startswith("#")]

    assert [line for line in lines if re.search(forbidden, line)] == []


@contextmanager
def nginx(folder: Path, upstream: int, location: str) -> Iterator[int]:
    """nginx with the sample as it stands, but for port, certificate, and where it writes; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    text = (SAMPLES / "nginx.conf").read_text()
    text = re.sub(r"^\s*ssl_.*$", "", text, flags=re.MULTILINE)
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace("127.0.0.1:8020", f"127.0.0.1:{upstream}")
    text = text.replace("/var/log/nginx", str(folder)).replace("location / {", f"location {location} {{")
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/main.log debug; events {{ }}\n"
        f"http {{ client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/c; "
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; access_log off;\n{text}\n}}\n"
    )
    assert NGINX is not None
    process = subprocess.Popen([NGINX, "-p", str(folder), "-e", f"{folder}/main.log", "-c", str(settings)])
    try:
        ends = time.monotonic() + 10
        while time.monotonic() < ends and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
@pytest.mark.parametrize("under", ["", "/planner"])
def test_feeds_come_through_nginx_and_its_logs_hold_no_token(
    plan: Served, serving: Callable[..., Server], tmp_path: Path, under: str
) -> None:
    folder = tmp_path / "proxy"
    folder.mkdir(mode=0o755)
    issued = plan.address()
    server = serving(
        plan.location,
        environ={"PLANNER_URL": f"https://plan.example.org{under}", "PLANNER_TRUSTED_PROXIES": "127.0.0.1"},
    )
    path = f"{under}{issued.path()}"
    direct = server.ask(path)

    with nginx(folder, server.port, f"{under}/") as port:
        through = Server(server.process, port, server.out, server.err)
        got = through.ask(path, {"Accept-Encoding": "gzip", "Referer": f"https://plan.example.org{path}"})
        same = through.ask(f"{path}?tz=&secret={issued.token}", {"If-None-Match": direct.headers["etag"]})
        server.stop()
        down = through.ask(path)

    assert (got.status, got.headers["content-encoding"], same.status) == (200, "gzip", 304)
    assert down.status == 502
    logs = "".join(file.read_text() for file in folder.glob("*.log"))
    assert logs.count(issued.token) == 0
    assert f"GET {under}/f/.../all.en.ics 200" in (folder / "planner.log").read_text()
