"""Saved answers of Hugging Face's daily_papers: what their fields become, beside a digest, and whatever is wrong."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import Code, Diagnostic, Issue, Source, UsageError, issues, limits, read, scan
from paperround.model.readers.daily_papers import read as daily_papers
from paperround.model.readers.testing import run

ENTRY: dict[str, Any] = {
    "paper": {
        "id": "2106.09685",
        "title": "LoRA: Low-Rank\n  Adaptation",
        "authors": [{"name": "Edward J. Hu"}, {"name": "Yelong Shen"}, {"name": "Weizhu Chen"}],
        "summary": "Two thin matrices beside\neach frozen one.",
        "publishedAt": "2021-06-17T13:37:00.000Z",
        "submittedOnDailyAt": "2024-05-03T00:00:00.000Z",
        "upvotes": 63,
    },
    "title": "LoRA",
    "publishedAt": "2021-06-16T20:00:00.000Z",
    "thumbnail": "https://example.org/lora.png",
}
DIGEST = """## Daily Papers (2024-05-03)

### [Zuerst](https://arxiv.org/abs/1607.06450)

- 글.

### [LoRA](https://arxiv.org/abs/2106.09685)

Authors: Yelong Shen, Weizhu Chen, Edward J. Hu

- 행렬 두 개만 배웁니다.
"""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def entry(**changes: object) -> dict[str, Any]:
    """Return the entry with fields of `paper` changed; None removes one."""
    changed = copy.deepcopy(ENTRY)
    changed["paper"] = {key: value for key, value in (changed["paper"] | changes).items() if value is not None}
    return changed


def answer(*entries: object) -> bytes:
    return json.dumps(list(entries)).encode()


def given_and_said(*paths: Path) -> tuple[list[Issue], list[Code]]:
    said: list[Diagnostic] = []
    return list(read(paths, said.append)), [diagnostic.code for diagnostic in said]


def test_the_fields_of_a_paper() -> None:
    ((issue,), said) = run(daily_papers, answer(ENTRY), "x.json")
    assert (str(issue.date), issue.title, issue.language, said) == ("2024-05-03", "Daily Papers (2024-05-03)", "en", [])
    assert issue.papers[0].model_dump(exclude_defaults=True) == {
        "arxiv_id": "2106.09685",
        "title": "LoRA: Low-Rank Adaptation",
        "url": "https://arxiv.org/abs/2106.09685",
        "votes": 63,
        "authors": ("Edward J. Hu", "Yelong Shen", "Weizhu Chen"),
        "authors_complete": True,
        "authors_ordered": True,
        "media": {"kind": "image", "url": "https://example.org/lora.png"},
        "summary": ({"text": "Two thin matrices beside each frozen one."},),
        "path": "x.json",
        "line": 1,
    }


@pytest.mark.parametrize(
    ("at", "day"), [("2024-05-04", "2024-05-04"), ("2024-05-04T23:59:59.999Z", "2024-05-04"), (None, "2021-06-16")]
)
def test_the_day_is_that_of_the_list(at: str | None, day: str) -> None:
    ((issue,), _) = run(daily_papers, answer(entry(submittedOnDailyAt=at)))
    assert str(issue.date) == day


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("2106.09685v2", "https://arxiv.org/abs/2106.09685"),
        ("hep-th/9711200", "https://arxiv.org/abs/hep-th/9711200"),
        ("some-lab.report_1", "https://huggingface.co/papers/some-lab.report_1"),
        ("../../x", None),
        ("a b", None),
    ],
)
def test_the_address_is_made_of_the_id(written: str, url: str | None) -> None:
    ((issue,), said) = run(daily_papers, answer(entry(id=written)))
    assert issue.papers[0].url == url
    assert [diagnostic.code for diagnostic in said] == [Code.NO_LINK] * (url is None)


def test_an_answer_of_several_days_is_several_issues(tmp_path: Path) -> None:
    days = ["2024-05-04", "2024-05-03", "2024-05-04"]
    entries = [entry(id=f"2405.0000{number}", submittedOnDailyAt=day) for number, day in enumerate(days)]
    (tmp_path / "x.json").write_bytes(answer(*entries))
    found, said = given_and_said(tmp_path)
    assert [(issue.date.day, len(issue.papers)) for issue in found] == [(3, 1), (4, 2)]
    assert said == []


@pytest.mark.parametrize("names", [("a.json", "b.md"), ("b.json", "a.md")])
def test_beside_a_digest_it_completes(tmp_path: Path, names: tuple[str, str]) -> None:
    """Whatever they are called: the digest's text, order and place, the answer's authors and votes."""
    (tmp_path / names[0]).write_bytes(answer(ENTRY, entry(id="1412.6980", title="Adam")))
    (tmp_path / names[1]).write_text(DIGEST, encoding="utf-8")
    ((issue,), said) = given_and_said(tmp_path)
    lora = issue.papers[1]
    assert [paper.arxiv_id for paper in issue.papers] == ["1607.06450", "2106.09685", "1412.6980"]
    assert (lora.title, lora.summary[0].text, lora.path) == ("LoRA", "행렬 두 개만 배웁니다.", names[1])
    assert (lora.authors, lora.authors_ordered) == (("Edward J. Hu", "Yelong Shen", "Weizhu Chen"), True)
    assert (lora.votes, lora.media and lora.media.url) == (63, "https://example.org/lora.png")
    assert (issue.language, said) == ("ko", [Code.COMPLETED_ISSUE])


def test_an_abstract_stands_in_for_a_summary_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(answer(ENTRY))
    (tmp_path / "a.md").write_text(DIGEST.replace("- 행렬 두 개만 배웁니다.\n", ""), encoding="utf-8")
    ((issue,), _) = given_and_said(tmp_path)
    assert issue.papers[1].summary[0].text == "Two thin matrices beside each frozen one."


def test_the_same_answer_twice_adds_nothing(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(answer(ENTRY))
    ((issue,), said) = given_and_said(tmp_path)
    assert (len(issue.papers), said) == (1, [Code.REPEATED_ISSUE])


@pytest.mark.parametrize("text", ["[]", "{}", "[{}]", '[{"paper": 1}]', '[{"x": {"paper": {}}}]', "nonsense", "", "[{"])
def test_other_json_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(DIGEST, encoding="utf-8")
    (tmp_path / "package.json").write_text(text, encoding="utf-8")
    (_, said) = given_and_said(tmp_path)
    assert said == [Code.NOT_A_DIGEST]


def test_standard_input_is_told_by_its_start(tmp_path: Path) -> None:
    (tmp_path / "spooled").write_bytes(b"\xef\xbb\xbf\n" + answer(ENTRY))
    assert [len(issue.papers) for issue in given_and_said(tmp_path / "spooled")[0]] == [1]


@pytest.mark.parametrize("depth", [900, 200_000])
def test_deep_nesting_is_told(tmp_path: Path, depth: int) -> None:
    inner = b'{"paper":' * depth + b"1" + b"}" * depth
    (tmp_path / "x.json").write_bytes(b"[" + json.dumps(ENTRY).encode() + b"," + inner + b"]")
    ((issue,), said) = given_and_said(tmp_path / "x.json")
    assert (len(issue.papers), set(said)) == (1, {Code.BAD_ENTRY})


def test_an_answer_over_the_limit_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_DOCUMENT", 300)
    (tmp_path / "x.json").write_bytes(answer(ENTRY))
    assert given_and_said(tmp_path / "x.json") == ([], [Code.TOO_LARGE])


def test_bytes_that_are_not_utf_8_are_replaced() -> None:
    ((issue,), said) = run(daily_papers, b"\n" + answer(ENTRY).replace(b"thin", b"th\xefn"))
    assert issue.papers[0].summary[0].text == "Two th\ufffdn matrices beside each frozen one."
    assert [(diagnostic.line, diagnostic.code) for diagnostic in said] == [(2, Code.NOT_UTF8)]


def test_what_was_cut_off_is_told_and_the_rest_read() -> None:
    data = answer(ENTRY, entry(id="1412.6980"))
    whole = len(answer(ENTRY)) - 1
    for end in range(40, len(data) - 1, 7):
        found, said = run(daily_papers, data[:end])
        assert [len(issue.papers) for issue in found] == [1] * (end >= whole)
        assert [diagnostic.code for diagnostic in said] == [Code.BAD_ENTRY] * (end not in (whole, whole + 1))


def test_a_list_without_a_comma_is_read_up_to_there() -> None:
    found, said = run(daily_papers, answer(ENTRY)[:-1] + b"\n" + answer(ENTRY)[1:])
    assert [len(issue.papers) for issue in found] == [1]
    assert [(diagnostic.line, diagnostic.code) for diagnostic in said] == [(2, Code.BAD_ENTRY)]


@given(st.data())
def test_any_value_in_any_field_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """What the scan promises is what there is, and nothing raises."""
    fields = sorted(ENTRY["paper"])
    changes = data.draw(st.dictionaries(st.sampled_from(fields), JSON, max_size=4))
    outer = data.draw(st.dictionaries(st.sampled_from(sorted(ENTRY)), JSON, max_size=2))
    path = tmp_path_factory.mktemp("any") / "x.json"
    path.write_bytes(answer(ENTRY, entry(**{"id": "1412.6980"} | changes) | outer, data.draw(JSON)))
    found = scan([Source(path, "x.json")], lambda said: None)
    assert [issue.date for issue in issues(found, lambda said: None)] == sorted({section.date for section in found})


@pytest.mark.parametrize("days", [1, 28])
def test_time_grows_with_the_length(days: int) -> None:
    """Also for a list that jumps from day to day."""
    import time

    def seconds(count: int) -> float:
        entries = (entry(id=f"2405.{at:05}", submittedOnDailyAt=f"2024-05-{at % days + 1:02}") for at in range(count))
        data = answer(*entries)
        start = time.process_time()
        found, _ = run(daily_papers, data)
        assert sum(len(issue.papers) for issue in found) == count
        return time.process_time() - start

    small = seconds(500)
    assert seconds(4_000) < 20 * small + 0.2


def test_a_source_without_any_is_the_user_s(tmp_path: Path) -> None:
    from paperround.publish import Span, find

    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(UsageError, match="no digests in x"):
        find([Source(tmp_path / "x.json", "x")], Span(), lambda said: None)
