import json

from planner.domain.waiver import Waiver
from planner.store.codec import Payload, canonical, decode, encode, shape_of
from tests.builders import PROGRAMME, a_full_event, a_full_feed, a_register, an_event, day


def test_every_record_reads_back_as_it_was_written() -> None:
    register = a_register()
    accepted = Waiver(PROGRAMME, "C01:A+B", "1:0", "deputy attends", "A. Writer", day("2020-10-20"))
    kept = (*register.entries(), accepted, a_full_feed())
    records = [register.programme, *kept, a_full_event(), an_event()]

    read = [decode(record.sort, shape_of(record.sort), encode(record)) for record in records]

    assert read == records


def test_payload_is_canonical_and_leaves_defaults_out() -> None:
    payload = encode(an_event("A", states=()))

    assert payload == canonical(json.loads(payload))
    assert set(json.loads(payload)) == {"kind", "programme", "ref", "status", "titles", "when"}


def test_payload_of_an_older_shape_is_read_through_its_steps() -> None:
    """A made-up history: shape 1 had one title, shape 2 has titles, shape 3 calls the field `status`."""

    def titles(payload: Payload) -> Payload:
        return {"titles": [["en", payload.pop("title")]], **payload}

    def status(payload: Payload) -> Payload:
        return {"status": payload.pop("state"), **payload}

    steps = {"event": (titles, status)}
    old = {"ref": "A", "programme": "TEST-2020", "kind": "exercise", "title": "Frontier", "state": "approved"}
    newer = {**{k: v for k, v in old.items() if k != "title"}, "titles": [["en", "Frontier"]]}
    today = {
        "ref": "A",
        "programme": "TEST-2020",
        "kind": "exercise",
        "titles": [["en", "Frontier"]],
        "status": "approved",
    }

    read = [decode("event", n, canonical(each), steps) for n, each in ((1, old), (2, newer), (3, today))]

    assert read[0] == read[1] == read[2]
    assert shape_of("event", steps) == 3
