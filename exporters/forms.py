"""Elements of XML that are filled again and again: to make an entry's takes twice as long as to fill them.

Importing this module imports lxml: import it where a document is written.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml.etree import CDATA, Element, SubElement, _Element

TEXT = ""
"""Stands for an element's text among the names of the attributes that are filled."""

_MOST = 500
"""Forms that are kept; each is some kilobytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """An element without other elements in it, or with one that has what it says.

    Leaves are told apart by identity: to compare what they hold would take as long as to fill them.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    """Those that are always the same."""
    fills: tuple[str, ...] = (TEXT,)
    inside: str | None = None
    """Tag of the element in it that is filled."""


class Forms:
    """Elements to fill, by their tag and the leaves in them."""

    def __init__(self) -> None:
        self._free: dict[tuple[str, tuple[Leaf, ...]], list[_Form]] = {}
        self._filled: list[_Form] = []
        self._made = 0

    def fill(self, tag: str, leaves: Sequence[Leaf], values: Sequence[str | CDATA]) -> _Element:
        """Return an element of such leaves with these values, which is valid until `release` is called."""
        kind = tag, tuple(leaves)
        free = self._free.setdefault(kind, [])
        if free:
            form = free.pop()
        else:
            form = _Form(*kind, free)
            self._made += 1
        self._filled.append(form)
        form.fill(values)
        return form.element

    def release(self) -> None:
        """Take back all elements that were handed out."""
        for form in self._filled:
            form.home.append(form)
        self._filled.clear()
        if self._made > _MOST:
            self._free.clear()
            self._made = 0


_spare: list[Forms] = []


@contextmanager
def forms() -> Iterator[Forms]:
    """Lend forms to whoever writes a document; nobody else has the same at the same time."""
    lent = _spare.pop() if _spare else Forms()
    yield lent
    lent.release()
    _spare.append(lent)


class _Form:
    def __init__(self, tag: str, leaves: Sequence[Leaf], home: "list[_Form]") -> None:
        self.home = home
        self.element = Element(tag)
        self._gaps: list[tuple[_Element, str]] = []
        for leaf in leaves:
            child = SubElement(self.element, leaf.tag, leaf.attributes)
            filled = SubElement(child, leaf.inside) if leaf.inside else child
            self._gaps += [(filled, name) for name in leaf.fills]

    def fill(self, values: Sequence[str | CDATA]) -> None:
        for (element, name), value in zip(self._gaps, values, strict=True):
            if name:
                element.set(name, value)
            else:
                element.text = value
