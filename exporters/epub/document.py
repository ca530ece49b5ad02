"""The frame that every page of a book stands in."""

from functools import cache
from html import escape

from .planes import basic_markup

LIMIT = 260_000
"""Bytes a file may have: Adobe's engine gives up on chapters of more than about 260 KB."""

ROOM = 4_000
"""Bytes that are enough for what a page has around its own text."""

UTF8 = 4
"""Bytes that a character takes at most."""

STYLE = "style.css"


def document(language: str, title: str, body: str, kind: str = "") -> str:
    """Return a whole XHTML document; title and body are XHTML, the title without tags; `kind` is the body's class."""
    opening, middle = _frame(language, kind)
    return f"{opening}{title}{middle}{basic_markup(body)}\n</body>\n</html>\n"


@cache
def language_mark(tongue: str, around: str) -> str:
    """Return the attributes that mark a text's language inside a text of another; both, for old and new readers.

    Letters tell scripts, not languages: what looks English in a French book is left unmarked.
    """
    primary = around.lower().split("-")[0]
    if tongue in (around, primary) or (tongue == "en" and primary not in ("ko", "ja", "zh")):
        return ""
    return f' lang="{escape(tongue)}" xml:lang="{escape(tongue)}"'


@cache
def _frame(language: str, kind: str) -> tuple[str, str]:
    # Korean is broken between words; a class, because old engines do not know :lang().
    kinds = " ".join(filter(None, (kind, "ko" if language.lower().split("-")[0] == "ko" else "")))
    marked = f' class="{kinds}"' if kinds else ""
    opening = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{language}" xml:lang="{language}">
<head>
<title>"""
    middle = f"""</title>
<link rel="stylesheet" type="text/css" href="{STYLE}"/>
</head>
<body{marked}>
"""
    return opening, middle
