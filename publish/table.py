"""A mapping that may grow with the archive: in memory while it is small, then in a temporary database on disk."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from operator import eq
from typing import TYPE_CHECKING, TypeVar, overload

from ..model import OutputError

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
    """Values by keys, whose order is that of their texts; what is changed in a value has to be set again.

    A key's text is what `str` makes of it, and `key` makes the key of that again. It travels to other processes, and
    nobody else sees its file: SQLite's temporary databases have no name (https://www.sqlite.org/inmemorydb.html).
    """

    def __init__(self, items: Items[K, V] = (), key: Callable[[str], K] | None = None) -> None:
        self._key = key
        self._few: dict[K, V] = {}
        self._many: Connection | None = None
        self.update(items)

    def __getitem__(self, key: K) -> V:
        if self._many is None:
            return self._few[key]
        for (found,) in self._ask("SELECT value FROM entries WHERE key = ?", str(key)):
            value: V = pickle.loads(found)  # noqa: S301  we wrote it ourselves, into a file that has no name
            return value
        raise KeyError(key)

    def __setitem__(self, key: K, value: V) -> None:
        if self._many is None:
            self._few[key] = value
            if len(self._few) > _MOST:
                self._move()
        else:
            self._ask("INSERT OR REPLACE INTO entries VALUES (?, ?)", *_row(key, value))

    def __delitem__(self, key: K) -> None:
        if self._many is None:
            del self._few[key]
        elif not self._ask("DELETE FROM entries WHERE key = ?", str(key)).rowcount:
            raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        if self._many is None:
            return key in self._few
        return any(self._ask("SELECT 1 FROM entries WHERE key = ?", str(key)))

    def __iter__(self) -> Iterator[K]:
        if self._many is None:
            yield from sorted(self._few, key=str)
        else:
            for (key,) in self._ask("SELECT key FROM entries ORDER BY key"):
                yield self._key(key) if self._key else key

    def __len__(self) -> int:
        if self._many is None:
            return len(self._few)
        return int(self._ask("SELECT count(*) FROM entries").fetchone()[0])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table) or len(self) != len(other):
            return False
        if self._many is None:
            return bool(self._few == other._few)
        return all(map(eq, self.items(), other.items()))

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[object, ...]:
        return Table, (dict(self), self._key)

    def _move(self) -> None:
        """Let a database have the entries; it does not survive us, so it needs neither journal nor commit."""
        import sqlite3

        few, self._few = self._few, {}
        self._many = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for order in f"PRAGMA cache_size = -{_CACHE}", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN":
            self._ask(order)
        self._ask("CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
        self.update(few)

    def _ask(self, order: str, *values: str | bytes) -> "Cursor":
        from sqlite3 import Error

        assert self._many is not None  # noqa: S101
        try:
            return self._many.execute(order, values)
        except Error as error:
            raise OutputError(f"cannot write a temporary file: {error}") from error


class Rows(Sequence[V]):
    """Values by number, held like a table's."""

    def __init__(self, values: Iterable[V]) -> None:
        self._values = Table(enumerate(values), int)
        self._length = len(self._values)

    @overload
    def __getitem__(self, at: int) -> V: ...
    @overload
    def __getitem__(self, at: slice) -> list[V]: ...
    def __getitem__(self, at: int | slice) -> V | list[V]:
        places = range(self._length)[at]
        return [self._values[place] for place in places] if isinstance(places, range) else self._values[places]

    def __len__(self) -> int:
        return self._length


def _row(key: object, value: object) -> tuple[str, bytes]:
    return str(key), pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
