"""The members of a book are packed as zlib packs them with its largest window."""

import io
import random
import zipfile
import zlib

import pytest
from paperround.exporters.epub.archive import LEVEL, Archive


@pytest.mark.parametrize("size", [0, 1, 249, 250, 251, 3833, 3834, 3835, 16_000, 32_505, 32_506, 32_507, 100_000])
def test_a_member_is_packed_in_a_window_of_its_size(size: int) -> None:
    words = random.Random(size).choices(["논문", "요약", "<li>", "the ", "x"], k=size)  # noqa: S311  nothing here is secret
    data = "".join(words).encode()[:size]
    file = io.BytesIO()
    archive = Archive(file)
    archive.writestr("page.xhtml", data)
    archive.close()
    assert zipfile.ZipFile(file).read("page.xhtml") == data
    assert zlib.compress(data, LEVEL, -zlib.MAX_WBITS) in file.getvalue()
