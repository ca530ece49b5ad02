"""Small changes to an input that keep it nearly right: bytes that are refused at once try nothing."""

import json
import re
from random import Random

from ..strategies import FRAGMENTS

PIECES = (
    *FRAGMENTS, "\n", "\r", "\t", "\b", "\x00", "\x0b", "\u2028", "## Daily Papers (2024-05-03)", "### [", "](", "- ",
    "  - ", "Vote: ", "Authors: ", "![](", "<video src=", "```", "<!--", "-->", "2405.00001", "#### ", "**a:** ",
)  # fmt: skip
"""What parsers and writers go by."""
MARKUP = (
    "&#0;", "&#x85;", "&#8232;", "&nbsp;", "&a;", "<![CDATA[a\nb]]>", "<?a b?>", "<author><name>: </name></author>",
    "<name/>", "<author/>", "<category/>", '<category term=""/>', "<title/>", "<title type='xhtml'><b>a\nb</b></title>",
    "<updated>0001-01-01T00:00:00Z</updated>", "<published>2024-05-02T24:00:00+25:00</published>",
    "<id>2405.00001</id>", "<arxiv:doi>\n10.1/a b</arxiv:doi>", "<arxiv:affiliation>a\nb</arxiv:affiliation>",
    "<arxiv:comment>a\x85b</arxiv:comment>",
)  # fmt: skip
"""What an answer of arXiv's may hold."""


def mutate(data: bytes, random: Random) -> bytes:
    """Return an input with one change: of a value or a key in it where it is JSON, else of its text.

    Of XML it is mostly a text or a tag that changes. At times a byte changes, whatever it is.
    """
    if data[:1] in (b"{", b"[") and random.random() < 0.9:
        whole = _json(data, random)
        return whole if whole != data else b"\n".join(_json(line, random) for line in data.split(b"\n"))
    if data.startswith(b"<?xml") and random.random() < 0.9:
        return _xml(data.decode("utf-8", "replace"), random).encode()
    if random.random() < 0.1:
        at = random.randrange(len(data) + 1)
        return data[:at] + bytes([random.randrange(256)]) + data[at + random.randrange(3) :]
    return _text(data.decode("utf-8", "replace"), random).encode()


def _json(line: bytes, random: Random) -> bytes:
    try:
        values = json.loads(line)
    except ValueError:
        return line
    places = list(_places(values))
    if places:
        holder, key = random.choice(places)
        value = holder[key]
        if isinstance(holder, dict) and random.random() < 0.1:
            del holder[key]
            key = _text(str(key), random)
        holder[key] = _changed(value, random)
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")


def _places(value: object) -> list[tuple[dict[object, object] | list[object], object]]:
    """Return every place in which a value stands, as what holds it and its key there."""
    found: list[tuple[dict[object, object] | list[object], object]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        entries = holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
        for key, inside in entries:
            found.append((holder, key))
            waiting.append(inside)
    return found


def _changed(value: object, random: Random) -> object:
    if isinstance(value, str):
        return _text(value, random)
    if isinstance(value, bool) or value is None:
        return random.choice([True, False, None, "", "a", 0, [], {}])
    if isinstance(value, int):
        return random.choice([0, 1, -1, value + 1, 10**30, None])
    if isinstance(value, list) and value:
        return random.choice([value * 2, value[:1], [], value[::-1], [*value, random.choice(value)]])
    return random.choice([value, None, [], {}])


def _xml(text: str, random: Random) -> str:
    """Change a text or a tag, repeat or drop one, or bring in an element from elsewhere in the document."""
    pieces = re.split(r"(<[^<>]*>)", text)
    at = random.randrange(len(pieces))
    other = random.choice([*pieces, *MARKUP])
    end = at + random.choice([1, 1, 2, 3, 7])
    pieces[at:end] = random.choice([[_text(pieces[at], random)], [], pieces[at:end] * 2, [other], [pieces[at], other]])
    return "".join(pieces)


def _text(text: str, random: Random) -> str:
    start = random.randrange(len(text) + 1)
    end = min(len(text), start + random.choice([0, 0, 1, 2, 8, 64]))
    piece = random.choice([*PIECES, text[start:end] * 2, "", chr(random.randrange(0x20, 0xD7FF))])
    return text[:start] + piece * random.choice([1, 1, 1, 2, 40]) + text[end:]
