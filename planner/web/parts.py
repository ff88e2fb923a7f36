"""Long lists on pages, some of them at a time: `?page=2`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.exceptions import HTTPException

from planner.web.site import Site

EachT = TypeVar("EachT")


@dataclass(frozen=True, slots=True)
class Part(Generic[EachT]):
    """What of a list stands on a page, which page it is, and how many there are."""

    shown: Sequence[EachT]
    number: int
    pages: int


def part_of(site: Site, listed: Sequence[EachT], at_once: int) -> Part[EachT]:
    """The part that the address asks for, the first without; 404 past the last."""
    pages = max(-(-len(listed) // at_once), 1)
    text = site.query.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 10) or not 1 <= int(text) <= pages:
        raise HTTPException(404)
    number = int(text)
    return Part(listed[(number - 1) * at_once : number * at_once], number, pages)
