"""The server: `serve`."""

from dataclasses import replace

import click

from planner.cli.common import talk
from planner.settings import Settings


@click.command()
@click.option("--host", help="The network address to listen on.  [default: PLANNER_HOST or 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 takes a free one.  [default: 8020]")
@click.option("--workers", type=click.IntRange(1, 64), help="How many processes answer.  [default: 1]")
@click.pass_context
def serve(ctx: click.Context, host: str | None, port: int | None, workers: int | None) -> None:
    """Deliver feeds to calendar programs, and pages to people, until it is stopped with Ctrl-C or SIGTERM.

    It listens on this machine alone unless told otherwise; docs/serving.md says how to put a proxy in front of it.

    \b
    planner serve
    planner serve --port 8100 --workers 2
    PLANNER_URL=https://plan.example.org planner serve
    """
    import signal
    import sys

    # The server's libraries take half a second to load.
    from planner.web.serving import listen
    from planner.web.serving import serve as run

    asked: Settings = ctx.obj
    settings = replace(
        asked,
        host=host or asked.host,
        port=asked.port if port is None else port,
        workers=workers or asked.workers,
    )
    _look_at(settings.database)
    listening = listen(settings.host, settings.port)
    settings = replace(settings, port=listening.getsockname()[1])
    where = f"{settings.host}:{settings.port}"
    talk(f"Serving at {settings.public_url}, listening on {where}. Stop with Ctrl-C.")
    # uvicorn ends what it began, then raises the signal again: the end that was asked for is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        run(settings, listening, system_tzdata=bool(ctx.find_root().params["system_tzdata"]))
    except KeyboardInterrupt:
        ctx.exit(0)


def _look_at(location: str) -> None:
    """Refuses a database that is missing or not ours. One that is only down may come up later than the server."""
    from planner.errors import Unavailable
    from planner.store import open_database

    try:
        database = open_database(location, writes=False)
    except Unavailable as error:
        talk(f"{error}\nIt is asked again with each request; until then subscribers are told to come back later.")
    else:
        talk(f"The plan: {database.shown}")
        database.close()
