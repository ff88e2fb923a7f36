"""The paper that approved something."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from planner.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item of an approved list, with the words it was approved in."""

    number: str
    title: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision and the list it approved. Approval is a fact with a paper, apart from confirmation by the host."""

    sort: ClassVar[str] = "decision"

    programme: str
    code: str
    titles: Texts = ()
    aliases: tuple[str, ...] = ()
    body: str = ""
    number: str = ""
    day: date | None = None
    items: tuple[Item, ...] = ()
