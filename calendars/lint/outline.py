"""A file as components, however broken: what can be read is read, and what cannot is a flaw with its line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from calendars.content import Line, Unreadable, read_lines
from calendars.lint.rules import Flaw


@dataclass(slots=True)
class Component:
    """One component: its NAME, the line it begins on, its properties and the components in it."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    inside: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        return [each for each in self.lines if each.name == name]

    def first(self, name: str) -> Line | None:
        return next((each for each in self.lines if each.name == name), None)

    def value(self, name: str) -> str:
        """The value of the first property of that name as it stands, '' where there is none."""
        found = self.first(name)
        return "" if found is None else found.value.strip()

    def walk(self, name: str) -> Iterator["Component"]:
        """The components of that name in it, at any depth."""
        for each in self.inside:
            if each.name == name:
                yield each
            yield from each.walk(name)


@dataclass(slots=True)
class Outline:
    """The calendars of a file, and what is wrong with how they are nested."""

    calendars: list[Component]
    flaws: list[Flaw]


def outline(content: bytes) -> Outline:
    """The calendars of a file, and what is wrong with its nesting."""
    outermost, flaws = components(read_lines(content.removeprefix(b"\xef\xbb\xbf")))
    found = [each for each in outermost if each.name == "VCALENDAR"]
    if not found:
        return Outline([], [Flaw("not-a-calendar", 1, _beginning(content))])
    return Outline(found, flaws)


def components(read: Iterable[Line | Unreadable]) -> tuple[list[Component], list[Flaw]]:
    """The outermost components of lines, and what is wrong with how they are nested."""
    root = Component("", 0)
    stack: list[Component] = [root]
    flaws: list[Flaw] = []
    for line in read:
        if isinstance(line, Unreadable):
            flaws.append(Flaw("not-a-property", line.number, line.text[:60]))
        elif line.name == "BEGIN":
            component = Component(line.value.strip().upper(), line.number)
            stack[-1].inside.append(component)
            stack.append(component)
        elif line.name == "END":
            flaws.extend(_closed(stack, line))
        elif len(stack) > 1:
            stack[-1].lines.append(line)
        else:
            flaws.append(Flaw("bad-nesting", line.number, f"{line.name} outside of every component"))
    flaws.extend(Flaw("cut-off", each.number, f"{each.name} is not ended") for each in stack[1:])
    return root.inside, flaws


def _beginning(content: bytes) -> str:
    first = content.strip().split(b"\n", 1)[0][:60].decode("utf-8", "replace").strip()
    return repr(first) if first else "it is empty"


def _closed(stack: list[Component], line: Line) -> Iterator[Flaw]:
    """Takes the component that ends off the stack, with those left open inside it."""
    name = line.value.strip().upper()
    if name not in {each.name for each in stack[1:]}:
        yield Flaw("bad-nesting", line.number, f"END:{name}")
        return
    while stack[-1].name != name:
        left = stack.pop()
        yield Flaw("bad-nesting", line.number, f"END:{name} while {left.name} of line {left.number} is open")
    stack.pop()
