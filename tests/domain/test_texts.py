import pytest

from planner.domain.texts import Names, fold, text_in, texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«Нерушимое  братство – 2020»", "нерушимое братство-2020"),
        ("Объединённый штаб", "ОБЪЕДИНЕННЫЙ ШТАБ."),
        ("Сроки\nпроведения", "сроки проведения"),
        ("(member states)", "Member States"),
        ("Сроки проведе\u00adния", "Сроки проведения"),
    ],
)
def test_names_that_differ_in_writing_alone_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_text_is_in_the_language_asked_else_in_any() -> None:
    both = texts(en="exercise", ru="учение")

    assert [text_in(language, both) for language in ("en", "ru", "hy")] == ["exercise", "учение", "exercise"]
    assert text_in("ru", texts(en="short"), both) == "учение"
    assert text_in("en", ()) == ""


def test_name_that_two_things_share_finds_neither_but_a_code_its_own() -> None:
    names = Names([("A", ["Range", "First"]), ("B", ["Range", "A"])])

    assert [names.find(text) for text in ("range", "first", "a", "none")] == [None, "A", "A", None]


def test_nearest_names_are_those_that_look_alike() -> None:
    names = Names([("exercise", ["Учение"]), ("operation", ["Операция"])])

    assert names.nearest("exercize") == ("exercise",)
    assert names.nearest("xyz") == ()
