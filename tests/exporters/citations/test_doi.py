"""DOIs from records and links."""

import pytest
from paperround.exporters.citations.doi import from_link, sound


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://doi.org/10.1145/3600006.9999999", "10.1145/3600006.9999999"),
        ("http://dx.doi.org/10.1002/(tarn)%3C1::aid%3E?x=1#y", "10.1002/(tarn)<1::aid>"),
        ("https://doi.org/10.1145/a%7Bb", None),
        ("https://aclanthology.org/2024.tarn-long.5/", "10.18653/v1/2024.tarn-long.5"),
        ("https://aclanthology.org/2024.tarn-long.5.pdf", "10.18653/v1/2024.tarn-long.5"),
        ("https://aclanthology.org/P18-1001", "10.18653/v1/P18-1001"),
        ("https://aclanthology.org/P98-1001", None),
        ("https://aclanthology.org/2024.lrec-main.5/", None),
        ("https://aclanthology.org/venues/acl/", None),
        ("https://www.biorxiv.org/content/10.1101/2024.05.01.999999v1", "10.1101/2024.05.01.999999"),
        ("https://www.medrxiv.org/content/10.1101/2024.05.01.999999v2.full.pdf", "10.1101/2024.05.01.999999"),
        ("https://www.biorxiv.org/content/biorxiv/early/2024/05/01/2024.05.01.999999.full.pdf", None),
        ("https://example.org/10.1101/2024", None),
    ],
)
def test_links(url: str, doi: str | None) -> None:
    assert from_link(url) == doi


@pytest.mark.parametrize(
    ("written", "doi"),
    [("10.1145/a_b 10.1145/c", "10.1145/a_b"), ("doi:10.1/x", None), ("10.1145/a%b", None), ("", None)],
)
def test_what_a_record_says(written: str, doi: str | None) -> None:
    assert sound(written) == doi
