"""What is remembered of the files a programme was read from: lists, and calendars of outside events."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Layout:
    """What a person said the columns of a list are read as, remembered for lists of the same headings.

    `code` is those headings, folded and joined by bars; `columns` pair a folded heading with a column, '' for one that
    is not to be read, sorted.
    """

    sort: ClassVar[str] = "layout"

    programme: str
    code: str
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NamedList:
    """The file a list was last read from, where reading it changed nothing else: what it says counts from then on."""

    sort: ClassVar[str] = "list"

    programme: str
    code: str
    file_name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """A calendar of outside events, read from a file and never edited here. `day` is when it was last read.

    Its events are of that kind; `parties` and `level` are those who take part in them where the file does not say.
    An `avoid` layer is kept free of our own events. `file_name` and `sha256` are of the file as it was read.
    """

    sort: ClassVar[str] = "layer"

    programme: str
    code: str
    file_name: str
    sha256: str
    day: date
    kind: str = ""
    level: str = ""
    parties: tuple[str, ...] = ()
    avoid: bool = False
