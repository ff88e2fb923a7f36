"""Records to canonical JSON and back. Old payloads are never rewritten: they are read through their steps."""

import json
from collections.abc import Callable, Mapping
from datetime import time
from functools import cache
from typing import Any, get_args

from cattrs.preconf.json import JsonConverter, make_converter

from planner.domain.change import Record
from planner.domain.entries import RuleValue

Payload = dict[str, Any]
Step = Callable[[Payload], Payload]

_BY_SORT: Mapping[str, type[Record]] = {record.sort: record for record in get_args(Record)}

STEPS: Mapping[str, tuple[Step, ...]] = {}
"""Per sort of record, the pure functions from shape 1 to 2, 2 to 3, …; a record without steps is at shape 1."""


def shape_of(sort: str, steps: Mapping[str, tuple[Step, ...]] = STEPS) -> int:
    """The shape in which records of that sort are written today."""
    return len(steps.get(sort, ())) + 1


def encode(record: Record) -> str:
    """Canonical JSON: sorted keys, no spaces, defaults left out, letters as they are."""
    return canonical(_converter().unstructure(record))


def decode(sort: str, shape: int, payload: str, steps: Mapping[str, tuple[Step, ...]] = STEPS) -> Record:
    """The record in a payload of any shape there ever was."""
    data: Payload = json.loads(payload)
    for step in steps.get(sort, ())[shape - 1 :]:
        data = step(data)
    return _converter().structure(data, _BY_SORT[sort])


def canonical(data: object) -> str:
    """The one way to write this as JSON."""
    return _encoder.encode(data)


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def _converter() -> JsonConverter:
    """Made on first use: building it takes longer than many a command runs."""
    converter = make_converter(omit_if_default=True, forbid_extra_keys=True)
    converter.register_unstructure_hook(time, time.isoformat)
    converter.register_structure_hook(time, lambda text, _: time.fromisoformat(text))
    converter.register_structure_hook(RuleValue, lambda value, _: tuple(value) if isinstance(value, list) else value)
    converter.register_unstructure_hook(RuleValue, lambda value: list(value) if isinstance(value, tuple) else value)
    return converter
