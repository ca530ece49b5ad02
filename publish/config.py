"""paperround.toml: the `[series]` table and a table per format, with the names of the flags.

What is wrong with it is the user's own, and has a sentence with the form expected; so its errors are translated here
and not in `foreign`, which is for what others have sent.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from ..exporters import BoundExporter, Options, Series, bind, load, names
from ..model import ConfigError, UsageError, nearest
from ..model.readers import add
from .build.job import Stream
from .build.selection import Selection

FILE = "paperround.toml"

_LARGEST = 1024 * 1024

Table = Mapping[str, object]


@dataclass(frozen=True)
class Config:
    """A configuration file's tables, as they were read; `label` is how messages call the file.

    `metadata` is the file of arXiv's records that it names, `readers` are Python files with readers, from its own
    folder.
    """

    label: str = FILE
    tables: Mapping[str, Table] = field(default_factory=dict)
    select: tuple[Table, ...] = ()
    metadata: Path | None = None
    readers: tuple[Path, ...] = ()

    def series(self, overrides: Table) -> Series:
        """Return the series with the flags laid over the `[series]` table; raises ConfigError."""
        table = self._table("series", Series)
        try:
            return Series.model_validate({**table, **overrides})
        except ValidationError as error:
            raise self._error("series", Series, error, overrides) from None

    def exporter(self, name: str, overrides: Table) -> BoundExporter:
        """Return a format with the flags laid over its table; raises ConfigError and UsageError."""
        options = load(name).options
        table = self._table(name, options)
        try:
            return bind(name, {**table, **overrides})
        except ValidationError as error:
            raise self._error(name, options, error, overrides) from None

    def selections(self) -> list[Selection]:
        """Return the `[[select]]` tables; raises ConfigError for a wrong one or a name given twice."""
        found: list[Selection] = []
        for table in self.select:
            try:
                selection = Selection.model_validate(self._known("[select]", table, Selection))
            except ValidationError as error:
                raise self._error("[select]", Selection, error, {}) from None
            for name in selection.formats:
                load(name)
            if any(selection.name == other.name for other in found):
                raise ConfigError(f"{self.label}: [[select]] name: {selection.name!r} is given twice")
            found.append(selection)
        return found

    def add_readers(self) -> None:
        """Let sources be read by the readers that the file names; raises ConfigError for one that cannot be."""
        for path in self.readers:
            try:
                add(path)
            except UsageError as error:
                raise ConfigError(f"{self.label}: readers: {error}") from None

    def streams(self, series: Series, exporters: Mapping[str, BoundExporter]) -> list[Stream]:
        """Place each selection beside the series, in those of its formats that are given; raises ConfigError."""
        return [
            Stream(
                selection.placed(series),
                tuple(exporters[name] for name in selection.formats if name in exporters),
                selection.criteria,
            )
            for selection in self.selections()
        ]

    def check_tables(self) -> None:
        """Raise ConfigError for a table that no format and nothing of ours goes by."""
        known = ["series", *names()]
        for name in self.tables:
            if name not in known:
                raise ConfigError(f"{self.label}: there is no table [{name}]{nearest(name, known)}")

    def _table(self, name: str, options: type[Options]) -> dict[str, object]:
        return self._known(name, self.tables.get(name, {}), options)

    def _known(self, name: str, given: Table, options: type[Options]) -> dict[str, object]:
        table = {key.replace("-", "_"): value for key, value in given.items()}
        for key in table:
            if key not in options.model_fields:
                hint = nearest(key, options.model_fields)
                raise ConfigError(f"{self.label}: [{name}] has no key {key!r}{hint}")
        return table

    def _error(self, name: str, options: type[Options], error: ValidationError, overrides: Table) -> UsageError:
        key, message = complaint(options, error)
        if key in overrides:
            return UsageError(f"--{key.replace('_', '-')}: {message}")
        return ConfigError(f"{self.label}: [{name}] {key}: {message}")


def unread() -> str | None:
    """Return the path of a configuration in a folder above the working folder, where `read` does not look.

    Who builds in a folder below by mistake publishes without address and title, and finds out late.
    """
    here = Path.cwd()
    above = (folder / FILE for folder in here.parents if not (here / FILE).exists())
    return next((os.path.relpath(file) for file in above if file.is_file()), None)


def read(path: Path | None) -> Config:
    """Read a configuration file; without a path, paperround.toml of the working folder where there is one.

    Raises ConfigError for a file that is missing, not TOML, or not made of tables.
    """
    chosen = path or Path(FILE)
    label = str(chosen)
    try:
        tables = tomllib.loads(_text(chosen))
    except FileNotFoundError:
        if path is None:
            return Config()
        raise ConfigError(f"{label}: no such file; `paperround init` writes {FILE}") from None
    except OSError as error:
        raise ConfigError(f"{label}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{label}: not UTF-8") from None
    except RecursionError:
        raise ConfigError(f"{label}: nested too deeply") from None
    except ValueError as error:  # a TOMLDecodeError, or of a number with more digits than Python reads
        hint = f"{str(error)[0].lower()}{str(error)[1:]}"
        raise ConfigError(f'{label}: not TOML: {hint}; write a key like title = "Daily Papers"') from None
    select = tables.pop("select", [])
    if not isinstance(select, list) or not all(isinstance(table, dict) for table in select):
        raise ConfigError(f"{label}: [select] is a list of tables: write [[select]], with two brackets")
    metadata = tables.pop("metadata", None)
    if not isinstance(metadata, str | None):
        raise ConfigError(f"{label}: 'metadata' is expected to be the path of a file, like \"arxiv.jsonl\"")
    readers = tables.pop("readers", [])
    if not isinstance(readers, list) or not all(isinstance(file, str) for file in readers):
        raise ConfigError(f"{label}: 'readers' is expected to be a list of paths of Python files")
    for name, table in tables.items():
        if not isinstance(table, dict):
            if name in Series.model_fields:
                raise ConfigError(f"{label}: {name!r} is outside a table: put it below the line [series]")
            raise ConfigError(f"{label}: {name!r} is expected to be a table: [{name}]")
    folder = chosen.parent
    paths = tuple(folder / file for file in readers)
    return Config(label, tables, tuple(select), None if metadata is None else folder / metadata, paths)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ConfigError(f"{path}: more than {_LARGEST // 1024} KB, which is no configuration")
    return data.decode("utf-8-sig")  # Windows' Notepad writes a mark first


def complaint(options: type[Options], error: ValidationError) -> tuple[str, str]:
    """Return the key that pydantic complains about first, and a sentence of what it takes."""
    from ..exporters.contract.wording import descriptions

    first = error.errors(include_url=False)[0]
    key = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "missing":
        return key, "is missing"
    hint = first["msg"].removeprefix("Value error, ").removeprefix("Input ")
    field = options.model_fields.get(key)
    if field and field.examples and first["type"] in ("string_pattern_mismatch", "string_type"):
        hint = f"write it like {field.examples[0]}"
    elif first["type"] == "string_pattern_mismatch" and (description := descriptions(options).get(key)):
        hint = f"should be: {description}"
    elif first["type"] == "tuple_type":
        hint = "write it as a list, between [ and ]"
    return key, f"{hint.rstrip('.')}; not {first['input']!r}"
