"""Pictures that share their line with fields: nothing of the line is lost, and nothing stands twice."""

import pytest
from paperround.model import Diagnostic, Paper, parse

HEAD = "## Daily Papers (2024-05-06)\n\n### [Lamps](https://arxiv.org/abs/2405.00101)\n\n"
PICTURE = "https://e.org/a.png"


def read(line: str) -> Paper:
    said: list[Diagnostic] = []
    (issue,) = parse(f"{HEAD}{line}\n\n- They float.\n", "x.md", said.append)
    assert not said
    return issue.papers[0]


@pytest.mark.parametrize(
    "line",
    [
        f"![]({PICTURE}) Authors: Mina Oh, Ada Roe Vote: 3",
        f"![]({PICTURE})Authors: Mina Oh, Ada Roe | Votes: 3",
        f"Authors: Mina Oh, Ada Roe Vote: 3 ![]({PICTURE})",
        f"Vote: 3 ![a picture]({PICTURE}) Authors: Mina Oh, Ada Roe",
        f"![][1] Vote: 3 Authors: Mina Oh, Ada Roe\n\n[1]: {PICTURE}",
        f'<img src="{PICTURE}"> **Votes**: 3 **Authors**: Mina Oh, Ada Roe',
        f"![]({PICTURE}) 저자: Mina Oh, Ada Roe 투표: 3",
        f"![]({PICTURE}) Vote: 3 Authors:\nMina Oh,\nAda Roe",
        f"- ![]({PICTURE}) Authors: Mina Oh, Ada Roe\n- Vote: 3",
        f"![]({PICTURE}) [PDF](https://arxiv.org/pdf/2405.00101) Vote: 3, Authors: Mina Oh, Ada Roe",
        f"![]({PICTURE}) Published: 3 Authors: Mina Oh, Ada Roe Vote: 3",
    ],
)
def test_fields_beside_a_picture(line: str) -> None:
    paper = read(line)
    assert (paper.authors, paper.authors_complete, paper.votes) == (("Mina Oh", "Ada Roe"), True, 3)
    assert paper.media
    assert paper.media.url == PICTURE
    rest = ["Published: 3"] if "Published" in line else []
    assert [point.text for point in paper.summary] == [*rest, "They float."]


def test_pictures_on_one_line() -> None:
    paper = read(f"![]({PICTURE}) ![](https://e.org/b.png)")
    assert paper.media
    assert (paper.media.url, paper.summary[0].text) == (PICTURE, "![](https://e.org/b.png)")


@pytest.mark.parametrize("line", [f"![a]({PICTURE}) A caption.", f"See ![a]({PICTURE}) and this."])
def test_a_picture_in_text_stays_there(line: str) -> None:
    assert read(line).summary[0].text == line


def test_a_summary_behind_authors_is_none_of_them() -> None:
    paper = read("Vote: 3 Authors: Mina Oh, Ada Roe - **Idea**: they shine.")
    assert (paper.authors, paper.summary[0].heading) == (("Mina Oh", "Ada Roe"), "Idea")


@pytest.mark.parametrize("tail", ["Ada Roe we show that lamps float", "Ada Roe Abstract: lamps"])
def test_names_with_text_behind_them_are_a_guess(tail: str) -> None:
    assert not read(f"Authors: Mina Oh, {tail}").authors_complete


@pytest.mark.parametrize(
    "written",
    [
        "`<video src='https://x.org/a.mp4'>`{=html}`</video>`{=html}\n",
        '```{=html}\n<div><video controls src="https://x.org/a.mp4"></video></div>\n```\n',
        "[Watch\nVideo](https://x.org/a.mp4)\n",
        "\\[Watch\nVideo\\]<https://x.org/a.mp4>\n",
        "\\[Watch Video\\]<https://x.org/a.mp4>\n",
    ],
)
def test_videos_as_pandoc_writes_them(written: str) -> None:
    (issue,) = parse(f"{HEAD}{written}Vote: 3\n\n- Floats.\n", "x.md", lambda said: None)
    (paper,) = issue.papers
    assert (paper.media and (paper.media.kind, paper.media.url)) == ("video", "https://x.org/a.mp4")
    assert (paper.votes, [point.text for point in paper.summary]) == (3, ["Floats."])
