"""The other bibliography formats: BibLaTeX, RIS, CSL-JSON; and keys, which all of them share."""

import json
from typing import Any

import bibtexparser
import pytest
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paperround.exporters import Exporter, Series
from paperround.exporters.citations import bibfile, biblatex, bibtex, csljson, people, ris
from paperround.exporters.citations.citation import CitationOptions, citations
from paperround.exporters.html.coins import context_object
from paperround.exporters.testing import MemoryOutput, run
from paperround.model import Author, Code, Issue, Record
from pydantic import ValidationError

from .library import archives, articles, issue, letters, paper
from .test_bibtex import distinct, shown_title

RECORD = Record(
    title=r"The $\Sigma$ of Schr\"odinger",
    authors=(
        Author(name="Ludwig van der Berg Jr.", family="van der Berg", given="Ludwig", suffix="Jr."),
        Author(name="DeepSeek-AI", corporate=True),
    ),
    categories=("cs.CL", "cs.AI"),
    abstract=r"Half of $\alpha$",
    doi="10.1103/PhysRevD.76.044016",
    journal_ref="Phys. Rev. D 76",
    published="2024-04-30",
)
KNOWN = paper("Digest title", record=RECORD)
UNSURE = paper("한글 of BERT", ("Ada Lovelace", "Grace de Hopper", "NVIDIA"), authors_complete=False)
CAUTION = "The order of these authors is not known, and the list is cut short."


CAPITALS = [letter for letter in map(chr, range(0x41, 0x180)) if letter.isupper()]
LETTERS = [letter for letter in map(chr, range(0x41, 0x180)) if letter.isalpha() and letter not in "ªµº"]
capitalised = st.builds(str.__add__, st.sampled_from(CAPITALS), st.text([*LETTERS, ".", "'"], max_size=5))
words = st.lists(capitalised, min_size=1, max_size=2).map("-".join)
people_named = st.lists(words, min_size=2, max_size=3).map(" ".join)


def test_biblatex() -> None:
    assert text(biblatex, KNOWN, abstract=True, keywords=True) == (
        "@online{arxiv.2405.01234,\n"
        "  author = {van der Berg, Jr., Ludwig and {DeepSeek-AI}},\n"
        "  title = {The {$\\Sigma$} of {Schrödinger}},\n"
        "  date = {2024-04-30},\n"
        "  eprint = {2405.01234},\n"
        "  eprinttype = {arXiv},\n"
        "  eprintclass = {cs.CL},\n"
        "  options = {doi=false,url=false},\n"
        "  doi = {10.48550/arXiv.2405.01234},\n"
        "  url = {https://arxiv.org/abs/2405.01234},\n"
        "  note = {Phys. Rev. D 76, doi:10.1103/PhysRevD.76.044016},\n"
        "  abstract = {Half of $\\alpha$},\n"
        "  keywords = {cs.CL, cs.AI},\n"
        "}\n\n"
    )
    unsure = text(biblatex, UNSURE)
    assert unsure.startswith(f"% {CAUTION}\n@online{{")
    assert "  author = {Ada Lovelace and de Hopper, Grace and {NVIDIA} and others},\n" in unsure
    assert f"  comment = {{{CAUTION}}},\n" in unsure
    assert "  date = {2024-05},\n" in unsure
    assert "@misc{paper." in text(biblatex, paper("No link", arxiv_id=None))
    assert "%20" in text(biblatex, paper(arxiv_id=None, url="https://example.org/a%20b"))


def test_ris() -> None:
    assert text(ris, KNOWN, abstract=True, keywords=True).split("\r\n") == [
        "TY  - UNPB", "ID  - arxiv.2405.01234", "AU  - van der Berg, Ludwig, Jr.", "AU  - DeepSeek-AI",
        "TI  - The Σ of Schrödinger", "PY  - 2024", "DA  - 2024/04/30/", "AN  - arXiv:2405.01234", "DB  - arXiv",
        "PB  - arXiv", "DO  - 10.48550/arXiv.2405.01234", "UR  - https://arxiv.org/abs/2405.01234", "AB  - Half of α",
        "KW  - cs.CL", "KW  - cs.AI", "N1  - Phys. Rev. D 76, doi:10.1103/PhysRevD.76.044016", "ER  - ", "", "",
    ]  # fmt: skip
    lines = text(ris, UNSURE).split("\r\n")
    assert {"AU  - Lovelace, Ada", "AU  - de Hopper, Grace", "AU  - NVIDIA", f"N1  - {CAUTION}"} <= set(lines)
    assert "DA  - 2024/05//" in lines


