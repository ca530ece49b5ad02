"""Each field of a paper, as a table of what is written and what is read."""

import datetime
import re
import time

import pytest
from paperround.model import dates, fields
from paperround.model.digest import titles
from paperround.model.names import authors


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("https://arxiv.org/abs/2405.01234", "2405.01234"),
        ("http://arxiv.org/abs/2405.01234", "2405.01234"),
        ("https://www.arxiv.org/abs/2405.01234v12", "2405.01234"),
        ("https://arxiv.org/pdf/2405.01234", "2405.01234"),
        ("https://arxiv.org/pdf/2405.01234v2.pdf", "2405.01234"),
        ("https://export.arxiv.org/abs/0704.0001", "0704.0001"),
        ("https://arxiv.org/html/2405.01234v1#S3", "2405.01234"),
        ("https://ar5iv.labs.arxiv.org/html/2405.01234", "2405.01234"),
        ("arxiv.org/abs/2405.01234?context=cs", "2405.01234"),
        ("https://ar5iv.org/abs/2405.01234", "2405.01234"),
        ("https://arxiv.org/abs/2405.01234.", "2405.01234"),
        ("https://huggingface.co/papers/2405.01234", "2405.01234"),
        ("https://hf.co/papers/2405.01234", "2405.01234"),
        ("https://doi.org/10.48550/arXiv.2405.01234", "2405.01234"),
        ("arXiv:2405.01234v3", "2405.01234"),
        ("https://arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001"),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/abs/physics.atom-ph/9901001", None),
        ("https://example.org/abs/2405.01234", None),
        ("https://arxiv.org.example.net/abs/2405.01234", None),
        ("https://arxiv.org/list/cs.CL/recent", None),
        ("https://arxiv.org/abs/", None),
        ("", None),
    ],
)
def test_arxiv_id(written: str, bare: str | None) -> None:
    assert fields.arxiv_id(written) == bare


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("", None),
        ("<https://example.org/a>", "https://example.org/a"),
        ("/papers/2405.01234", "https://huggingface.co/papers/2405.01234"),
        ("//cdn.example.org/x.png", "https://cdn.example.org/x.png"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("2405.01234v2", "https://arxiv.org/abs/2405.01234"),
        (
            "https://example.org/한글 글?q=가#나",
            "https://example.org/%ED%95%9C%EA%B8%80%20%EA%B8%80?q=%EA%B0%80#%EB%82%98",
        ),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%7Ea%2fb%zz", "https://example.org/~a%2Fb%25zz"),
        ("https://example.org/?x=X", "https://example.org/?x=X"),
        ("https://example.org/#a:b@c", "https://example.org/#a:b@c"),
        ("https://a..b/x", "https://a..b/x"),
        ("https://예시.example/", "https://xn--vv4b11d.example/"),
        ('https://example.org/"onmouseover=', "https://example.org/%22onmouseover="),
        ("HTTPS://Example.org/A", "https://example.org/A"),
        ("https://example.org", "https://example.org/"),
        ("http://example.org?a=B", "http://example.org/?a=B"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
    ],
)
def test_url(written: str, address: str | None) -> None:
    assert fields.url(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@example.org",
        "https://",
        "http://a b/",
        "https://user@example.org/",
        "https://[::1/",
        "ftp://example.org/",
        "https://example.org:port/",
        "file:///etc/passwd",
    ],
)
def test_url_refuses(written: str) -> None:
    with pytest.raises(fields.Odd):
        fields.url(written)


@pytest.mark.parametrize(
    ("written", "votes"),
    [
        ("26", 26),
        (" 26 ", 26),
        ("1,234", 1234),
        ("👍 7", 7),
        ("0", 0),
        ("-", None),
        ("", None),
        ("–", None),
        ("N/A", None),
    ],
)
def test_votes(written: str, votes: int | None) -> None:
    assert fields.votes(written) == votes


def test_what_is_no_address_is_quoted() -> None:
    with pytest.raises(fields.Odd, match=re.escape("'https://[::1/' is not an address")):
        fields.url("https://[::1/")


@pytest.mark.parametrize("written", ["many", "-3", " -3", "1.5", "1e9", "9999999999", "12 13", "٣", "²"])
def test_votes_refuses(written: str) -> None:
    with pytest.raises(fields.Odd):
        fields.votes(written)


