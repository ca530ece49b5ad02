"""What a part was told of files of other parts: a part of the whole archive asks of four for each day there is."""

import json
import re
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
_TOLD = re.compile(r'("(?:[^"\\]|\\.)*"):([^,}]+)')


class Answers:
    """Answers by the names that were asked for, held as the manifest has them; packed, where a part asked much."""

    __slots__ = ("_held",)

    def __init__(self, told: Iterable[tuple[str, Answer]] = ()) -> None:
        pieces = _pieces(told)
        first, second = next(pieces), next(pieces, None)
        self._held = first if second is None else packed(chain([first, second], pieces))

    @property
    def text(self) -> str:
        """An object in JSON, without spaces."""
        return self._held if isinstance(self._held, str) else unpacked(self._held)

    def __iter__(self) -> Iterator[tuple[str, Answer]]:
        if isinstance(self._held, str):
            yield from json.loads(self._held).items()
        else:
            for found in _TOLD.finditer(self.text):
                yield json.loads(found[1]), json.loads(found[2])

    def __bool__(self) -> bool:
        return self._held != "{}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answers) and self._held == other._held

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read it as a dict."""
        told = handler.generate_schema(dict[str, bool | int | None])
        return core_schema.no_info_after_validator_function(_of, told)


def _of(told: dict[str, Answer]) -> Answers:
    return Answers(told.items())


def _pieces(told: Iterable[tuple[str, Answer]]) -> Iterator[str]:
    piece, separator = ["{"], ""
    length = 0
    for name, answer in told:
        piece.append(f"{separator}{encode_basestring_ascii(name)}:{_written(answer)}")
        separator = ","
        length += len(piece[-1])
        if length > _LONG:
            yield "".join(piece)
            piece, length = [], 0
    yield "".join([*piece, "}"])


def _written(answer: Answer) -> str:
    return "null" if answer is None else str(answer).lower()
