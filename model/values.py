"""The one place where what a document says becomes a value: what the model refuses of a field empties that field."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import ValidationError

from .diagnostics import Code, Tell
from .language import language_of
from .limits import MOST_PAPERS
from .paper import Issue, Paper, Record
from .text import one_line

Values = Mapping[str, object]
Complain = Callable[[str], None]
"""Takes what is said of a field that stays empty."""

_CODES = {
    "arxiv_id": Code.ODD_LINK,
    "authors": Code.ODD_AUTHORS,
    "media": Code.ODD_MEDIA,
    "title": Code.NO_TITLE,
    "url": Code.ODD_LINK,
    "votes": Code.ODD_VOTES,
}
"""What a refused field is told as; any other one as an entry that cannot be read."""
_SCALARS = frozenset({"arxiv_id", "title", "url", "votes", "path", "line"})
_UNTITLED = "Untitled"
_LONGEST_COMPLAINT = 80
_MOST_COMPLAINTS = 1_000
"""In one paper; pydantic takes a kilobyte for each, and a line of JSON can hold millions."""

_Model = TypeVar("_Model", Paper, Record, Issue)


def paper(values: Values, line: int, tell: Tell) -> Paper:
    """Return a paper of these fields; one that the model refuses is told and stays empty.

    Readers interpret fields themselves; this is for what no reader thought of, so that one odd field costs neither the
    paper nor the run. Only a title is needed, and the address or a word stands in for it.
    """
    kept, refused = _validated(Paper, values)
    if kept is not None:
        return kept
    if not refused:
        tell(line, Code.BAD_ENTRY, "a paper has too many odd parts; all but its title and address left out")
        return paper({name: values[name] for name in _SCALARS & values.keys()}, line, tell)
    rest = {name: value for name, value in values.items() if name not in refused}
    if "record" in refused and isinstance(written := values.get("record"), dict):
        rest["record"] = _record_of(written, line, tell)
        del refused["record"]
    for name, complaint in refused.items():
        tell(line, _CODES.get(name, Code.BAD_ENTRY), _left_empty(name, "a paper", complaint))
    if "authors" in refused:
        rest.update(authors_complete=False, authors_ordered=False)
    if not rest.get("title"):
        rest["title"] = rest.get("url") or _UNTITLED
    return paper(rest, line, tell)


def record(values: Values, complain: Complain) -> Record:
    """Return arXiv's record of these fields; of one that the model refuses, `complain` hears, and it stays empty.

    Raises ValueError, with a sentence, without a title or with an author that is none: half a list of authors would be
    cited as all of it.
    """
    kept, refused = _validated(Record, values)
    if kept is not None:
        return kept
    if not refused:
        raise ValueError("not a record: too many parts are odd")
    for name in ("title", "authors"):
        if name in refused:
            raise ValueError(f"not a record: {refused[name]}")
    for name, complaint in refused.items():
        complain(_left_empty(name, "a record", complaint))
    return record({name: value for name, value in values.items() if name not in refused}, complain)


def issue(values: Values, line: int, tell: Tell) -> Issue:
    """Return an issue of these fields, with the papers that can be kept of its list, each as `paper` keeps it.

    Raises ValueError, with a sentence, for what has no date or no list of papers.
    """
    papers = values.get("papers")
    if not isinstance(papers, list):
        raise ValueError("not an issue: papers: a list is needed")
    if len(papers) <= MOST_PAPERS:
        kept, _ = _validated(Issue, values)
        if kept is not None:
            return kept
    head, refused = _validated(Issue, {**values, "papers": ()})
    if head is None:
        head = _repaired_head(values, refused, line, tell)
    if len(papers) > MOST_PAPERS:
        tell(line, Code.TOO_MANY, f"the issue has {len(papers):,} papers; all after {MOST_PAPERS:,} left out")
    found = tuple(filter(None, (_paper_of(each, line, tell) for each in papers[:MOST_PAPERS])))
    changes: dict[str, object] = {"papers": found}
    if "language" in refused:
        changes["language"] = language_of(" ".join(each.title for each in found))
    return head.model_copy(update=changes)


def _repaired_head(values: Values, refused: Mapping[str, str], line: int, tell: Tell) -> Issue:
    """Return an issue without its papers, whose refused fields are told and get stand-ins."""
    if not refused or "date" in refused:
        raise ValueError(f"not an issue: {refused.get('date', 'too many parts are odd')}")
    for name, complaint in refused.items():
        tell(line, Code.BAD_ENTRY, _left_empty(name, "an issue", complaint))
    rest = {name: values[name] for name in ("date", "title", "language") if name not in refused}
    made = Issue.model_validate({"title": "", "language": "en", **rest, "papers": ()})
    return made.model_copy(update={"title": f"Daily Papers ({made.date})"}) if "title" in refused else made


def _paper_of(written: object, line: int, tell: Tell) -> Paper | None:
    if isinstance(written, dict):
        return paper(written, line, tell)
    tell(line, Code.BAD_ENTRY, "an entry of an issue is no paper; left out")
    return None


def _record_of(written: Values, line: int, tell: Tell) -> Record | None:
    try:
        return record(written, lambda message: tell(line, Code.BAD_ENTRY, message))
    except ValueError as error:
        tell(line, Code.BAD_ENTRY, f"{error}; left out")
        return None


def _validated(kind: type[_Model], values: Values) -> tuple[_Model | None, dict[str, str]]:
    """Return a value, or the fields that its model refuses, with what is wrong with each; no fields for a flood."""
    try:
        return kind.model_validate(values), {}
    except ValidationError as error:
        return None, _refused(error)


def _refused(error: ValidationError) -> dict[str, str]:
    """Return the fields that a model refuses, each with its first reason; none where the reasons are a flood."""
    if error.error_count() > _MOST_COMPLAINTS:
        return {}
    found: dict[str, str] = {}
    for each in error.errors(include_url=False, include_input=False):
        where = ".".join(map(str, each["loc"]))
        found.setdefault(str(each["loc"][0]) if each["loc"] else "", one_line(f"{where}: {each['msg']}"))
    return found


def _left_empty(name: str, what: str, complaint: str) -> str:
    name, complaint = one_line(name)[:_LONGEST_COMPLAINT], complaint[:_LONGEST_COMPLAINT]
    return f"the {name} of {what} cannot be kept ({complaint}); left empty"
