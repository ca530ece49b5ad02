"""Work that several formats need of the same paper or issue: done once, while the issue goes from one to the next."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

PAPERS, ISSUES = 192, 8
"""How many results to keep for formats that share them: a run gives each issue to all formats before the next one.

An issue may have so many papers, and the feeds of several syntaxes end with the papers of the same newest days.
"""

Values = TypeVarTuple("Values")
R = TypeVar("R")


def cache(least: int) -> Callable[[Callable[[*Values], R]], Callable[[*Values], R]]:
    """Keep the newest results of a function, `least` to twice as many, by the very objects it was called with.

    lru_cache would ask a model for its hash, which is that of all its text.
    """

    def wrap(function: Callable[[*Values], R]) -> Callable[[*Values], R]:
        newer: dict[tuple[int, ...], tuple[object, R]] = {}
        older = newer

        @wraps(function)
        def call(*values: *Values) -> R:
            nonlocal newer, older
            key = tuple(map(id, values))
            found = newer.get(key) or older.get(key)
            if found is None:
                if len(newer) >= least:
                    newer, older = {}, newer
                # What a result was made of is kept with it, so that no other object can get its id.
                found = newer[key] = values, function(*values)
            return found[1]

        return call

    return wrap
