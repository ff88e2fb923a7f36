"""Running the application: one process or several on one socket, stopped without losing what was gathered."""

import os
import socket
import zoneinfo
from pathlib import Path

import uvicorn
from uvicorn.supervisors import Multiprocess

from planner.errors import BadInput, problem
from planner.settings import Settings, load_settings
from planner.web import logs
from planner.web.answers import App
from planner.web.application import application

STOP_SECONDS = 10
"""So long a stop waits for answers that are being sent."""


def make_application() -> App:
    """The application of a worker process: it reads the environment, in which `serve` left what was said."""
    if os.environ.get("PLANNER_SYSTEM_TZDATA") != "1":
        zoneinfo.reset_tzpath(())
    settings = load_settings(Path.cwd(), os.environ)
    logs.set_up(settings.log_level)
    return application(settings)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises BadInput when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        found = f"cannot be listened on ({error.strerror})"
        raise BadInput(
            problem(f"{host}:{port}", found, remedy="see what runs there, or say --port or --host")
        ) from error
    listening.set_inheritable(True)
    return listening


def serve(settings: Settings, listening: socket.socket, *, system_tzdata: bool) -> None:
    """Answers requests until it is told to stop (SIGINT, SIGTERM), then ends what it began and writes the ledger."""
    _leave_in_environment(settings, system_tzdata=system_tzdata)
    config = uvicorn.Config(
        "planner.web.serving:make_application",
        factory=True,
        workers=settings.workers,
        access_log=False,  # it prints whole paths, and so tokens; ours does not
        log_config=None,
        server_header=False,
        # By default uvicorn believes whatever runs on this machine; ours are named or there are none.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_keep_alive=30,
    )
    logs.set_up(settings.log_level)
    if settings.workers == 1:
        uvicorn.Server(config).run(sockets=[listening])
    else:
        Multiprocess(config, sockets=[listening]).run()


def _leave_in_environment(settings: Settings, *, system_tzdata: bool) -> None:
    """Worker processes begin anew and know only the environment."""
    os.environ |= {
        "PLANNER_DATABASE": settings.database,
        "PLANNER_PROGRAMME": settings.programme,
        "PLANNER_PORT": str(settings.port),
        "PLANNER_HOST": settings.host,
        "PLANNER_SYSTEM_TZDATA": "1" if system_tzdata else "0",
    }