@pytest.mark.parametrize(
    ("written", "names", "complete"),
    [
        ("A B, C D", ("A B", "C D"), True),
        ("A B, C D, A B", ("A B", "C D"), True),
        ("A B, +, C D", ("A B", "C D"), False),
        ("A B, + 12 authors", ("A B",), False),
        ("A B, C D, et al.", ("A B", "C D"), False),
        ("A B, C D, and others", ("A B", "C D"), False),
        ("A B, …", ("A B",), False),
        ("A B, C D, and E F", ("A B", "C D", "E F"), True),
        ("Lin, Yingyan; Doe, Jane", ("Lin, Yingyan", "Doe, Jane"), True),
        ("['A B', \"D'Arc\", 'E \\'F\\'']", ("A B", "D'Arc", "E 'F'"), True),
        ("['Lin, Yingyan', 'A B']", ("Lin, Yingyan", "A B"), True),
        ("01. AI, DeepSeek-AI, o3 contributors", ("01. AI", "DeepSeek-AI", "o3 contributors"), True),
        ("홍길동、 임꺽정", ("홍길동", "임꺽정"), True),
        ("A B, + C D, E F", ("A B", "C D", "E F"), False),
        ("A B, +3 more", ("A B",), False),
        ("A B 외, + 12명", ("A B",), False),
        ("**A B**, *C D*", ("A B", "C D"), True),
        ("[A B](https://e.org/a), [C D](https://e.org/c)", ("A B", "C D"), True),
        ("[A B, C D]", ("A B", "C D"), True),
        ("['A B', C D, 'E F']", ("A B", "C D", "E F"), True),
        ("['A 'B' C', 'D E']", ("A 'B' C", "D E"), True),
        ("A  B, C D", ("A B", "C D"), True),
        ("A\u00a0B, C D", ("A B", "C D"), True),
        ("A B, + Xu Y", ("A B", "Xu Y"), False),
        ("A B； Tarn, C", ("A B", "Tarn, C"), True),
        ("A B，C D", ("A B", "C D"), True),
        ("['A \\ B', 'C D']", ("A B", "C D"), True),
        ("['A\\'B',  'C D']", ("A'B", "C D"), True),
        ("['A',  'B, C']", ("A", "B, C"), True),
        ("['A', \", 'B, C']", ("A", "B, C"), True),
        ("['A'\", 'B, C']", ("A", "B, C"), True),
        ("[Xu A, 'B X']", ("Xu A", "B X"), True),
        ("x" * 300, ("x" * 300,), True),
        (f"{'x' * 300}; B", ("x" * 300, "B"), True),
        ("['A' 'B']", ("A", "B"), True),
        ("['A B', '']", ("A B",), True),
        ("['Abcd", ("['Abcd",), True),
        ("Abcd']", ("Abcd']",), True),
        ("\u212bA, \u00c5A", ("\u212bA",), True),
        ("", (), False),
        ("+", (), False),
        (", ,", (), False),
        ("-", (), False),
        ("[]", (), False),
        ("Zoe\u0308 M, Zo\u00eb M", ("Zoe\u0308 M",), True),
    ],
)
def test_authors(written: str, names: tuple[str, ...], complete: bool) -> None:
    assert authors(written) == (names, complete, ())


def test_authors_drops_what_is_no_name() -> None:
    assert authors("A B, :, " + "x" * 301).dropped == (":", "x" * 301)


@pytest.mark.parametrize("piece", ["\\'", "'\\", "'\"", "'a', ", "+,", "[a](b), "])
def test_authors_takes_linear_time(piece: str) -> None:
    small, large = (duration(f"['{piece * count}]") for count in (1_000, 16_000))
    assert large < 40 * small + 0.2  # sixteen times the input; quadratic time would be 256 times as long


def duration(text: str) -> float:
    start = time.process_time()
    authors(text)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("written", "title", "target"),
    [
        ("[T](https://e.org/)", "T", "https://e.org/"),
        ("[GLM-4: [x] y](https://e.org/)", "GLM-4: [x] y", "https://e.org/"),
        ("[T](https://e.org/a_(b))", "T", "https://e.org/a_(b)"),
        ('[T](https://e.org/ "title")', "T", "https://e.org/"),
        ("[T](<https://e.org/>)", "T", "<https://e.org/>"),
        ("**[T](https://e.org/)**", "T", "https://e.org/"),
        ("[**T**](https://e.org/)", "T", "https://e.org/"),
        ("1. [T](https://e.org/)", "T", "https://e.org/"),
        (
            "[T](https://arxiv.org/abs/2405.01234) [code](https://e.org/)",
            "T [code](https://e.org/)",
            "https://arxiv.org/abs/2405.01234",
        ),
        (
            "[code](https://e.org/) [T](https://arxiv.org/abs/2405.01234)",
            "[code](https://e.org/) T",
            "https://arxiv.org/abs/2405.01234",
        ),
        ("[T]https://e.org/", "T", "https://e.org/"),
        ("[T] (https://e.org/)", "T", "https://e.org/"),
        ("T https://e.org/", "T", "https://e.org/"),
        ("T (arXiv:2405.01234)", "T", "arXiv:2405.01234"),
        ("T", "T", None),
        ("[T]", "T", None),
        ("[T]()", "T", None),
        ("[MASK] tokens [CLS]", "[MASK] tokens [CLS]", None),
        ("[](https://e.org/)", "", "https://e.org/"),
        ("", "", None),
    ],
)
def test_heading(written: str, title: str, target: str | None) -> None:
    assert titles.read(written) == (title, target, False)


@pytest.mark.parametrize(("written", "title"), [("[Deep Resid", "Deep Resid"), ("[T](https://arx", "T"), ("[T](", "T")])
def test_heading_that_breaks_off(written: str, title: str) -> None:
    assert titles.read(written) == (title, None, True)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-05-03", datetime.date(2024, 5, 3)),
        ("2024.5.3", datetime.date(2024, 5, 3)),
        ("2024. 5. 3.", datetime.date(2024, 5, 3)),
        ("2024년 5월 3일", datetime.date(2024, 5, 3)),
        ("2024-02-30", None),
        ("0000-01-01", None),
        ("May 3", None),
    ],
)
def test_date(written: str, date: datetime.date | None) -> None:
    assert dates.date(written) == date


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://e.org/a.MP4?x=1", "video"),
        ("https://e.org/a.qt", "video"),
        ("https://e.org/mp4", "image"),
        ("https://e.org/a.gif", "image"),
    ],
)
def test_media_kind(address: str, kind: str) -> None:
    assert fields.media_kind(address) == kind
