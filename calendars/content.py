"""Content lines: a property as bytes, and bytes as properties again (RFC 5545, 3.1 to 3.3.11; RFC 6868).

Both directions are our own. No library folds between octets *and* keeps escapes whole, and none tells on which line of
a broken file a property stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 75
"""Octets in a line without its line break (RFC 5545, 3.1)."""

# C0 and C1 controls, and the byte order mark, break parsers; TAB and line breaks stay.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff]")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile(r"[\\;,\n]")
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_ESCAPED = re.compile(r"\\([\\;,nN])")
_TOKEN = re.compile(r"[A-Za-z0-9/_+-]*")
"""What may stand in a parameter without quotes and is read alike by all; RFC 5545 would allow more."""
_CIRCUMFLEX = {"^": "^^", "\n": "^n", '"': "^'"}
_OF_CIRCUMFLEX = {"^^": "^", "^n": "\n", "^'": '"'}
_PARAMETER = r'[A-Za-z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)(?:,(?:"[^"]*"|[^";:,]*))*'
_NAME = re.compile(r"[A-Za-z0-9-]+", re.ASCII)
_HEAD = re.compile(rf"([A-Za-z0-9-]+)((?:;{_PARAMETER})*):", re.ASCII)
_ONE_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:])*)')
_ONE_VALUE = re.compile(r'"([^"]*)"|([^",]+)')


@dataclass(frozen=True, slots=True)
class Line:
    """One property: NAME in capitals, its value still escaped, its parameters as (NAME, value), the line it begins on.

    A parameter of several values stands there once for each of them.
    """

    name: str
    value: str
    parameters: tuple[tuple[str, str], ...] = ()
    number: int = 0

    def parameter(self, name: str) -> str:
        """The first value of that parameter, or ''."""
        return next((value for known, value in self.parameters if known == name), "")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What is no property, and the line it begins on."""

    text: str
    number: int


def clean(text: str) -> str:
    """The text as it can be published: no control characters, line breaks as \\n, nothing that is no Unicode."""
    return _CONTROLS.sub("", _BREAKS.sub("\n", _SURROGATES.sub("\ufffd", text)))


def clean_name(text: str) -> str:
    """A name or category without the comma and the backslash that several clients mishandle, on one line."""
    return " ".join(clean(text).replace(",", " ").replace("\\", "/").split())


def clean_title(text: str) -> str:
    """The name of a calendar: without what would need an escape, for X-WR-CALNAME is shown as it stands by many."""
    return " ".join(clean_name(text).replace(";", " ").split())


def clean_uid(text: str) -> str:
    """A UID on one line; nothing else of it is changed, or two could become one."""
    return clean(text).replace("\n", " ")


def clean_uri(text: str) -> str:
    """An address without blanks and control characters; commas and all else of it stay, for a URI is not escaped."""
    return "".join(clean(text).split())


def escaped(text: str) -> str:
    """TEXT as it stands in a file (RFC 5545, 3.3.11)."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)


def unescaped(value: str) -> str:
    """The text of a TEXT value; a backslash before any other letter stays."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def values(value: str) -> list[str]:
    """The texts of a list, separated by commas that are not escaped."""
    return [unescaped(part) for part in re.findall(r"(?:^|,)((?:\\.|[^,\\]|\\$)*)", value)]


def line(name: str, value: str, *parameters: tuple[str, str]) -> bytes:
    """One property as bytes, folded. The value is written as it stands: escape a TEXT before."""
    if not parameters and len(name) + len(value) < LONGEST and value.isascii():
        return f"{name}:{value}\r\n".encode()
    said = "".join(f";{key}={_parameter_value(text)}" for key, text in parameters)
    return folded(f"{name}{said}:{value}".encode())


def _parameter_value(text: str) -> str:
    plain = re.sub('[\\^\n"]', lambda found: _CIRCUMFLEX[found[0]], text)
    return plain if _TOKEN.fullmatch(plain) else f'"{plain}"'


def folded(content: bytes) -> bytes:
    """A line in pieces of at most 75 octets; no fold stands inside a character or an escape."""
    if len(content) <= LONGEST:
        return content + b"\r\n"
    parts, start, room = [], 0, LONGEST
    while len(content) - start > room:
        end = _fold_before(content, start, start + room)
        parts.append(content[start:end])
        start, room = end, LONGEST - 1
    parts.append(content[start:])
    return b"\r\n ".join(parts) + b"\r\n"


def _fold_before(content: bytes, start: int, end: int) -> int:
    while content[end] & 0xC0 == 0x80:  # the inside of a character
        end -= 1
    before = content[start:end]
    return end - (len(before) - len(before.rstrip(b"\\"))) % 2


def read_lines(content: bytes) -> Iterator[Line | Unreadable]:
    """The properties of a file, unfolded, each with the line it begins on; empty lines are passed over."""
    gathered, begun = b"", 0
    for number, physical in enumerate(content.split(b"\n"), 1):
        bare = physical[:-1] if physical.endswith(b"\r") else physical
        if bare[:1] in {b" ", b"\t"} and begun:
            gathered += bare[1:]
            continue
        if gathered:
            yield read_line(gathered, begun)
        gathered, begun = bare, number
    if gathered:
        yield read_line(gathered, begun)


def read_line(unfolded: bytes, number: int = 0) -> Line | Unreadable:
    """One unfolded line as a property."""
    text = unfolded.decode("utf-8", "replace")
    name, colon, value = text.partition(":")
    if colon and _NAME.fullmatch(name):  # most lines have no parameters
        return Line(name.upper(), value, (), number)
    head = _HEAD.match(text)
    if head is None:
        return Unreadable(text, number)
    parameters = tuple(_parameters(head[2])) if head[2] else ()
    return Line(head[1].upper(), text[head.end() :], parameters, number)


def _parameters(said: str) -> Iterator[tuple[str, str]]:
    for name, listed in _ONE_PARAMETER.findall(said):
        for quoted, plain in _ONE_VALUE.findall(listed):
            yield name.upper(), re.sub(r"\^[\^n']", lambda found: _OF_CIRCUMFLEX[found[0]], quoted or plain)