def test_csl_json() -> None:
    assert items(KNOWN, abstract=True, keywords=True) == [
        {
            "id": "arxiv.2405.01234",
            "type": "article",
            "title": "The Σ of Schrödinger",
            "author": [{"family": "van der Berg", "given": "Ludwig", "suffix": "Jr."}, {"literal": "DeepSeek-AI"}],
            "issued": {"date-parts": [[2024, 4, 30]]},
            "publisher": "arXiv",
            "number": "arXiv:2405.01234",
            "genre": "preprint",
            "DOI": "10.48550/arXiv.2405.01234",
            "URL": "https://arxiv.org/abs/2405.01234",
            "abstract": "Half of α",
            "keyword": "cs.CL, cs.AI",
            "note": "Phys. Rev. D 76, doi:10.1103/PhysRevD.76.044016",
        }
    ]
    (unsure,) = items(UNSURE)
    assert unsure["author"] == [
        {"family": "Lovelace", "given": "Ada"},
        {"family": "de Hopper", "given": "Grace"},
        {"literal": "NVIDIA"},
    ]
    assert unsure["issued"] == {"date-parts": [[2024, 5]]}
    assert unsure["note"] == CAUTION
    assert json.loads(text(csljson)) == []


@pytest.mark.parametrize("module", [bibtex, biblatex, ris, csljson])
def test_all_of_them(module: Any) -> None:
    files = run(module.export, [issue(UNSURE), issue(UNSURE, KNOWN, date="2024-05-04")], period="month")
    whole, month = sorted(files, key=len)
    assert ("2024-05" in month, files[month]) == (True, files[whole])
    output = MemoryOutput(Series(), module.export.files)
    with module.export.bind("tested", {}).open(output) as write:
        write(issue(UNSURE))
    (told,) = output.diagnostics
    assert told.code is Code.ORDER_UNKNOWN
    assert "authors: 1 of 1" in told.message


@given(archives)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_the_model_holds_is_read_back(issues: list[Issue]) -> None:
    issues.sort(key=lambda issue: issue.date)
    papers = distinct(issues)
    library = bibtexparser.parse_string(run(biblatex.export, issues)["papers.biblatex.bib"].decode())
    references = rispy.loads(run(ris.export, issues)["papers.ris"].decode())
    found = json.loads(run(csljson.export, issues)["papers.csl.json"])
    assert not library.failed_blocks
    assert len(library.entries) == len(references) == len(found) == len(papers)
    for entry, reference, item, cited in zip(library.entries, references, found, papers, strict=True):
        title = shown_title(cited)
        assert letters(item.get("title", "")) == letters(reference.get("title", "")) == letters(title)
        assert entry.key == reference["id"] == item["id"]
        count = len(people.listed(cited.authors)[0])
        if not cited.record:
            assert len(item.get("author", [])) == len(reference.get("authors", [])) == count


