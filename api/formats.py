"""Writing a format from a program."""

from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from .exporters import Options, Series, load
from .exporters.testing import run
from .model import Issue, UsageError, nearest
from .publish.config import complaint


def export(
    name: str, issues: Iterable[Issue], /, series: Series | Mapping[str, object] | None = None, **options: object
) -> dict[str, bytes]:
    """Return the files of a format by their names, such as `{"papers.bib": b"..."}`.

    `series` has the keys of the table `[series]` in paperround.toml, such as `{"title": "Daily Papers"}`; `options`
    are those of the format. Nothing is written, and no picture is fetched. Raises UsageError for a format or an
    option that does not exist and for a value that an option does not take.
    """
    exporter = load(name)
    _check(name, exporter.options, options)
    return run(exporter, issues, _series(series), None, None, name, **options)


def _series(given: Series | Mapping[str, object] | None) -> Series:
    if isinstance(given, Series):
        return given
    values = dict(given or {})
    _check("series", Series, values)
    return Series.model_validate(values)


def _check(name: str, options: type[Options], values: Mapping[str, object]) -> None:
    """Raise UsageError, which names the option, for the first value that is wrong."""
    for key in values:
        if key not in options.model_fields:
            raise UsageError(f"{name} has no option {key!r}{nearest(key, options.model_fields)}")
    try:
        options.model_validate(values)
    except ValidationError as error:
        key, message = complaint(options, error)
        raise UsageError(f"{name}: {key}: {message}") from None
