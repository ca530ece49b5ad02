"""Make the fonts that covers draw with where Pretendard lacks a character, from Noto's, which Debian packages.

    pip install fonttools
    apt-get install fonts-noto-cjk fonts-noto-core
    python .ci/cover_fonts.py

They hold the characters of the national standards and of common mathematics alone: whole, they would be 20 MB. As
changed versions (SIL OFL 1.1, section 3) they have names of their own, though Noto reserves none.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parents[1] / "exporters" / "epub" / "font"
NOTO = Path("/usr/share/fonts")
CJK, MATHS = NOTO / "opentype/noto/NotoSansCJK-Bold.ttc", NOTO / "truetype/noto/NotoSansMath-Regular.ttf"
JAPANESE = 0
"""Of the collection's fonts, the one whose Han characters have their Japanese forms."""

STANDARDS = ("gb2312", "shift_jis", "euc_kr", "iso8859_5", "iso8859_7", "latin_1", "iso8859_2")
"""Simplified Chinese, Japanese, Korean; Cyrillic, Greek and Latin letters."""
BIG5_COMMON = range(0xA440, 0xC67F)
"""Big5's first level, the traditional characters in everyday use."""
HANGUL = range(0xAC00, 0xD7A4)
"""Pretendard has all of it."""
BEYOND = (0x2000B, 0x1D400)
"""A character beyond the basic plane for each font: so it has a cmap of format 12, which is the one that we read."""
SIGNS = (*range(0x2000, 0x2070), *range(0x2100, 0x2400), *range(0x25A0, 0x2600), *range(0x2750, 0x27F0))
MATHEMATICS = (*range(0x2100, 0x2300), *range(0x27C0, 0x27F0), *range(0x2A00, 0x2B00), *range(0x370, 0x400))


def main() -> None:
    chinese = (bytes(divmod(code, 256)).decode("big5", "ignore") for code in BIG5_COMMON)
    letters = {each for each in chinese if len(each) == 1}.union(*map(_of, STANDARDS))
    characters = {*map(ord, letters), *SIGNS, *BEYOND} - {*HANGUL}
    _write(TTFont(CJK, fontNumber=JAPANESE), characters, "Paperround Covers CJK", "covers-cjk.otf")
    _write(TTFont(MATHS), {*MATHEMATICS, *BEYOND}, "Paperround Covers Maths", "covers-maths.ttf")


def _of(encoding: str) -> set[str]:
    """Return all characters of an encoding of one or two bytes."""
    codes = [bytes([code]) for code in range(256)]
    codes += [first + second for first in codes[0x81:] for second in codes[0x40:]]
    decoded = (code.decode(encoding, "ignore") for code in codes)
    return {text for text in decoded if len(text) == 1 and text.isprintable()}


def _write(font: TTFont, characters: set[int], name: str, file: str) -> None:
    options = Options(layout_features=[], name_IDs=[0, 1, 2, 4, 6, 13, 14], notdef_outline=True, hinting=False)
    options.desubroutinize = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = name.replace(" ", "") if record.nameID == 6 else name
    if "CFF " in font:
        font["CFF "].cff.fontNames = [name.replace(" ", "")]
    font.recalcTimestamp = False
    font.save(HERE / file)


if __name__ == "__main__":
    main()
