"""When a paper mentions a keyword, on invented texts and on real digests where there are some."""

import re
from pathlib import Path

import pytest
from paperround.exporters.text.matching import folded, is_keyword, keyword_pattern, visible_text
from paperround.model import Paper, Point, read

DIGESTS = Path(__file__).parents[4] / "shared" / "digests"


def mentions(text: str, *keywords: str) -> bool:
    return bool(keyword_pattern(keywords).search(visible_text(Paper(title=text))))


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("RAG", "RAG for gardeners"),
        ("rag", "Graph-RAG, again"),
        ("RAG", "정원의 RAG를 쓰는 법"),
        ("RAG", "그래프RAG에서"),
        ("RL", "RL로 배우는 정원"),
        ("RL", "ＲＬ in wide letters"),
        ("RL", "**R**L in bold and *RL*"),
        ("RL", "[RL](https://example.org/x)"),
        ("GAN", "GAN's end"),
        ("GPT-4", "GPT-4를 쓴다"),
        ("C++", "Gardening in C++"),
        ("3D", "3D生成"),
        ("학습", "강화학습을 한다"),
        ("강화 학습", "강화 학습입니다"),
        ("生成", "画像生成モデル"),
        ("ガン", "スローガン"),
        ("large language model", "A Large  Language Model grows"),
        ("large language model", "a **large** [language](https://example.org) model"),
        ("chain of thought", "Chain-of-Thought prompting"),
        ("chain-of-thought", "a chain of thought"),
        ("agent*", "Agents and agentic gardens"),
        ("large language model*", "large language models"),
        ("naive", "A Naïve gardener"),
        ("Łódź", "the lodz garden"),
        ("café*", "cafés"),
        ("x²", "x2 is here"),
        ("α-GAN", r"an $\alpha$-GAN garden"),
        ("RL로", "RL로 배우는"),
        ("🌱", "growing 🌱 fast"),
    ],
)
def test_mentioned(keyword: str, text: str) -> None:
    assert mentions(text, keyword)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("RAG", "Leverage, storage and fragments"),
        ("RAG", "RAGs in the plural"),
        ("RL", "the early world"),
        ("RL", "[early](https://example.org/RL)"),
        ("RL", "RL2 is another one"),
        ("GAN", "Organs began"),
        ("GAN", "GANé is a name"),
        ("GPT-4", "GPT-4o and GPT-41"),
        ("large language model", "large language models"),
        ("large language model", "large models of language"),
        ("agent*", "reagents"),
        ("강화 학습", "강화된 학습"),
        ("カ", "ガ"),
        ("C++", "C is not it"),
    ],
)
def test_not_mentioned(keyword: str, text: str) -> None:
    assert not mentions(text, keyword)


def test_a_phrase_stays_within_one_text() -> None:
    paper = Paper(title="A large", summary=(Point(heading="language", text="model", points=(Point(text="of beds"),)),))
    assert not keyword_pattern(["large language", "model of"]).search(visible_text(paper))
    assert keyword_pattern(["beds"]).search(visible_text(paper))


@pytest.mark.parametrize("written", ["*", " ", "-", " - *"])
def test_a_keyword_has_something_to_look_for(written: str) -> None:
    assert not is_keyword(written)


def test_all_spellings_have_one_form() -> None:
    assert folded("Ｇanß ÅNGSTRÖM Øst") == "ganss angstrom ost"
    assert folded("정원 ガ") == "정원 ガ"


@pytest.mark.skipif(not DIGESTS.is_dir(), reason="no digests beside the project")
@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("RAG", r"RAG"),
        ("RL", r"RL"),
        ("GAN", r"GAN"),
        ("large language model", r"large[ -]language[ -]model"),
    ],
)
def test_precision_on_real_digests(keyword: str, words: str) -> None:
    """Each paper that is found holds the word between signs that are no Latin letters or digits, and none is missed."""
    whole = re.compile(rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])", re.IGNORECASE)
    pattern = keyword_pattern([keyword])
    papers = [paper for issue in read([DIGESTS], lambda said: None) for paper in issue.papers]
    found = [paper for paper in papers if pattern.search(visible_text(paper))]
    assert found == [paper for paper in papers if whole.search(written(paper))]


def written(paper: Paper) -> str:
    texts, points = [paper.title], list(paper.summary)
    while points:
        point = points.pop()
        texts += [point.heading or "", point.text]
        points += point.points
    return re.sub(r"\*\*|\]\([^)]*\)|https?://\S+", "", "\n".join(texts))
