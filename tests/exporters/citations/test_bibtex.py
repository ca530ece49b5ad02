"""What papers.bib promises, judged by bibtexparser and pybtex."""

import re

import bibtexparser
import pytest
from bibtexparser.model import Entry
from hypothesis import HealthCheck, given, settings
from paperround.exporters import Series
from paperround.exporters.citations.bibtex import export
from paperround.exporters.citations.people import listed
from paperround.exporters.series.identity import entry_id
from paperround.exporters.testing import MemoryOutput, run
from paperround.exporters.text.running_text import as_unicode, from_markdown, from_tex
from paperround.model import Author, Code, Issue, Paper, Record
from pybtex.bibtex.utils import split_tex_string
from pybtex.database import parse_string

from .library import NASTY, READER, archives, articles, issue, letters, paper, same

ADA, GRACE = "Ada Lovelace", "Grace Hopper"
KNOWN = (Author(name=ADA),)


def test_an_entry() -> None:
    text = bib(issue(paper("BERT and the GPT-4 of $x^2$: 100% A", (ADA, GRACE))))
    assert text == (
        "% The order of these authors is not known.\n"
        "@misc{arxiv.2405.01234,\n"
        "  author = {Ada Lovelace and Grace Hopper},\n"
        "  title = {{BERT} and the {GPT-4} of {$x^{2}$}: 100\\% A},\n"
        "  year = {2024},\n"
        "  month = may,\n"
        "  howpublished = {arXiv:2405.01234},\n"
        "  options = {doi=false,url=false},\n"
        "  eprint = {2405.01234},\n"
        "  archiveprefix = {arXiv},\n"
        "  eprinttype = {arXiv},\n"
        "  doi = {10.48550/arXiv.2405.01234},\n"
        "  url = {https://arxiv.org/abs/2405.01234},\n"
        "  annote = {The order of these authors is not known.},\n"
        "}\n\n"
    )


def test_a_record_goes_first() -> None:
    record = Record(
        title="The True Title",
        authors=(
            Author(name="Ludwig van der Berg Jr.", family="van der Berg", given="Ludwig", suffix="Jr."),
            Author(name="DeepSeek-AI", corporate=True),
            Author(name="Grace Hopper"),
        ),
        categories=("cs.CL", "cs.AI"),
        abstract="We show 5% of $\\alpha$.",
        doi="10.1103/PhysRevD.76.044016",
        journal_ref="Phys. Rev. D 76, 044016",
        published="2024-04-30",
    )
    fields = only(bib(issue(paper("Digest title", (GRACE,), record=record)), abstract=True, keywords=True))
    assert fields["author"] == "van der Berg, Jr., Ludwig and {DeepSeek-AI} and Grace Hopper"
    assert fields["title"] == "The True Title"
    assert (fields["year"], fields["month"]) == ("2024", "apr")
    assert fields["primaryclass"] == fields["eprintclass"] == "cs.CL"
    assert fields["doi"] == "10.48550/arXiv.2405.01234"
    assert fields["note"] == "Phys. Rev. D 76, 044016, doi:10.1103/PhysRevD.76.044016"
    assert "annote" not in fields
    assert fields["abstract"] == "We show 5\\% of $\\alpha$."
    assert fields["keywords"] == "cs.CL, cs.AI"


def test_a_record_without_authors_orders_none() -> None:
    text = bib(issue(paper(authors=(ADA, GRACE), authors_complete=False, record=Record(title="T", authors=()))))
    assert text.startswith("% The order of these authors is not known, and the list is cut short.\n")
    assert only(text)["author"] == "Ada Lovelace and Grace Hopper and others"


@pytest.mark.parametrize(
    ("authors", "field"),
    [
        (("Matthias Nießner", "Ivan Vulić"), r"Matthias Nie{\ss}ner and Ivan Vuli{\'c}"),
        (("NVIDIA", "01. AI", "DeepSeek-AI"), "{NVIDIA} and {01. AI} and {DeepSeek-AI}"),
        (("o3 contributors", "Qwen Team"), "{o3 contributors} and {Qwen Team}"),
        (("Procter and Gamble", "AND", "others"), "{Procter and Gamble} and {AND} and others"),
        (("Lin, Yingyan", "Wil M. P. van der Aalst"), "{Lin, Yingyan} and van der Aalst, Wil M. P."),
        (("Neal J. Evans II", "Sammy Davis, Jr."), "Evans, II, Neal J. and Davis, Jr., Sammy"),
        (
            ("Wen-tau Yih", "Sami Abu-el-Haija", "Ming-Hsuan Yang"),
            "Yih, Wen-tau and {Abu-el-Haija}, Sami and Ming-Hsuan Yang",
        ),
        (("김민수", "Madonna", "de la Cruz"), "{김민수} and {Madonna} and {de la Cruz}"),
        (("A} and {B C", "x%y z"), r"{A{\textbraceright} and {\textbraceleft}B C} and {x\%y z}"),
    ],
)
def test_names(authors: tuple[str, ...], field: str) -> None:
    assert only(bib(issue(paper(authors=authors))))["author"] == field


