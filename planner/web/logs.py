"""The server's own log: one JSON object a line on standard error, with nothing in it that may be a token."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from planner.web.access import without_secrets

_PRIVATE_PATH = re.compile(r"/(f|in|s)/[^/\s\"']+")


class Line(logging.Formatter):
    """A record as JSON. Whatever a library may say of a request, tokens are left out."""

    def format(self, record: logging.LogRecord) -> str:
        data = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": _clean(record.getMessage()),
        }
        if record.exc_info:
            data["trace"] = _clean(self.formatException(record.exc_info))
        return json.dumps(data, ensure_ascii=True)


def _clean(text: str) -> str:
    return without_secrets(_PRIVATE_PATH.sub(r"/\1/…", text))


def set_up(level: str) -> None:
    """Every library's log goes one way, at that level and above."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
