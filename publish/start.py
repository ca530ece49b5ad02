"""The start of a series: a configuration and a scheduled workflow, made from three answers and good guesses."""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..exporters import Series
from ..exporters.contract.wording import descriptions
from ..model import OutputError, Source, UsageError, scan
from ..model.temporary import replacing
from .config import FILE, complaint

WORKFLOW = ".github/workflows/paperround.yml"
RECORDS = "arxiv.jsonl"
"""The file of arXiv's records that the configuration names; empty until `paperround metadata` collects some."""
DIGESTS = "digests"
"""Where digests lie that are not written yet."""

_ACTION = "paperround/paperround@v{}"
"""The action of our own repository, by a tag for each minor version."""
_REMOTE = re.compile(r"(?:https://|ssh://git@|git@)(?:[^/@]*@)?github\.com[:/]([^/]+)/([^/]+?)(?:\.git)?/?")
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.M)
_LINK = re.compile(r"!?\[([^]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"<[^>]*>|[`*]+")


@dataclass(frozen=True)
class Answers:
    """What a series needs to start; `digests` is relative to the folder, '.' the folder itself."""

    title: str
    base_url: str | None
    digests: str


def guess(folder: Path) -> Answers:
    """Guess the answers from what is in a folder and from the repository that it belongs to."""
    return Answers(_title(folder), _pages_url(folder), digests_in(folder) or DIGESTS)


def digests_in(folder: Path) -> str | None:
    """Return the folder that all digests lie in, above folders of years and months; None where there are none."""
    sections = scan([Source(folder, str(folder))], lambda diagnostic: None) if folder.is_dir() else []
    found = {os.path.dirname(section.path) for section in sections if section.path.endswith((".md", ".markdown"))}
    if not found:
        return None
    parts = os.path.commonpath([name or "." for name in found]).split("/") if "" not in found else []
    while parts and re.fullmatch(r"[0-9][0-9W-]*", parts[-1]):
        del parts[-1]
    return "/".join(parts) or "."


def checked(answers: Answers) -> Series:
    """Return the series that answers make; raises UsageError that names the flag of a wrong one."""
    if os.path.isabs(answers.digests) or ".." in Path(answers.digests).parts:
        raise UsageError(f"--digests: {answers.digests!r} is expected to be inside the folder")
    if not answers.digests or re.search(r"[\x00-\x1f\x7f]", answers.digests):
        raise UsageError(f"--digests: {answers.digests!r} is no name of a folder")
    try:
        return Series(title=answers.title, base_url=answers.base_url)
    except ValidationError as error:
        key, message = complaint(Series, error)
        raise UsageError(f"--{key.replace('_', '-')}: {message}") from None


def files(folder: Path, answers: Answers) -> dict[str, str]:
    """Return the texts of the files that start a series, by name; raises UsageError for a wrong answer."""
    series = checked(answers)
    digests = Path(answers.digests).as_posix()
    minor = ".".join(version("paperround").split(".")[:2])
    values = {"branch": _quoted(_branch(folder)), "action": _ACTION.format(minor), "digests": _quoted(digests)}
    return {
        FILE: _rendered("paperround.toml", {"keys": list(_keys(series)), "records": _quoted(RECORDS)}),
        WORKFLOW: _rendered("paperround.yml", values),
    } | ({} if os.path.lexists(folder / RECORDS) else {RECORDS: ""})


def write(folder: Path, texts: Mapping[str, str], force: bool) -> None:
    """Write the files, all or none; raises UsageError where one is there and not to be replaced, and OutputError."""
    there = [name for name in texts if os.path.lexists(folder / name)]
    if there and not force:
        verb, them = ("is", "it") if len(there) == 1 else ("are", "them")
        raise UsageError(f"{' and '.join(there)} {verb} there already, so nothing was written; --force replaces {them}")
    for name, text in texts.items():
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with replacing(folder / name) as file:
                file.write(text.encode())
        except OSError as error:
            raise OutputError(f"cannot write {folder / name}: {error.strerror}") from None


def top(folder: Path) -> Path | None:
    """Return the top of the Git repository that a folder is in, which is where GitHub looks for workflows."""
    found = _git(folder, "rev-parse", "--show-toplevel")
    return Path(found) if found else None


def _title(folder: Path) -> str:
    """Take the first heading of a README, or the folder's name."""
    for path in sorted(folder.glob("[Rr][Ee][Aa][Dd][Mm][Ee].md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for heading in _HEADING.finditer(text):
            title = " ".join(_MARKUP.sub("", _LINK.sub(r"\1", heading[1])).split())
            if title.isprintable() and title:
                return title
    name = " ".join(re.split(r"[\W_]+", folder.resolve().name)).strip()
    return name[:1].upper() + name[1:] or str(Series.model_fields["title"].default)


def _pages_url(folder: Path) -> str | None:
    """Tell where GitHub Pages would publish the repository that a folder belongs to."""
    found = _REMOTE.fullmatch(_git(folder, "remote", "get-url", "origin"))
    if not found:
        return None
    host = f"{found[1].lower()}.github.io"
    return f"https://{host}" if found[2].lower() == host else f"https://{host}/{found[2]}"


def _branch(folder: Path) -> str:
    head = _git(folder, "symbolic-ref", "--short", "refs/remotes/origin/HEAD").removeprefix("origin/")
    return head or _git(folder, "symbolic-ref", "--short", "HEAD") or "main"


def _git(folder: Path, *words: str) -> str:
    """Return what Git says in a folder, '' where it says nothing or is not installed."""
    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, timeout=10)  # noqa: S603, S607
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _keys(series: Series) -> Iterator[dict[str, object]]:
    """Yield what the template says of each key of the `[series]` table."""
    texts = descriptions(Series)
    for name, field in Series.model_fields.items():
        value = getattr(series, name)
        given = value is not None and name in ("id", "title", "base_url")
        yield {
            "name": name,
            "given": given,
            "description": texts[name],
            "value": _quoted(value or field.default or "…"),
        }


def _quoted(text: str) -> str:
    """Return a string as TOML and YAML both write it: JSON's, in which TOML wants DEL escaped, too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _rendered(name: str, values: Mapping[str, Any]) -> str:
    import jinja2

    # Other marks than Jinja's own, which GitHub's expressions look like. Nothing is HTML here.
    environment = jinja2.Environment(  # noqa: S701
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=jinja2.StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(values)
