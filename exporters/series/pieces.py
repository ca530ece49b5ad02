"""Text in pieces: what tells of each issue of an archive need not be in memory as a whole."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar, overload

from pydantic import TypeAdapter

V = TypeVar("V")

_TOGETHER = 64
"""Values that are packed together: enough to take half of the room, few enough to be unpacked for one of them."""


class Packed(Sequence[V]):
    """Values in the order in which they come, of which there may be very many: most are held as compressed JSON."""

    def __init__(self, adapter: TypeAdapter[list[V]], told: str = "[]") -> None:
        """Begin with those that a list in JSON tells."""
        self._adapter = adapter
        self._packs: list[bytes] = []
        self._latest: list[V] = []
        self._unpacked: tuple[int, list[V]] = -1, []
        for value in adapter.validate_json(told):
            self.append(value)

    def append(self, value: V) -> None:
        self._latest.append(value)
        if len(self._latest) == _TOGETHER:
            self._packs.append(zlib.compress(self._adapter.dump_json(self._latest), 1))
            self._latest = []

    def json(self) -> Iterator[str]:
        """Return a list in JSON, from which the same can begin."""
        packs = chain(map(zlib.decompress, self._packs), [self._adapter.dump_json(self._latest)])
        return json_list(values[1:-1] for values in packs if values != b"[]")

    def __len__(self) -> int:
        return len(self._packs) * _TOGETHER + len(self._latest)

    @overload
    def __getitem__(self, at: int) -> V: ...
    @overload
    def __getitem__(self, at: slice) -> list[V]: ...
    def __getitem__(self, at: int | slice) -> V | list[V]:
        places = range(len(self))[at]
        return [self._value(place) for place in places] if isinstance(places, range) else self._value(places)

    def _value(self, place: int) -> V:
        pack, at = divmod(place, _TOGETHER)
        if pack == len(self._packs):
            return self._latest[at]
        if pack != self._unpacked[0]:
            self._unpacked = pack, self._adapter.validate_json(zlib.decompress(self._packs[pack]))
        return self._unpacked[1][at]


def json_list(values: Iterable[bytes]) -> Iterator[str]:
    """Yield a list in JSON, of values in JSON."""
    separator = "["
    for value in values:
        yield separator + value.decode()
        separator = ","
    yield "]" if separator == "," else "[]"
