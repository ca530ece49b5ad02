"""What a build does with what is published already."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """What a build does with what is published already."""

    every_format: bool = True
    """Whether no installed format was left out, so that files of unknown formats are of formats that are no more."""
    prune: bool = False
    """Whether it removes the files whose source is gone."""
    force: bool = False
    """Whether it makes everything anew."""
    previous: str | None = None
    """A folder or an address whose files an empty folder takes over."""
    adopt: bool = False
    """Whether it replaces files that are not ours where they stand in the way."""
