"""The one place where what a document says becomes a value: what the model refuses of a field empties that field."""

from collections.abc import Mapping

from pydantic import ValidationError

from .diagnostics import Code, Tell
from .paper import Paper
from .text import one_line

_CODES = {
    "arxiv_id": Code.ODD_LINK,
    "authors": Code.ODD_AUTHORS,
    "media": Code.ODD_MEDIA,
    "title": Code.NO_TITLE,
    "url": Code.ODD_LINK,
    "votes": Code.ODD_VOTES,
}
"""What a refused field is told as; any other one as an entry that cannot be read."""
_UNTITLED = "Untitled"
_LONGEST_COMPLAINT = 80


def paper(values: Mapping[str, object], line: int, tell: Tell) -> Paper:
    """Return a paper of these fields; one that the model refuses is told and stays empty.

    Readers interpret fields themselves; this is for what no reader thought of, so that one odd field costs neither the
    paper nor the run. Only a title is needed, and the address or a word stands in for it.
    """
    try:
        return Paper.model_validate(values)
    except ValidationError as error:
        refused = {str(first["loc"][0]): first["msg"] for first in error.errors(include_url=False, include_input=False)}
    for name, complaint in refused.items():
        what = one_line(complaint)[:_LONGEST_COMPLAINT]
        tell(line, _CODES.get(name, Code.BAD_ENTRY), f"the {name} of a paper cannot be kept ({what}); left empty")
    kept = {name: value for name, value in values.items() if name not in refused}
    if "authors" in refused:
        kept.update(authors_complete=False, authors_ordered=False)
    if not kept.get("title"):
        kept["title"] = kept.get("url") or _UNTITLED
    return paper(kept, line, tell)
