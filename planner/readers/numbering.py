"""The numbers that Word counts itself and does not write: "1." in the first column of many lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_FORMATS = frozenset({"decimal", "decimalZero", ""})


@dataclass(slots=True)
class Numbering:
    """How each numbering of a document counts: by its id, the first number and the text round it; how far it is now."""

    forms: Mapping[str, tuple[int, str]]
    reached: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> "Numbering":
        """The numberings of a document; only their first level counts rows."""
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is None:
            return cls({})
        root = part.element
        levels = {
            each.get(qn("w:abstractNumId")): each.find(f"{qn('w:lvl')}[@{qn('w:ilvl')}='0']")
            for each in root.findall(qn("w:abstractNum"))
        }
        forms = {}
        for each in root.findall(qn("w:num")):
            level = levels.get(_said(each, "w:abstractNumId"))
            if level is not None and _said(level, "w:numFmt") in _FORMATS:
                override = each.find(f"{qn('w:lvlOverride')}[@{qn('w:ilvl')}='0']")
                start = _said(override, "w:startOverride") or _said(level, "w:start") or "1"
                if start.isascii() and start.isdecimal() and len(start) < 7:
                    forms[each.get(qn("w:numId"))] = (int(start), _said(level, "w:lvlText") or "%1.")
        return cls(forms)

    def next_of(self, paragraph: Any) -> str:
        """The number of a paragraph without other text, counted on; '' when it has none."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        number = _said(found, "w:numId")
        if number not in self.forms or _said(found, "w:ilvl") not in {"", "0"}:
            return ""
        first, text = self.forms[number]
        self.reached[number] = self.reached.get(number, first - 1) + 1
        return re.sub("%1", str(self.reached[number]), text)


def _said(parent: Any, tag: str) -> str:
    child = None if parent is None else parent.find(qn(tag))
    return "" if child is None else str(child.get(qn("w:val"), ""))