def test_truncated_lists_say_so() -> None:
    text = bib(issue(paper(authors=(ADA, GRACE), authors_complete=False)))
    assert text.startswith("% The order of these authors is not known, and the list is cut short.\n")
    assert only(text)["author"] == "Ada Lovelace and Grace Hopper and others"


@pytest.mark.parametrize(
    ("authors", "complete", "caution"),
    [
        ((ADA,), True, "This author may not be the only one."),
        ((ADA,), False, "The order of these authors is not known, and the list is cut short."),
        ((f"{ADA} et al.",), True, "The order of these authors is not known, and the list is cut short."),
        ((f"{ADA} & {GRACE}",), True, "The order of these authors is not known."),
        ((), False, "The authors are not known."),
    ],
)
def test_no_list_is_certain_without_a_reason(authors: tuple[str, ...], complete: bool, caution: str) -> None:
    cited = paper(authors=authors, authors_complete=complete)
    text = bib(issue(cited))
    assert text.startswith(f"% {caution}\n@misc")
    assert only(text)["annote"] == caution
    assert "annote" not in only(bib(issue(cited.model_copy(update={"record": Record(title="T", authors=KNOWN)}))))


def test_a_source_that_promises_order_is_believed() -> None:
    assert "annote" not in only(bib(issue(paper(authors=(ADA,), authors_ordered=True))))


def test_what_styles_print_that_know_no_eprint() -> None:
    cited = paper(arxiv_id=None, url="https://doi.org/10.1145/3600006.99_9")
    assert only(bib(issue(cited)))["howpublished"] == r"doi:10.1145/3600006.99\_9"
    assert only(bib(issue(cited)))["doi"] == "10.1145/3600006.99_9"
    cited = paper(arxiv_id=None, url="https://example.org/a_b%20c")
    assert only(bib(issue(cited)))["howpublished"] == r"https://example.org/a\_b\%20c"
    assert only(bib(issue(cited)))["url"] == "https://example.org/a_b%20c"


@pytest.mark.parametrize(
    ("reference", "doi", "kind", "expected"),
    [
        (
            "Proceedings of TARN 2025, pages 1-9",
            "10.18653/v1/2025.tarn-main.9",
            "inproceedings",
            {"booktitle": "Proceedings of TARN 2025", "pages": "1--9", "year": "2025", "eprint": "2405.01234"},
        ),
        ("Nature Tarns 521 (2016)", None, "article", {"journal": "Nature Tarns 521", "year": "2016"}),
        ("Phys. Tarns D 76, 044016", "10.1103/PhysTarnsD.76.044016", "misc", {"year": "2024", "month": "may"}),
    ],
)
def test_a_published_article_is_cited_as_one(
    reference: str, doi: str | None, kind: str, expected: dict[str, str]
) -> None:
    record = Record(title="A", authors=KNOWN, journal_ref=reference, doi=doi)
    (entry,) = entries(articles(export, paper(record=record)))
    fields = {field.key: field.value for field in entry.fields}
    assert entry.entry_type == kind
    assert {name: fields.get(name) for name in expected} == expected
    if kind != "misc":
        assert fields.get("doi") == doi
        assert not {"month", "note", "howpublished"} & set(fields)


@pytest.mark.parametrize("locator", ["howpublished", "eprint"])
def test_a_locator_leaves_one_field_that_says_where_a_preprint_is(locator: str) -> None:
    where = {"howpublished", "doi", "url"}
    fields = only(bib(issue(paper("Tarns")), locator=locator))
    assert where & fields.keys() == {locator} - {"eprint"}
    assert fields["eprint"] == "2405.01234"
    elsewhere = only(
        bib(issue(paper("Tarns", arxiv_id=None, url="https://doi.org/10.1145/3600006.9")), locator=locator)
    )
    assert where & elsewhere.keys() == {"howpublished"}


def test_papers_without_authors_are_sorted_by_the_beginning_of_their_titles() -> None:
    fields = only(bib(issue(paper("BERT", ()))))
    assert "author" not in fields
    assert fields["title"] == "{BERT}"
    assert fields["key"] == "{{BERT}}"
    assert only(bib(issue(paper("QuillTune: Tuning of Tarns", ()))))["key"] == "{{QuillTune}}"
    assert only(bib(issue(paper("Tuning of Tarns and Quills", ()))))["key"] == "{Tuning of Tarns and}"


@pytest.mark.parametrize(
    ("values", "key", "year", "month"),
    [
        ({"arxiv_id": "2405.01234"}, "arxiv.2405.01234", "2024", "may"),
        ({"arxiv_id": "hep-th/9901001"}, "arxiv.hep-th.9901001", "1999", "jan"),
        ({"arxiv_id": "math/0309136"}, "arxiv.math.0309136", "2003", "sep"),
        ({"arxiv_id": "2413.00001"}, "arxiv.2413.00001", "2025", "jun"),
        ({"arxiv_id": None, "url": "https://example.org/a"}, "paper.b5b10dd0429e69ac", "2025", "jun"),
        ({"arxiv_id": None, "title": "No link"}, "paper.b237acba955323b4", "2025", "jun"),
    ],
)
def test_keys_and_dates(values: dict[str, str], key: str, year: str, month: str) -> None:
    (entry,) = entries(bib(issue(paper(**values), date="2025-06-07")))
    assert (entry.key, entry["year"], entry["month"]) == (key, year, month)


