"""A mapping that may grow with the archive: in memory while it is small, then in a temporary database on disk."""

import pickle
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, MutableMapping, Sequence, ValuesView
from dataclasses import fields, is_dataclass
from itertools import zip_longest
from operator import attrgetter, eq
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from ...model import OutputError

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor

K = TypeVar("K")
V = TypeVar("V")
Items = Mapping[K, V] | Iterable[tuple[K, V]]

_MOST = 2048
"""Entries that are held in memory: of a few hundred bytes each, less than a database takes."""
_CACHE = 64
"""Kilobytes of a database that are held in memory."""


class Table(MutableMapping[K, V]):
    """Values of one type by keys, whose order is that of their texts; what is changed in a value has to be set again.

    A key's text is what `str` makes of it, and `key` makes the key of that again. While somebody goes through a table,
    nothing may be set in it. It travels to other processes, and nobody else sees its file: SQLite's temporary databases
    have no name (https://www.sqlite.org/inmemorydb.html).
    """

    def __init__(self, items: Items[K, V] = (), key: Callable[[str], K] | None = None) -> None:
        self._key = key
        self._few: dict[K, V] = {}
        self._many: _Database[V] | None = None
        self.update(items)

    def __getitem__(self, key: K) -> V:
        return self._few[key] if self._many is None else self._many.get(str(key))

    def __setitem__(self, key: K, value: V) -> None:
        self.update([(key, value)])

    def __delitem__(self, key: K) -> None:
        if self._many is None:
            del self._few[key]
        else:
            self._many.remove(str(key))

    def __contains__(self, key: object) -> bool:
        return key in self._few if self._many is None else self._many.has(str(key))

    def __iter__(self) -> Iterator[K]:
        if self._many is None:
            yield from sorted(self._few, key=str)
        else:
            yield from map(self._key_of, self._many.keys())

    def __len__(self) -> int:
        return len(self._few if self._many is None else self._many)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return False
        if self._many is None and other._many is None:
            return bool(self._few == other._few)
        if self._many and other._many:
            return self._many.is_like(other._many)
        return len(self) == len(other) and all(map(eq, self.items(), other.items()))

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[object, ...]:
        return Table, (dict(self.items()), self._key)

    def items(self) -> ItemsView[K, V]:
        """Return the entries, which are read one after the other: much quicker than to ask for each."""
        return _Entries(self)

    def values(self) -> ValuesView[V]:
        return _Values(self)

    def update(self, items: Items[K, V] = (), /) -> None:  # type: ignore[override]  # nobody has keys for keywords
        """Set many entries, much quicker than one after the other."""
        if isinstance(items, Table) and items._many and not self:
            self._many = items._many.copied()
            return
        pairs = iter(items.items() if isinstance(items, Mapping) else items)
        if self._many is None:
            for key, value in pairs:
                self._few[key] = value
                if len(self._few) > _MOST:
                    self._move(type(value))
                    break
        if self._many is not None:
            self._many.set((str(key), value) for key, value in pairs)

    def _move(self, type_: type[V]) -> None:
        many = _Database(type_)
        many.set((str(key), value) for key, value in self._few.items())
        self._many, self._few = many, {}

    def _key_of(self, text: str) -> K:
        key: K = self._key(text) if self._key else text  # type: ignore[assignment]
        return key

    def _entries(self) -> Iterator[tuple[K, V]]:
        if self._many is None:
            for key in self:
                yield key, self._few[key]
        else:
            for text, value in self._many.items():
                yield self._key_of(text), value


class Rows(Sequence[V]):
    """Values by number, held like a table's."""

    def __init__(self, values: Iterable[V]) -> None:
        self._values = Table((_number(at), value) for at, value in enumerate(values))
        self._length = len(self._values)

    @overload
    def __getitem__(self, at: int) -> V: ...
    @overload
    def __getitem__(self, at: slice) -> list[V]: ...
    def __getitem__(self, at: int | slice) -> V | list[V]:
        places = range(self._length)[at]
        if isinstance(places, range):
            return [self._values[_number(place)] for place in places]
        return self._values[_number(places)]

    def __iter__(self) -> Iterator[V]:
        return (value for _, value in self._values.items())

    def __len__(self) -> int:
        return self._length


