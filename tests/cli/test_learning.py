"""What a list teaches a programme that knows little."""

from planner import sample
from planner.domain.entries import Body, Family, Force, Kind, Party, PartySort, Place, Priority
from planner.readers.defaults import kinds
from planner.services.learning import Lesson, as_toml, lessons, propose_lessons
from planner.services.lists import File, read_file
from planner.services.programmes import read
from tests.builders import PROGRAMME, a_programme, a_register, texts
from tests.cli.running import Planner

HEADINGS = "title,kind,date_text,body,venue,participants,forces,priority"


def learned(*rows: str) -> tuple[Lesson, ...]:
    register = a_register()
    return lessons(read_file(register, File("\n".join([HEADINGS, *rows]).encode(), "list.csv")), register)


def test_list_of_known_things_teaches_nothing() -> None:
    assert learned("Drill,exercise,May 2020,JS,Moscow,AM;BY,CPF,") == ()


def test_list_teaches_what_it_names_with_the_rows_that_name_it() -> None:
    found = learned(
        "Сбор руководителей,,май 2020,Комитет секретарей,Омск,Красный Крест,Миротворческие силы,P9",
        "Сбор связистов,,май 2020,Комитет секретарей,,,,",
    )

    assert [(type(each.entry), each.entry.code, each.rows) for each in found] == [
        (Kind, "сбор", (2, 3)),
        (Body, "КС", (2, 3)),
        (Party, "КК", (2,)),
        (Force, "МС", (2,)),
        (Place, "омск", (2,)),
        (Priority, "P9", (2,)),
    ]
    kind, party = found[0].entry, found[2].entry
    assert isinstance(kind, Kind)
    assert isinstance(party, Party)
    assert (kind.family, kind.names) == (Family.TRAINING, texts(ru="Сбор"))
    assert (party.party_sort, party.names) == (PartySort.ORGANISATION, texts(ru="Красный Крест"))


def test_codes_that_would_be_the_same_are_told_apart() -> None:
    found = learned("Drill,exercise,May 2020,Joint Secretariat;Junior Staff,,,,")

    assert [each.entry.code for each in found] == ["JS2", "JS3"]


def test_piece_of_a_programme_file_loads_with_the_built_in_kinds_beside_it() -> None:
    register = a_register(a_programme(), kinds=kinds(PROGRAMME))
    file = File(f"{HEADINGS}\nSitting one,sitting,May 2020,JS,Omsk,,,\n".encode(), "list.csv")
    found = lessons(read_file(register, file), register)
    head = (
        f'[programme]\ncode = "{PROGRAMME}"\norganisation = "X"\nchair = "RU"\nfirst = 2020-01-01\nlast = 2020-12-31\n'
        'zone = "Europe/Moscow"\nmembers = ["RU", "AM"]\n'
    )

    loaded = read((head + as_toml(found, register)).encode(), "both.toml")

    assert {kind.code for kind in loaded.kinds} == {"sitting", *(family.value for family in Family)}
    assert [place.code for place in loaded.places] == ["omsk"]
    assert [change.key.code for change in propose_lessons(3, found).changes] == ["sitting", "omsk"]


def test_eight_lines_and_learning_let_the_list_of_2020_in(planner: Planner) -> None:
    planner.file(
        "my.toml",
        '[programme]\ncode = "ORG-2020"\norganisation = "Organisation"\nchair = "BY"\nfirst = 2020-01-01\n'
        'last = 2020-12-31\nzone = "Europe/Minsk"\nmembers = ["AM", "BY", "KZ", "KG", "RU", "TJ"]\n',
    )
    planner.file("list.csv", sample.content(sample.LIST))
    planner("programme", "load", "my.toml", "--yes")

    before = planner("import", "list.csv", "--dry-run")
    taught = planner("programme", "learn", "list.csv", "--out", "learned.toml", "--yes")
    after = planner("import", "list.csv", "--dry-run")

    assert (before.status, taught.status, after.status) == (1, 0, 0)
    assert "! 71 rows I could not read" in before.out
    assert "+ 71 new" in after.out
    assert (planner.folder / "learned.toml").read_text(encoding="utf-8") == taught.out
    assert "Nothing to learn" in planner("programme", "learn", "list.csv", "--yes").err
