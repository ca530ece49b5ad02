"""What the journal references of arXiv say."""

import pytest
from paperround.exporters.citations.publication import Publication, publication


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("Nature 521, 436-444 (2015)", Publication("article", "Nature 521, 436-444", 2015, None)),
        ("J. Tarn Res. 12 (2011), pp. 10--20", Publication("article", "J. Tarn Res. 12", 2011, "10-20")),
        ("Proceedings of TARN 2025, pages 1-9", Publication("inproceedings", "Proceedings of TARN 2025", 2025, "1-9")),
        ("J. Tarn Quills 3 (2024) 1--9", Publication("article", "J. Tarn Quills 3", 2024, "1-9")),
        ("ICML 2024", Publication("inproceedings", "ICML 2024", 2024, None)),
        ("Proc. Natl. Acad. Sci. 118 (2021)", Publication("article", "Proc. Natl. Acad. Sci. 118", 2021, None)),
        ("IEEE Trans. Tarns, 2020", Publication("article", "IEEE Trans. Tarns", 2020, None)),
        ("Tarn Letters 3, pp. 2001-2010", None),
        ("2024", None),
    ],
)
def test_references(reference: str, expected: Publication | None) -> None:
    assert publication(reference, None) == expected


def test_a_doi_may_tell_the_year() -> None:
    assert publication("Proceedings of Tarns", "10.18653/v1/2025.tarn-main.9") == Publication(
        "inproceedings", "Proceedings of Tarns", 2025, None
    )
