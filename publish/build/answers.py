"""What a part was told of files of other parts: a part of the whole archive asks of four for each day there is."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from json.encoder import encode_basestring_ascii
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from .packing import packed, unpacked

Answer = int | None
"""A length, None for no such file; or whether it is published, which is a truth value."""

_LONG = 100_000
"""Characters from which on answers are packed, and as many at a time."""


class Answers:
    """Answers by the names that were asked for, held as the manifest has them; packed, where a part asked much."""

    __slots__ = ("_held",)

    def __init__(self, told: Iterable[tuple[str, Answer]] = ()) -> None:
        pieces = _pieces(told)
        first, second = next(pieces), next(pieces, None)
        self._held = first if second is None else [packed([piece]) for piece in chain([first, second], pieces)]

    def text(self) -> Iterator[str]:
        """Yield the pieces of an object in JSON, without spaces."""
        separator = "{"
        for piece in self._texts():
            yield separator
            yield piece
            separator = ","
        yield "}"

    def __iter__(self) -> Iterator[tuple[str, Answer]]:
        for piece in self._texts():
            yield from json.loads(f"{{{piece}}}").items()

    def __bool__(self) -> bool:
        return self._held != ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answers) and self._held == other._held

    __hash__ = None  # type: ignore[assignment]

    def _texts(self) -> Iterable[str]:
        return [self._held] if isinstance(self._held, str) else map(unpacked, self._held)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read it as a dict."""
        told = handler.generate_schema(dict[str, bool | int | None])
        return core_schema.no_info_after_validator_function(_of, told)


def _of(told: dict[str, Answer]) -> Answers:
    return Answers(told.items())


def _pieces(told: Iterable[tuple[str, Answer]]) -> Iterator[str]:
    """Yield the inside of an object in JSON, cut between two of its members where it is long; at least one piece."""
    piece: list[str] = []
    length = 0
    for name, answer in told:
        if length > _LONG:
            yield ",".join(piece)
            piece, length = [], 0
        piece.append(f"{encode_basestring_ascii(name)}:{_written(answer)}")
        length += len(piece[-1])
    yield ",".join(piece)


def _written(answer: Answer) -> str:
    return "null" if answer is None else str(answer).lower()
