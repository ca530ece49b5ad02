"""What a build makes anew: what has changed and nothing else, and the folder is what a full build would write."""

import datetime
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from paperround.exporters import BoundExporter, Options, Output, Selected, Series, Write, bind, exporter, names, part_of
from paperround.model import Diagnostic, Source
from paperround.publish import Criteria, Job, Policy, Result, Span, Stream, build, find
from paperround.publish.build import work

from ...command import sealed

PAPER = "### [Paper {0}](https://arxiv.org/abs/2405.{0:05})\n\nVote: {1}\nAuthors: Ada Lovelace\n\n- {2}\n\n"
DATES = ("2024-04-29", "2024-04-30", "2024-05-02", "2024-05-03")
log: list[str] = []


class Words(Options):
    """What is written."""

    word: str = "issue"
    """Stands before each date."""


def days_and_all(options: Options, date: datetime.date) -> tuple[str, ...]:
    return "", part_of("day", date), part_of("month", date)


@exporter(Words, files=("logged/{part}.txt", "logged/all.txt"), parts=days_and_all)
def logged(options: Words, output: Output) -> Iterator[Write]:
    """Writes a line for each issue."""
    log.append(f"logged {output.part}")
    with output.text(f"logged/{output.part or 'all'}.txt") as file:
        yield (
            lambda issue: (
                file.write(f"{options.word} {issue.date} {[paper.votes for paper in issue.papers]}\n") and None
            )
        )


@exporter(Options, files=("sizes/{part}.txt",), parts=lambda options, date: (part_of("day", date),), after=1)
def sizes(options: Options, output: Output) -> Iterator[Write]:
    """Tells how long another format's file of the day is, and whether one of all days will be there."""
    log.append(f"sizes {output.part}")
    yield lambda issue: None
    with output.text(f"sizes/{output.part}.txt") as file:
        later = output.size("logged/all.txt"), output.published("logged/all.txt"), output.published("logged/none")
        file.write(f"{output.size(f'logged/{output.part}.txt')} {later}\n")


LOGGED, SIZES = logged.bind("logged", {}), sizes.bind("sizes", {})


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    folder.mkdir()
    for number, date in enumerate(DATES):
        write(folder, date, PAPER.format(number, 1, "요약입니다."))
    log.clear()
    return folder


def write(folder: Path, date: str, papers: str) -> None:
    (folder / f"{date}.md").write_text(f"## Daily Papers ({date})\n\n{papers}", encoding="utf-8")


def job(digests: Path, *exporters: BoundExporter, said: list[Diagnostic] | None = None, **more: object) -> Job:
    report = [].append if said is None else said.append
    found = find([Source(digests, "digests")], Span(), report)
    return Job(found, exporters, Series(), report, lambda done, total: None, **more)  # type: ignore[arg-type]


def run(digests: Path, *exporters: BoundExporter, force: bool = False, **more: object) -> Result:
    """Build beside the digests and leave in `log` what was opened."""
    log.clear()
    return build(job(digests, *exporters, **more), out(digests), Policy(force=force))


def out(digests: Path) -> Path:
    return digests.parent / "out"


