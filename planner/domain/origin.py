"""How a document was exported: what must be known to tell which of its cells somebody has changed since."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """In which language its cells are, since which revision it marks changes (None: it marks none), how dates stand.

    Dates are in the words of their source, where these are in that language, unless they are `official`. `columns` are
    those it has beside the ones of an approved table.
    """

    language: str
    since: int | None = None
    official: bool = False
    columns: tuple[str, ...] = ()
