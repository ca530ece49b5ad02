"""Capitals of titles that stay, and those that a style may take."""

import pytest
from paperround.exporters.text import latex


@pytest.mark.parametrize(
    "title",
    [
        "{QuillSeek-Coder}: Tuning Models",
        "{TARN-World}: Open Maps",
        "{Qill2.5-Omni} Technical Report",
        "{Meta-Quilling}: A Study",
        "Tuning with {Qill2.5-Omni} and {QuillSeek-Coder} on {MT-Bench}",
        "{QuillSeek}-Based and {LLaMA}-Guided Tuning of {LLM}-Agents, {LLMs} and {Quill2}",
        "{Bayesian} Tarns with {Gaussian} Splatting for {Korean}, {English} and {Arabic}",
        "Learning to Quill with {Mamba}, {Llama} and {Monte} {Carlo} Search in {Minecraft}",
        "Non-{Gaussian} Noise, {Markov's} Chains and {Korean}-{English} Pairs from {New} {York}: A New Map",
        "Is It True? {The} Case of Quills! {A} Study. {Done}",
        "Quills vs. The Tarn et al. And More",
        "Quills: ``{Why} Should I Trust You?'' {Explaining} Tarns",
        "``{Attention}'' Is Not (All) You Need",
        "({Not}) All Quills: ({Some}) Are",
        "Vision-Language Models, Fine-Tuned and Text-to-{3D}",
        "Polish Even the Falcon in March",
    ],
)
def test_titles(title: str) -> None:
    plain = title.replace("{", "").replace("}", "").replace("``", "“").replace("''", "”")
    expected = title.replace("Should I Trust", "Should {I} Trust")
    assert latex.title(plain) == expected


def test_a_title_that_begins_with_mathematics_has_no_first_word() -> None:
    assert latex.title("$x$ Quill-Coder: The Map") == "{$x$} Quill-Coder: The Map"
