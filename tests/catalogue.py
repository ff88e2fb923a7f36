"""The catalogues of the pages: `python -m tests.catalogue` gathers messages from templates and code, and compiles."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent.parent / "planner" / "web"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "say_many": (1, 2)}
"""How messages are marked: `_` in templates, `say` and `say_many` where code has the catalogue at hand."""


def gathered() -> Catalog:
    """Every message that templates and code say, without translations."""
    catalog = Catalog()
    found = extract_from_dir(WEB, METHODS, OPTIONS, keywords=KEYWORDS)
    for path, _, message, _, _ in sorted(found, key=lambda each: (each[0], each[1])):
        catalog.add(message, locations=[(path, 0)])
    return catalog


def catalogue_file(language: str) -> Path:
    return WEB / "locale" / language / "LC_MESSAGES" / "planner.po"


def kept(language: str) -> Catalog:
    """The catalogue of that language as it stands in its file."""
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language)


def written(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalog, omit_header=True, no_location=True, sort_output=True, width=120, ignore_obsolete=True)
    return buffer.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext loads it; the same messages give the same bytes on any day."""
    catalog.creation_date = catalog.revision_date = datetime(2020, 1, 1, tzinfo=UTC)
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def main() -> None:
    """Brings the Russian catalogue up to what is said now, and compiles it."""
    catalog = kept("ru") if catalogue_file("ru").exists() else Catalog(locale="ru")
    catalog.update(gathered(), no_fuzzy_matching=True)
    catalogue_file("ru").write_bytes(written(catalog))
    catalogue_file("ru").with_suffix(".mo").write_bytes(compiled(kept("ru")))
    print(f"messages without Russian: {missing(kept('ru'))}")


def missing(catalog: Catalog) -> list[object]:
    """The messages that have no translation, or not one for each plural form."""
    return [
        message.id
        for message in catalog
        if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string])
    ]


if __name__ == "__main__":
    main()