class _Entries(ItemsView[K, V]):
    """A view whose entries are read together."""

    _mapping: Table[K, V]

    def __iter__(self) -> Iterator[tuple[K, V]]:
        return self._mapping._entries()


class _Values(ValuesView[V]):
    """A view whose values are read together."""

    _mapping: Table[object, V]

    def __iter__(self) -> Iterator[V]:
        return (value for _, value in self._mapping._entries())


class _Database(Generic[V]):
    """Values of one type by texts; of a data class, only what stands in its fields is written."""

    def __init__(self, type_: type[V]) -> None:
        """Begin one that does not survive us, so it needs neither journal nor commit."""
        import sqlite3

        self._type = type_
        names = [field.name for field in fields(type_)] if is_dataclass(type_) else []
        self._apart = attrgetter(*names) if len(names) > 1 else None
        self._error = sqlite3.Error
        self._connection: Connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for order in f"PRAGMA cache_size = -{_CACHE}", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN":
            self._ask(order)
        self._ask("CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")

    def get(self, key: str) -> V:
        for (packed,) in self._ask("SELECT value FROM entries WHERE key = ?", key):
            return self._unpacked(packed)
        raise KeyError(key)

    def has(self, key: str) -> bool:
        return self._ask("SELECT 1 FROM entries WHERE key = ?", key).fetchone() is not None

    def set(self, pairs: Iterable[tuple[str, V]]) -> None:
        self._write((key, self._packed(value)) for key, value in pairs)

    def remove(self, key: str) -> None:
        if not self._ask("DELETE FROM entries WHERE key = ?", key).rowcount:
            raise KeyError(key)

    def keys(self) -> Iterator[str]:
        return (key for (key,) in self._ask("SELECT key FROM entries ORDER BY key"))

    def items(self) -> Iterator[tuple[str, V]]:
        for key, packed in self._rows():
            yield key, self._unpacked(packed)

    def copied(self) -> "_Database[V]":
        copy = _Database(self._type)
        copy._write(self._rows())
        return copy

    def is_like(self, other: "_Database[V]") -> bool:
        pairs = zip_longest(self._rows(), other._rows())
        # Equal values are mostly packed alike, but not if one holds the same text twice, and one two texts.
        return all(
            one == two or (one and two and one[0] == two[0] and self._unpacked(one[1]) == other._unpacked(two[1]))
            for one, two in pairs
        )

    def __len__(self) -> int:
        return int(self._ask("SELECT count(*) FROM entries").fetchone()[0])

    def _rows(self) -> "Cursor":
        return self._ask("SELECT key, value FROM entries ORDER BY key")

    def _write(self, rows: Iterable[tuple[str, bytes]]) -> None:
        try:
            self._connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?)", rows)
        except self._error as error:
            raise _failure(error) from error

    def _ask(self, order: str, *values: str) -> "Cursor":
        try:
            return self._connection.execute(order, values)
        except self._error as error:
            raise _failure(error) from error

    def _packed(self, value: V) -> bytes:
        return pickle.dumps(self._apart(value) if self._apart else value, pickle.HIGHEST_PROTOCOL)

    def _unpacked(self, packed: bytes) -> V:
        found = pickle.loads(packed)  # noqa: S301  we wrote it ourselves, into a file that has no name
        value: V = self._type(*found) if self._apart else found
        return value


def _number(at: int) -> str:
    """Return a key whose order as a text is that of the numbers."""
    return f"{at:09}"


def _failure(error: Exception) -> OutputError:
    return OutputError(f"cannot write a temporary file: {error}")