def test_a_paper_on_two_dates_stands_once() -> None:
    early, late = issue(paper("Early"), date="2024-05-03"), issue(paper("Late"), date="2024-05-04")
    files = run(export, [late, early], period="day")
    assert sorted(files) == ["bib/2024-05-03.bib", "bib/2024-05-04.bib", "papers.bib"]
    assert [only(files[name].decode())["title"] for name in sorted(files)] == ["Early", "Late", "Early"]


def test_letters_that_latex_lacks_stay_and_are_provided_for() -> None:
    text = bib(issue(paper("한글 🤗\ufe0f ć")))
    (entry,) = entries(text)
    assert entry["title"] == "한글 🤗\ufe0f {\\'c}"
    preamble = text[text.index("@preamble") :]
    assert r"\paperroundletter{한}{\texttt{[U+D55C]}}" in preamble
    assert "\\paperroundletter{\ufe0f}{}" in preamble
    assert "@preamble" not in bib(issue(paper("ć")))
    assert "@preamble" not in bib(issue(paper("한글")), unicode=True)


def test_unicode_escapes_only_what_tex_reads() -> None:
    fields = only(bib(issue(paper("Σ ć 한글 50% & {x} $\\alpha$", ("Ivan Vulić",))), unicode=True))
    assert fields["title"] == "{Σ} ć 한글 50\\% \\& {\\textbraceleft}x{\\textbraceright} {$\\alpha$}"
    assert fields["author"] == "Ivan Vulić"


def test_one_report_for_the_library() -> None:
    papers = [paper(authors=(ADA,), authors_ordered=True), paper(arxiv_id="2405.00002", authors=(ADA, GRACE))]
    papers.append(paper(arxiv_id="2405.00003", authors=(ADA, GRACE), authors_complete=False))
    output = MemoryOutput(Series(), export.files)
    with export.bind("bibtex", {"period": "day"}).open(output) as write:
        write(issue(*papers))
    (told,) = output.diagnostics
    assert told.code is Code.ORDER_UNKNOWN
    assert ": 2 of 3 (1 of them cut short); the first author" in told.message


@pytest.mark.parametrize("sign", [sign for sign in NASTY if "$" not in sign and sign not in "²“"])
def test_every_sign_reads_back_equal(sign: str) -> None:
    name = f"A{sign}z {sign}"
    record = Record(title=name, authors=(Author(name=name, corporate=True),))
    fields = only(bib(issue(paper("x", ("x",), record=record))))
    assert shown(fields["author"]) == same(name)


@given(archives)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_the_model_holds_is_read_back(issues: list[Issue]) -> None:
    issues.sort(key=lambda issue: issue.date)
    text = bib(*issues, abstract=True, keywords=True)
    papers = distinct(issues)
    found = entries(text)
    people = parse_string(text, "bibtex").entries
    assert len(found) == len(people) == len(papers)
    for entry, cited in zip(found, papers, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        assert letters(READER.latex_to_text(fields["title"])) == letters(shown_title(cited))
        assert fields.get("eprint") == cited.arxiv_id
        names = split_tex_string(fields.get("author", ""), " and ")
        if not cited.record:
            known, is_cut = listed(cited.authors)
            others = ["others"] * bool(names and (is_cut or not cited.authors_complete))
            assert [letters(READER.latex_to_text(name)) for name in names] == [*map(letters, known), *others]
        assert len(people[entry.key].persons.get("author", ())) == len(names)


@given(archives)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_nothing_opens_or_ends_what_it_should_not(issues: list[Issue]) -> None:
    for line in bib(*issues, abstract=True).splitlines():
        assert line.startswith("  url = ") or not re.search(r"(?<!\\)%", line.removeprefix("%"))
        if line.startswith("  "):
            assert line.count("{") == line.count("}")
    assert "\\input" not in bib(*issues)
    assert "\\write" not in bib(*issues)


def bib(*issues: Issue, **options: object) -> str:
    return run(export, issues, **options)["papers.bib"].decode()


def entries(text: str) -> list[Entry]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return list(library.entries)


def only(text: str) -> dict[str, str]:
    (entry,) = entries(text)
    return {field.key: field.value for field in entry.fields}


def distinct(issues: list[Issue]) -> list[Paper]:
    found = {}
    for day in issues:
        for cited in day.papers:
            found.setdefault(entry_id(Series(), day.date, cited), cited)
    return list(found.values())


def shown(latex: str) -> str:
    return same(READER.latex_to_text(latex))


def shown_title(cited: Paper) -> str:
    return as_unicode((cited.record and from_tex(cited.record.title)) or from_markdown(cited.title))
