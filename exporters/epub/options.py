"""The options of books."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ..contract.format import Options, Period

Variant = Literal["epub", "kindle", "kobo"]


class EpubOptions(Options):
    """The `[epub]` table."""

    periods: Annotated[tuple[Period, ...], Field(min_length=1)] = ("day",)
    """Books to make: one for each day, week (Monday to Sunday) or month."""
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)] = ("epub",)
    """Files of each book: epub for all e-readers, kindle for Amazon's Send to Kindle, kobo for Kobo's own reader."""
    kindle_language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$")] | None = None
    """Language tag (BCP 47) that the kindle files claim, where Amazon refuses the books' own."""
    images: Literal["none", "embed"] = "none"
    """Pictures of the papers: none leaves a link, embed puts them into the books."""
    grey: bool = False
    """Turn embedded pictures grey: smaller books for e-ink."""
    abstract: bool = False
    """Put arXiv's abstract behind the summary, where the paper's record is known."""
    covers: bool = True
    """Write each book's cover beside it, too, as pictures for the catalogue."""
    keep: Annotated[int, Field(ge=1)] | None = None
    """Keep only the books of this many newest days, and the weeks and months they are in; older ones are removed."""
