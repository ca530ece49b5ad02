"""Which runs of `*`, `_` and `~` are emphasis: CommonMark's delimiter stack (0.31, section 6.2), with other rules.

CommonMark lets no run close between a bracket and a letter, so in Korean, where particles follow without a space,
`**강화학습(RL)**은` keeps its stars (commonmark-spec#650). Here what stands behind a run of stars does not matter for
closing, nor what stands before it for opening, but for words in ASCII letters, so that A*, 2*3 and a_b stay as written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Text(NamedTuple):
    """Text to be shown."""

    text: str


class CodeSpan(NamedTuple):
    """Text to be shown as written."""

    text: str


class Formula(NamedTuple):
    """Mathematics in both forms."""

    html: str
    plain: str


class Start(NamedTuple):
    """The start of an element."""

    tag: str
    href: str = ""


class End(NamedTuple):
    """The end of the element that was started last."""

    tag: str


@dataclass(slots=True)
class Run:
    """A run of one mark; `before` and `after` are the characters beside it."""

    mark: str
    before: str
    after: str
    ends: list[End] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)

    @property
    def opens(self) -> bool:
        """An opening run stands before text; `_` and `~` not inside a word, a lone `*` not as in A*, 2*3."""
        if self.after.isspace():
            return False
        if self.mark[0] != "*":
            return not self.before.isalnum()
        # Two stars inside a word are meant (un**real**), but before a digit they are Python's power: 2**10.
        return not (_is_ascii_word(self.before) and (self.mark == "*" or self.after.isdigit()))

    @property
    def closes(self) -> bool:
        """A closing run stands behind text; Korean particles may follow it, but an ASCII word only stars."""
        return not self.before.isspace() and not (self.mark[0] != "*" and _is_ascii_word(self.after))

    def shown(self) -> Iterator["Event"]:
        """What is left of a run that only closed belongs to the text before it: **A*** is a strong A*."""
        rest = [Text(self.mark)] if self.mark else []
        yield from rest if not self.starts else ()
        yield from self.ends
        yield from rest if self.starts else ()
        yield from reversed(self.starts)


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


Event = Text | CodeSpan | Formula | Start | End
_TAGS = {"~~": ("s",), "*": ("em",), "**": ("strong",), "***": ("em", "strong")}


def emphasised(events: Iterable[Event | Run]) -> Iterator[Event]:
    """Replace runs by the elements they start and end, and those without a partner by their text.

    The first pass pairs runs, each with others of the same element only, for what begins in a link ends in it. The
    second one writes them: what a run starts and ends is known only when all behind it were looked at.
    """
    given = list(events)
    contexts = [_Openers()]
    for event in given:
        if isinstance(event, Run):
            contexts[-1].take(event)
        elif isinstance(event, Start):
            contexts.append(_Openers())
        elif isinstance(event, End):
            contexts.pop()
    for event in given:
        if isinstance(event, Run):
            yield from event.shown()
        else:
            yield event


class _Openers:
    """Runs that wait for a partner inside one element, by mark, in their order.

    Every run is appended and removed once, whatever matches what: the time is linear.
    """

    def __init__(self) -> None:
        self.waiting: dict[str, list[tuple[int, Run]]] = {}
        self.count = 0

    def take(self, run: Run) -> None:
        """Let a run close what it can and wait with the rest."""
        while run.mark and run.closes and self.close(run):
            pass
        if run.mark and run.opens:
            self.wait(self.count, run)
            self.count += 1

    def wait(self, place: int, run: Run) -> None:
        self.waiting.setdefault(run.mark, []).append((place, run))

    def close(self, run: Run) -> bool:
        """Pair a run with the nearest run that it can close, and forget those between.

        Elements would overlap if one between could still open something. What is left of the longer run may pair on.
        """
        found = [self.waiting[mark][-1] for mark in _partners(run.mark) if self.waiting.get(mark)]
        if not found:
            return False
        place, opener = max(found, key=_place)
        self.forget(place)
        common = min(run.mark, opener.mark, key=len)
        tags = _TAGS["*" * len(common) if common[0] == "_" else common]
        opener.starts.extend(Start(tag) for tag in reversed(tags))
        run.ends.extend(End(tag) for tag in reversed(tags))
        run.mark = run.mark[len(common) :]
        opener.mark = opener.mark[len(common) :]
        if opener.mark:
            self.wait(place, opener)
        return True

    def forget(self, place: int) -> None:
        for openers in self.waiting.values():
            while openers and openers[-1][0] >= place:
                openers.pop()


def _partners(mark: str) -> tuple[str, ...]:
    """Return the opening marks that a mark closes, wholly or in part; four stars and a lone tilde close nothing.

    CommonMark's rules 9 and 10 say it with sums that are multiples of three. Spelled out: one star closes what one or
    three opened, two close two or three, three close all. One never closes two, nor two one, so `*a**b*` is one em.
    CommonMark lets four stars be strong twice; nobody writes that, and they are shown as they stand.
    """
    character = mark[0]
    if character == "~":
        return (mark,) if mark == "~~" else ()
    sizes = {1: (1, 3), 2: (2, 3), 3: (1, 2, 3)}.get(len(mark), ())
    return tuple(character * size for size in sizes)


def _place(opener: tuple[int, Run]) -> int:
    return opener[0]
