"""When a paper mentions a keyword, on invented texts and on real digests where there are some."""

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


BY_HAND = {
    # "RAG" alone, in parentheses or behind a hyphen; not DARAG, StableDrag, leverage, average.
    "RAG": "2312.05708 2407.12982 2411.09213",
    # Alone, in parentheses or before a particle; not RLHF, RLVR, RLMs, RLV, World, Merlin, Monte Carlo.
    "RL": "2401.05675 2403.04642 2405.01525 2405.19320 2407.13709 2505.04842 2505.05470",
    # StableDrag-GAN and GAN-inversion; not DragGAN, not GANs.
    "GAN": "2403.04437 2408.12418",
    # One model, also in lower case; not models, of which thirty other papers speak.
    "large language model": "2311.11315 2312.06571 2402.06852 2405.00983 2405.19327 2406.06608 2412.19638 2505.04620"
    " 2505.05467 2505.05469",
}
"""Papers of the real digests that mention a keyword, as people found them who read each place with its letters."""


@pytest.mark.skipif(not DIGESTS.is_dir(), reason="no digests beside the project")
@pytest.mark.parametrize("keyword", BY_HAND)
def test_precision_on_real_digests(keyword: str) -> None:
    pattern = keyword_pattern([keyword])
    papers = [paper for issue in read([DIGESTS], lambda said: None) for paper in issue.papers]
    found = [paper.arxiv_id for paper in papers if pattern.search(visible_text(paper))]
    assert sorted(filter(None, found)) == BY_HAND[keyword].split()
    assert len(found) == len(BY_HAND[keyword].split())