@given(st.lists(people_named, min_size=1, max_size=3, unique=True))
def test_plain_names_are_written_like_all_others(names: list[str]) -> None:
    quick = written_by_all(tuple(names))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_are_plain", lambda *_: False)
        assert quick == written_by_all(tuple(names))


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ({}, ["arxiv.2405.01234", "arxiv.2405.00002", "arxiv.hep-th.9901001"]),
        (
            {"key": "{author}{year}{word}"},
            ["vanderberg2024digest.2405.01234", "arxiv.2405.00002", "erdos1999bert.hep-th.9901001"],
        ),
        ({"key": "{word}:{id}"}, ["digest:2405.01234", "arxiv.2405.00002", "bert:hep-th.9901001"]),
        ({"key": "{year}", "unsafe_short_keys": True}, ["2024", "2024a", "1999"]),
    ],
)
def test_keys(options: dict[str, object], keys: list[str]) -> None:
    papers = [
        KNOWN,
        paper("한글", arxiv_id="2405.00002", authors=("A B", "C D")),
        paper("The BERT", arxiv_id="hep-th/9901001", authors=("Paul Erdős",), authors_ordered=True),
    ]
    assert [item["id"] for item in items(*papers, **options)] == keys


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"key": "{author}{year}"}, [Code.ORDER_UNKNOWN, Code.PROVISIONAL_KEYS]),
        ({"key": "{year}"}, [Code.ORDER_UNKNOWN]),
    ],
)
def test_keys_that_a_record_will_change_are_named(options: dict[str, object], told: list[Code]) -> None:
    output = MemoryOutput(Series(), bibtex.export.files)
    with bibtex.export.bind("bibtex", options).open(output) as write:
        write(issue(KNOWN, paper("B", ("A B", "C D"), arxiv_id="2405.00002")))
    assert [diagnostic.code for diagnostic in output.diagnostics] == told


def test_published_in_other_formats() -> None:
    record = RECORD.model_copy(update={"journal_ref": "Proc. of the Tarn Conference 2025, pp. 1–9"})
    cited = paper(record=record)
    (item,) = json.loads(articles(csljson.export, cited))
    assert (item["type"], item["container-title"]) == ("paper-conference", "Proc. of the Tarn Conference 2025")
    assert (item["issued"], item["page"]) == ({"date-parts": [[2025]]}, "1-9")
    assert (item["DOI"], item["note"]) == ("10.1103/PhysRevD.76.044016", "arXiv:2405.01234")
    assert not {"genre", "number", "publisher"} & set(item)
    lines = articles(ris.export, cited).split("\r\n")
    assert {"TY  - CPAPER", "T2  - Proc. of the Tarn Conference 2025", "SP  - 1", "EP  - 9", "PY  - 2025"} <= set(lines)
    assert "PB  - arXiv" not in lines
    entry = articles(biblatex.export, cited)
    assert entry.startswith("@inproceedings{arxiv.2405.01234,\n")
    assert "  booktitle = {Proc. of the Tarn Conference 2025},\n  pages = {1--9},\n  date = {2025},\n" in entry


def test_groups_in_ris_end_in_a_comma() -> None:
    lines = text(ris, paper(authors=("ATLAS Collaboration", "NVIDIA", "Ada Lovelace"))).split("\r\n")
    assert [line for line in lines if line.startswith("AU")] == [
        "AU  - ATLAS Collaboration,", "AU  - NVIDIA", "AU  - Lovelace, Ada",
    ]  # fmt: skip


def test_short_keys_stay_distinct() -> None:
    papers = [paper("Same", arxiv_id=f"2405.{number:05}") for number in range(60)]
    keys = [item["id"] for item in items(*papers, key="{word}", unsafe_short_keys=True)]
    assert keys[:3] == ["same", "samea", "sameb"]
    assert keys[27] == "sameaa"
    assert len(set(keys)) == 60


@pytest.mark.parametrize("pattern", ["", "{title}", "{author", "a b", "a,b", "a{b}", "ä", "{year}\n"])
def test_bad_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(ValidationError):
        CitationOptions(key=pattern)


def text(module: Any, *papers: Any, **options: object) -> str:
    exporter: Exporter[Any] = module.export
    (data,) = run(exporter, [issue(*papers)], **options).values()
    return data.decode()


def items(*papers: Any, **options: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text(csljson, *papers, **options))
    return found


def written_by_all(names: tuple[str, ...]) -> list[str]:
    people.split_name.cache_clear()
    bibfile._display.cache_clear()
    of_them = paper("Title", names)
    (citation,) = citations(Series(), issue(of_them), False)
    return [
        *(text(module, of_them) for module in (bibtex, biblatex, ris, csljson)),
        text(bibtex, of_them, unicode=True),
        context_object(citation),
    ]
