"""Work that several formats need of the same paper or issue: done once, while the issue goes from one to the next."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

Values = TypeVarTuple("Values")
R = TypeVar("R")


def once(most: int) -> Callable[[Callable[[*Values], R]], Callable[[*Values], R]]:
    """Remember the newest `most` results of a function by the very objects that it was called with.

    lru_cache would ask a model for its hash, which is that of all its text.
    """

    def remember(function: Callable[[*Values], R]) -> Callable[[*Values], R]:
        known: OrderedDict[tuple[int, ...], tuple[object, R]] = OrderedDict()

        @wraps(function)
        def remembered(*values: *Values) -> R:
            key = tuple(map(id, values))
            found = known.get(key)
            if found is None:
                if len(known) >= most:
                    known.popitem(last=False)
                # What a result was made of is kept with it, so that no other object can get its id.
                found = known[key] = values, function(*values)
            return found[1]

        return remembered

    return remember
