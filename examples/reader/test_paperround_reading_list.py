from paperround.model import Code
from paperround.model.readers.testing import run
from paperround_reading_list import read

HEAD = b"day,title,link,note\n"


def test_a_line_is_a_paper() -> None:
    ((issue,), said) = run(read, HEAD + b"2024-05-03,One,https://arxiv.org/abs/2405.00001,Worth a look.\n")
    (paper,) = issue.papers
    assert (str(issue.date), paper.title, paper.arxiv_id) == ("2024-05-03", "One", "2405.00001")
    assert (paper.summary[0].text, paper.line, said) == ("Worth a look.", 2, [])


def test_a_line_that_is_none_is_told() -> None:
    issues, said = run(read, HEAD + b"tomorrow,One,,\n2024-05-03,One\n")
    assert issues == []
    assert [(entry.line, entry.code) for entry in said] == [(2, Code.BAD_ENTRY), (3, Code.BAD_ENTRY)]


def test_an_odd_field_is_told_and_left_empty() -> None:
    ((issue,), said) = run(read, HEAD + b"2024-05-03,One,ftp://example.org,\n")
    assert [(paper.title, paper.url) for paper in issue.papers] == [("One", None)]
    assert [(entry.line, entry.code) for entry in said] == [(2, Code.ODD_LINK)]


def test_another_table_is_passed_over() -> None:
    assert run(read, b"date,votes\n2024-05-03,1\n") == ([], [])
