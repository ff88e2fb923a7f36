"""What a request on a feed path asks for."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs

from planner.domain.address import digest_of

PRIVATE, PUBLIC = "/f/", "/public/"
_HEADERS = {b"if-none-match": 0, b"if-modified-since": 1, b"accept-encoding": 2, b"user-agent": 3}


class Asked(NamedTuple):
    """The headers that decide an answer, and the name the calendar program gives itself; b'' for what is not there."""

    etags: bytes
    since: bytes
    encodings: bytes
    program: bytes

    @property
    def takes_gzip(self) -> bool:
        """True when the client says so; what it does not name it is not sent."""
        if b"q" not in self.encodings:
            return b"gzip" in self.encodings
        for each in self.encodings.split(b","):
            coding, _, weight = each.partition(b";")
            if coding.strip() in {b"gzip", b"x-gzip"}:
                return weight.replace(b" ", b"").rstrip(b"0").rstrip(b".") not in {b"q=", b"q=0"}
        return False


class Target(NamedTuple):
    """What a path means: the digest of a private address, or '' and a public feed, maybe of a named programme."""

    digest: str
    programme: str
    name: str
    is_free_busy: bool


def asked(headers: Iterable[tuple[bytes, bytes]]) -> Asked:
    """What these headers say. Names are in small letters, as ASGI has them."""
    found = [b"", b"", b"", b""]
    for name, value in headers:
        place = _HEADERS.get(name)
        if place is not None:
            # A header that stands twice means the same as one list (RFC 9110, 5.3).
            found[place] = found[place] + b"," + value if found[place] else value
    return Asked(*found)


@lru_cache(maxsize=10_000)
def target(path: str) -> Target | None:
    """What a path below the server's own says; None when it cannot be an address of ours.

    Subscribers ask for the same paths all day, so what they mean is remembered. A token is not looked at, only its
    digest taken: whatever stands there goes the same way.
    """
    _, area, *names = path.split("/")
    stem, _, ending = names[-1].rpartition(".")
    if ending not in {"ics", "ifb"} or not stem:
        return None
    is_free_busy = ending == "ifb"
    if area == "f":
        return Target(digest_of(names[0]), "", stem, is_free_busy) if len(names) == 2 else None
    if len(names) > 2:
        return None
    return Target("", names[0] if len(names) == 2 else "", stem, is_free_busy)


def zone(query: bytes) -> str:
    """The zone a query asks for, '' for none. What else stands there is passed over: some programs add to it."""
    if not query:
        return ""
    try:
        return parse_qs(query.decode("ascii")).get("tz", [""])[-1].casefold()
    except (UnicodeDecodeError, ValueError):
        return ""