def test_with_nothing_new_nothing_is_opened_parsed_or_touched(digests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(digests, LOGGED, SIZES)
    before = {path: path.stat().st_mtime_ns for path in out(digests).rglob("*") if path.suffix != ".lock"}
    monkeypatch.setattr(work, "issues", None)
    done = run(digests, LOGGED, SIZES)
    assert not log
    assert {path: path.stat().st_mtime_ns for path in out(digests).rglob("*") if path.suffix != ".lock"} == before
    assert (done.issues, done.papers, set(done.files.values())) == (4, 4, {False})


def test_a_new_day_makes_its_parts_its_neighbours_and_the_whole(digests: Path) -> None:
    run(digests, LOGGED, SIZES)
    write(digests, "2024-05-06", PAPER.format(9, 1, "새 글"))
    done = run(digests, LOGGED, SIZES)
    assert sorted(log) == [
        "logged ", "logged 2024-05", "logged 2024-05-03", "logged 2024-05-06", "sizes 2024-05-03", "sizes 2024-05-06",
    ]  # fmt: skip
    assert sorted(name for name, changed in done.files.items() if changed) == [
        "logged/2024-05-06.txt", "logged/2024-05.txt", "logged/all.txt", "sizes/2024-05-06.txt",
    ]  # fmt: skip


def test_a_part_is_made_anew_with_those_that_it_may_know(digests: Path) -> None:
    run(digests, LOGGED, SIZES)
    run(digests, logged.bind("logged", {"word": "an issue"}), SIZES)
    assert sorted(line for line in log if line.startswith("sizes")) == [f"sizes {date}" for date in DATES]
    assert (out(digests) / "sizes/2024-05-02.txt").read_text() == "24 (None, True, False)\n"


def test_a_format_that_points_at_nothing_may_not_ask(digests: Path) -> None:
    @exporter(Options, files=("asking.txt",))
    def asking(options: Options, output: Output) -> Iterator[Write]:
        """Asks for the length of another format's file."""
        yield lambda issue: None
        output.size("logged/all.txt")

    with pytest.raises(ValueError, match="does not declare with `after`"):
        run(digests, LOGGED, asking.bind("asking", {}))


def test_force_makes_everything(digests: Path) -> None:
    run(digests, LOGGED)
    run(digests, LOGGED, force=True)
    assert len(log) == 7


@pytest.mark.parametrize("name", ["logged/2024-05-02.txt", "logged/all.txt"])
@pytest.mark.parametrize(
    "content", [None, b"", b"issue 2024-05-02 [9]\n", b"longer than what stood here before, by far"]
)
def test_a_file_that_is_not_as_it_was_is_mended(digests: Path, name: str, content: bytes | None) -> None:
    run(digests, LOGGED)
    path = out(digests) / name
    whole = path.read_bytes()
    path.unlink() if content is None else path.write_bytes(content)
    run(digests, LOGGED)
    assert path.read_bytes() == whole
    assert len(log) == 1


@pytest.mark.parametrize(
    "text", ["", "{}", '{"schema": 1}', '{"schema": 4, "files": {}}', "[[[[", '{"schema": 3, "files": {}, "parts": []}']
)
def test_without_a_manifest_that_can_be_read_everything_is_made(digests: Path, text: str) -> None:
    run(digests, LOGGED)
    path = out(digests) / ".paperround.json"
    whole = path.read_text()
    path.write_text(text)
    run(digests, LOGGED)
    assert len(log) == 7
    assert path.read_text() == whole


def test_a_manifest_that_lies_about_a_diagnostic_is_not_believed(digests: Path) -> None:
    write(digests, "2024-05-03", PAPER.format(3, "x", "글"))
    run(digests, LOGGED)
    path = out(digests) / ".paperround.json"
    values = json.loads(path.read_text())
    values["days"]["2024-05-03"]["diagnostics"] = [[99, 1, "odd-votes", "far"]]
    values["days"]["2024-05-02"]["diagnostics"] = [[0, 1, "no-such-code", "far"]]
    path.write_bytes(sealed(values))
    said: list[Diagnostic] = []
    run(digests, LOGGED, said=said)
    assert [diagnostic.path for diagnostic in said] == [""]


def test_files_that_a_run_changed_before_it_died_are_made_anew(digests: Path) -> None:
    @exporter(Options, files=("broken.txt",))
    def broken(options: Options, output: Output) -> Iterator[Write]:
        """Fails at the end."""
        yield lambda issue: None
        raise ZeroDivisionError

    run(digests, LOGGED)
    text = (digests / "2024-05-02.md").read_text()
    (digests / "2024-05-02.md").write_text(text.replace("Vote: 1", "Vote: 2"))
    with pytest.raises(ZeroDivisionError):
        run(digests, LOGGED, broken.bind("a", {}))
    (digests / "2024-05-02.md").write_text(text)
    run(digests, LOGGED)
    assert (out(digests) / "logged/2024-05-02.txt").read_text() == "issue 2024-05-02 [1]\n"


def test_diagnostics_are_said_again_where_nothing_is_parsed(digests: Path) -> None:
    write(digests, "2024-05-02", PAPER.format(2, "many", "글"))
    formats = [bind(name, {}) for name in names()]
    first: list[Diagnostic] = []
    second: list[Diagnostic] = []
    run(digests, *formats, said=first)
    run(digests, *formats, said=second)
    assert sorted(map(repr, second)) == sorted(map(repr, first))
    assert {diagnostic.code.word for diagnostic in first} >= {"odd-votes", "no-base-url"}


def test_only_papers_whose_record_changed_are_made_anew(digests: Path, tmp_path: Path) -> None:
    record = '{{"id":"2405.{:05}","title":"{}","authors":[{{"name":"Ada Lovelace"}}]}}\n'
    path = tmp_path / "arxiv.jsonl"
    path.write_text("".join(record.format(number, f"Paper {number}") for number in range(4)))
    run(digests, LOGGED, metadata=path)
    assert len(log) == 7
    path.write_text("".join(record.format(number, f"Paper {number % 3}") for number in range(5)))
    run(digests, LOGGED, metadata=path)
    assert sorted(log) == ["logged ", "logged 2024-05", "logged 2024-05-03"]
    run(digests, LOGGED)
    assert len(log) == 7


@pytest.mark.parametrize(
    ("arxiv_id", "spelled"),
    [
        ("math/0309136", "https://arxiv.org/abs/math.GT/0309136"),
        ("hep-th/9901001", "https://arxiv.org/abs/HEP-TH/9901001"),
        ("cs/0401001", "https://doi.org/10.48550/arXiv.cs/0401001"),
        ("2405.00009", "https://arxiv.org/abs/2405%2E00009"),
    ],
)
def test_records_are_looked_for_under_all_spellings_of_an_id(
    digests: Path, tmp_path: Path, arxiv_id: str, spelled: str
) -> None:
    write(digests, "2024-05-03", f"### [A paper of many]({spelled})\n\n- 글\n")
    paper = {"arxiv_id": arxiv_id, "title": "A paper of many", "path": "x", "line": 1}
    issue = {"schema": 1, "date": "2024-05-04", "title": "Papers", "language": "en", "papers": [paper]}
    line = json.dumps(issue)
    (tmp_path / "papers.jsonl").write_text(line.replace("/", "\\/").replace(".", "\\u002e") + "\n")
    sources = [Source(digests, "digests"), Source(tmp_path / "papers.jsonl", "papers.jsonl")]
    path = tmp_path / "arxiv.jsonl"
    for title in "A paper of one", "A paper of two":
        path.write_text(json.dumps({"id": arxiv_id, "title": title, "authors": [{"name": "Ada"}]}) + "\n")
        made = job(digests, bind("bibtex", {"period": "day"}), LOGGED, metadata=path)
        log.clear()
        build(replace(made, sections=find(sources, Span(), [].append)), out(digests))
        for part in "2024-05-03", "2024-05-04":
            assert title in (out(digests) / f"bib/{part}.bib").read_text()
    assert sorted(log) == ["logged ", "logged 2024-05", "logged 2024-05-03", "logged 2024-05-04"]


def test_of_a_selection_that_is_no_more_nothing_is_known(digests: Path, tmp_path: Path) -> None:
    formats = [bind(name, {}) for name in ("csv", "opds")]  # without books there is no catalogue
    top = Stream(Selected(Series(id="top"), "select/top/"), tuple(formats), Criteria(min_votes=1))
    for selections in [top], []:
        made = job(digests, *formats, selections=selections)
        build(made, out(digests), Policy(prune=True))
    build(made, tmp_path / "full", Policy(prune=True))
    assert files(out(digests)) == files(tmp_path / "full")


@pytest.mark.parametrize("prunes", [(False, True, True), (True, True), (False, False, True)])
def test_nothing_refers_to_what_is_removed(digests: Path, tmp_path: Path, prunes: tuple[bool, ...]) -> None:
    """A selection may be published in fewer formats than before."""
    series = Series(base_url="https://example.org")
    formats = {name: bind(name, {}) for name in ("rss", "opml", "html")}
    place = Selected(Series(id="top", base_url="https://example.org/select/top"), "select/top/")
    for number, prune in enumerate(prunes):
        chosen = [formats["rss"], formats["html"]] if number == 0 else []
        made = job(digests, *formats.values(), selections=[Stream(place, tuple(chosen), Criteria(min_votes=1))])
        build(replace(made, series=series), out(digests), Policy(prune=prune))
    build(replace(made, series=series), tmp_path / "full", Policy(prune=True))
    assert files(out(digests)) == files(tmp_path / "full")


def test_what_another_selection_took_is_forgotten(digests: Path, tmp_path: Path) -> None:
    place = Selected(Series(id="top"), "select/top/")
    for criteria in Criteria(min_votes=1), Criteria():
        made = job(digests, LOGGED, selections=[Stream(place, (), criteria)])
        build(made, out(digests), Policy(prune=True))
    build(made, tmp_path / "full", Policy(prune=True))
    assert files(out(digests)) == files(tmp_path / "full")


def test_selections_are_remembered(digests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(digests, "2024-04-30", PAPER.format(1, 50, "글"))
    chosen = Stream(Selected(Series(id="top"), "select/top/"), (LOGGED,), Criteria(min_votes=50))
    run(digests, LOGGED, selections=[chosen])
    top = out(digests) / "select/top/logged"
    assert sorted(path.name for path in top.iterdir()) == ["2024-04-30.txt", "2024-04.txt", "all.txt"]
    with monkeypatch.context() as patch:
        patch.setattr(work, "issues", None)
        assert set(run(digests, LOGGED, selections=[chosen]).files.values()) == {False}
    write(digests, "2024-05-02", PAPER.format(2, 60, "글"))
    run(digests, LOGGED, selections=[chosen])
    assert (top / "all.txt").read_text() == "issue 2024-04-30 [50]\nissue 2024-05-02 [60]\n"
    assert (top / "2024-05-02.txt").exists()


def test_other_formats_parts_are_remembered(digests: Path) -> None:
    run(digests, LOGGED, SIZES)
    log.clear()
    build(job(digests, LOGGED), out(digests), Policy(every_format=False))
    assert not log
    run(digests, LOGGED, SIZES)
    assert not log


def test_files_of_formats_that_are_left_out_are_known(digests: Path) -> None:
    run(digests, LOGGED, SIZES)
    told = files(out(digests) / "sizes")
    build(job(digests, SIZES), out(digests), Policy(every_format=False))
    assert (out(digests) / "sizes/2024-05-02.txt").read_text() == "21 (84, True, False)\n"
    run(digests, LOGGED, SIZES)
    assert files(out(digests) / "sizes") == told


@pytest.mark.parametrize("seed", range(6))
def test_any_history_ends_in_what_a_full_build_writes(digests: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(6):
        change(digests, chance)
        formats = [bind(name, options(name, chance)) for name in names()]
        said: list[Diagnostic] = []
        anew: list[Diagnostic] = []
        build(job(digests, *formats, said=said), out(digests), Policy(prune=True))
        shutil.rmtree(tmp_path / "full", ignore_errors=True)
        give_moments(out(digests), tmp_path / "full")
        build(job(digests, *formats, said=anew), tmp_path / "full", Policy(prune=True))
        assert files(out(digests)) == files(tmp_path / "full")
        assert set(said) == set(anew)


def change(digests: Path, chance: random.Random) -> None:
    """Write, rewrite or remove digests, and damage what is published."""
    for _ in range(chance.randint(0, 2)):
        date = datetime.date(2024, 4, 27) + datetime.timedelta(chance.randrange(12))
        papers = [PAPER.format(chance.randrange(30), chance.randrange(3), "글 " * chance.randint(1, 3)) for _ in "ab"]
        write(digests, date.isoformat(), "".join(papers))
    if chance.random() < 0.3:
        chance.choice(sorted(digests.iterdir())).unlink()
        write(digests, "2024-05-03", PAPER.format(3, 1, "요약입니다."))
    published = sorted(out(digests).glob("[a-z]*.*"))  # those that no change takes away
    if published and chance.random() < 0.5:
        chance.choice(published).write_bytes(b"damaged")


def options(name: str, chance: random.Random) -> dict[str, object]:
    if name == "epub":
        return chance.choice([{}, {"periods": ["day", "week", "month"]}, {"keep": 2}])
    return {}


def give_moments(root: Path, full: Path) -> None:
    """Let a full build know when texts changed last, which only the history tells."""
    entries = json.loads((root / ".paperround.json").read_bytes())["files"]
    full.mkdir()
    known = {name: entry for name, entry in entries.items() if "modified" in entry}
    (full / ".paperround.json").write_text(json.dumps({"schema": 3, "files": known}))


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


@pytest.mark.parametrize("seed", range(4))
def test_days_that_come_one_after_another_end_in_what_a_full_build_writes(
    digests: Path, tmp_path: Path, seed: int
) -> None:
    """Whatever formats the runs between were of, and whatever came back, changed or was damaged meanwhile."""
    chance = random.Random(seed)  # noqa: S311
    series = Stream(Selected(Series(id="top"), "select/top/"), (), Criteria(min_votes=1))
    for number in range(10):
        papers = [PAPER.format(chance.randrange(40), chance.randrange(3), "글 " * chance.randint(1, 3)) for _ in "abc"]
        write(digests, f"2024-05-{number + 7:02}", "".join(papers[: chance.randint(0, 3)]))
        if chance.random() < 0.2:
            change(digests, chance)
        chosen = names() if number == 9 else chance.sample(names(), chance.randint(1, len(names())))
        formats = tuple(bind(name, append_options(name, seed)) for name in chosen)
        said: list[Diagnostic] = []
        selections = [replace(series, exporters=formats)]
        build(
            job(digests, *formats, said=said, selections=selections),
            out(digests),
            Policy(every_format=False, prune=True),
        )
    formats = tuple(bind(name, append_options(name, seed)) for name in names())
    anew: list[Diagnostic] = []
    full = job(digests, *formats, said=anew, selections=[replace(series, exporters=formats)])
    give_moments(out(digests), tmp_path / "full")
    build(full, tmp_path / "full", Policy(every_format=False, prune=True))
    assert files(out(digests)) == files(tmp_path / "full")
    assert set(said) == set(anew)


def append_options(name: str, seed: int) -> dict[str, object]:
    """Return options that change what has to be remembered."""
    short: dict[str, object] = {"key": "{author}{year}", "unsafe_short_keys": True, "period": "week"}
    if name in ("bibtex", "csl-json", "ris", "biblatex"):
        return short if seed % 2 else {}
    if name in ("atom", "rss", "jsonfeed"):
        return {"papers": 3, "days": 2} if seed % 2 else {"papers": 5}
    return {"periods": ["day", "week"], "covers": False} if name == "epub" else {}
