import pytest

from planner.web.rendering import LANGUAGES
from tests import catalogue


def test_russian_catalogue_has_every_message_that_pages_say() -> None:
    said = {message.id for message in catalogue.gathered() if message.id}
    kept = catalogue.kept("ru")

    assert said - {message.id for message in kept} == set(), "run `python -m tests.catalogue` and translate"
    assert catalogue.missing(kept) == []


def test_compiled_catalogue_is_current() -> None:
    path = catalogue.catalogue_file("ru")

    assert path.with_suffix(".mo").read_bytes() == catalogue.compiled(catalogue.kept("ru"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_a_catalogue_in_each_language(language: str) -> None:
    from planner.web.rendering import catalogue as loaded

    assert loaded(language).ngettext("%(num)d event", "%(num)d events", 5) in {"%(num)d events", "%(num)d мероприятий"}
