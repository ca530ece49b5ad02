"""Work that several formats need of the same paper or issue: done once, while the issue goes from one to the next."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

PAPERS, ISSUES = 192, 8
"""How many to remember for formats that share them: a run gives each in turn at most so many issues, and ends a turn
with the issue whose papers fill it."""

Values = TypeVarTuple("Values")
R = TypeVar("R")


def once(least: int) -> Callable[[Callable[[*Values], R]], Callable[[*Values], R]]:
    """Remember the newest results of a function, `least` to twice as many, by the very objects it was called with.

    lru_cache would ask a model for its hash, which is that of all its text.
    """

    def remember(function: Callable[[*Values], R]) -> Callable[[*Values], R]:
        newer: dict[tuple[int, ...], tuple[object, R]] = {}
        older = newer

        @wraps(function)
        def remembered(*values: *Values) -> R:
            nonlocal newer, older
            key = tuple(map(id, values))
            found = newer.get(key) or older.get(key)
            if found is None:
                if len(newer) >= least:
                    newer, older = {}, newer
                # What a result was made of is kept with it, so that no other object can get its id.
                found = newer[key] = values, function(*values)
            return found[1]

        return remembered

    return remember
