"""Templates with their language: messages from the catalogue, dates and names from the wording."""

import gettext
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

HERE = Path(__file__).parent
LANGUAGES: Mapping[str, str] = {"en": "English", "ru": "Русский"}
"""The languages of the pages, each by its own name."""


def render(template: str, language: str, **values: Any) -> str:
    """The page in that language. Every value is escaped; a name the template does not know is a mistake."""
    return environment(language).get_template(template).render(**values)


@cache
def environment(language: str) -> Environment:
    """The templates in one language, made once."""
    made = Environment(
        loader=PackageLoader("planner.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_short,
    )
    # The method is the extension's own; it is added to the environment when the extension is.
    made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals["language"] = language
    made.globals["languages"] = LANGUAGES
    return made


def _short(value: object) -> object:
    """A whole number without its ".0": a chart has a thousand of them."""
    return int(value) if type(value) is float and value.is_integer() else value


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The messages of that language; English is what stands in the templates."""
    return gettext.translation("planner", HERE / "locale", [language], fallback=language == "en")


@cache
def stylesheet() -> Markup:
    """The one stylesheet without its remarks and blanks, to be put into a page as it is.

    It is our own file, no word of it comes from outside.
    """
    text = (HERE / "static" / "planner.css").read_text(encoding="utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    return Markup(re.sub(r" ?([{};,>]) ?|(:) ", r"\1\2", text).replace(";}", "}").strip())  # noqa: S704
