"""Text in pieces: what tells of each issue of an archive need not be in memory as a whole."""

from collections.abc import Iterable, Iterator


def json_list(values: Iterable[bytes]) -> Iterator[str]:
    """Yield a list in JSON, of values in JSON."""
    separator = "["
    for value in values:
        yield separator + value.decode()
        separator = ","
    yield "]" if separator == "," else "[]"
