"""Fields of a paper by their labels, in English, Korean, Chinese and Japanese: `**Authors:** …`, `👍 투표: 12`."""

import re
from typing import NamedTuple

from .. import links, names

_WORDS = {
    "authors": r"authors?|author\(s\)|written by|autor(?:es|en)?|auteurs?"
    r"|저자들?|작성자|글쓴이|作者(?:團隊|团队|列表)?|著者|執筆者",
    "votes": r"(?:up[- ]?)?votes?|likes?|투표 ?수?|추천 ?수?|좋아요"
    r"|点赞数?|點讚數?|赞|票数|投票数?|得票数?|いいね数?|高評価",
    "link": r"links?|urls?|doi|(?:arxiv|paper|pdf|abs)(?: ?(?:links?|urls?|id|page))?|hugging ?face(?: ?paper)?"
    r"|논문(?: ?링크| ?주소)?|링크|원문(?: ?링크)?|论文(?:链接|地址)?|論文(?:連結|リンク)?|链接|連結"
    r"|原文(?:链接|リンク)?|リンク",
    "date": r"date|published(?: on)?|publish(?:ing|ed)? date|submitted(?: on)?|날짜|게시일|발행일|일자"
    r"|公開日|投稿日|日付|掲載日|日期|发布(?:日期|时间)|发表(?:日期|时间)?|提交(?:日期|时间)",
    "title": r"titles?|paper titles?|제목|논문 ?제목|标题|論文名|论文(?:标题|题目)|題目|タイトル|題名",
}
_ALL = "(?ai:" + "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items()) + ")"
_NAME = re.compile(rf"[\W_]*+{_ALL}[\W_]*+")
_THUMBS = "👍⬆🔺❤▲"
_TAG = r"</?(?ai:font|b|strong|span|em|i|u)\b[^<>]*>"
_SIGN = rf"(?:{_TAG}|[^\w\[(<!]){{0,40}}"
_START = re.compile(
    rf"(?:^|(?<=[\s|·,;/•*]))(?P<before>{_SIGN})(?:{_ALL}(?:\s?[(（][^()（）]{{0,20}}[)）])?(?:{_TAG}|[\s*_`~])*"
    rf"(?:[:：]{{1,2}}|(?<=[*_>]\s)(?:[-–—]\s)?(?=\S))|(?P<thumb>[{_THUMBS}]\ufe0f?)[\s*_]*[:：]?)(?:{_TAG}|[\s*_`])*"
)
_MORE = re.compile(f"[:：*_>{_THUMBS}]")
"""What each further label has; to look for labels themselves takes fifty times as long."""
_BYLINE = re.compile(r"[\s>*_]*by:?\s+(?=[^\W\d_])(.+)", re.IGNORECASE | re.ASCII)
_QUICK = re.compile(r"[^\w\[(<!]*+(?:<[^<>]{0,80}>)?\w")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")
"""What ends a field before the next one; behind an initial or "Jr" a dot is the name's."""
_THUMB_VALUE = re.compile(r"\W*+[0-9][0-9,]*+\W*+")
_BESIDE = re.compile(
    rf"\W*(?:[{_THUMBS}]\W*([0-9][0-9,]*)"
    rf"|([0-9][0-9,]*)\s*(?:[{_THUMBS}]|(?ai:(?:up)?votes?|likes?)|표|추천|票|赞|いいね))\W*"
)
"""Votes beside a title: "(▲ 61)", "12 upvotes"."""
_SIGNED = re.compile(r"\W{0,3}?(?:(?P<authors>[👥👤✍🖊])|(?P<link>[🔗📎]))\W*+(?P<value>\S.*)")
_SIGNS = re.compile("[👥👤✍🖊🔗📎]")
_SEPARATED = re.compile(r"\s+[|·•]\s+")
CAPTIONS = re.compile(
    r"\W*(?:(?ai:(?:click to )?(?:show|expand|view|read)?)\s*"
    r"(?ai:(?:the )?(?:original |full |paper )?(?:abstract|summary|details|more))|(?ai:show|toggle|tl;?dr)"
    r"|초록|요약|논문 ?요약|상세 ?(?:내용|보기)?|펼치기|더 ?보기|자세히(?: ?보기)?"
    r"|(?:原始|中文|英文|论文)?摘要|概要|要約|詳細|详情|点击(?:展开|查看)\w*|展开\w*|アブストラクト)\W*"
)
"""What a `<summary>` says that only names what unfolds below it."""
PARTS = re.compile(
    r"\W*(?:(?ai:tl;?dr|abstract|summary|key (?:points|findings|takeaways|ideas?|contributions?)|introduction|methods?"
    r"|results?|experiments?|conclusions?|links?|scores?|rating|details?|notes?|comments?|contributions?|background"
    r"|motivation|overview|highlights|limitations?|references?|authors?)"
    r"|요약|초록|핵심.{0,6}|링크|점수|평가|상세.{0,4}|방법|결과|결론|한계|배경"
    r"|摘要|总结|链接|评分|方法|结果|结论|背景|亮点|概要|要約|手法|結果|リンク)\W*"
)
"""Headings of parts of a paper's summary."""
POINT = re.compile(r"(\*{1,3}|_{1,2})[^*_]+(?:\1\s*[:：]|[:：]\s*\1)")
"""How a point of a summary begins, "**Idea**: ..."."""


class Field(NamedTuple):
    """What a field is about and what it says."""

    name: str
    value: str
    written: str = ""
    """Label and value as they stand in the line."""


def fields_of(text: str) -> list[Field]:
    """Return the fields that a line consists of, nothing for any other line."""
    first = _START.match(text) if _QUICK.match(text) else None
    if not first:
        by = _BYLINE.fullmatch(text)
        return [Field("authors", by[1])] if by and names.are_names(by[1]) else _signed(text)
    found = [first, *(_START.finditer(text, first.end()) if _MORE.search(text, first.end()) else ())]
    ends = [match.start() for match in found[1:]] + [len(text)]
    read = [_field(text, match, end) for match, end in zip(found, ends, strict=True)]
    return [] if first["thumb"] and not _THUMB_VALUE.fullmatch(read[0].value) else read


def votes_of(text: str) -> str | None:
    """Return the number in a text that is nothing but votes."""
    found = _BESIDE.fullmatch(text)
    return (found[1] or found[2]) if found else None


def before_votes(text: str) -> tuple[str, str | None]:
    """Part the votes that a title ends in from it: "Lamps (👍 31)", "Lamps — 31 likes"; None where there are none."""
    for at in sorted(text.rfind(sign) for sign in f"([（|·—–-{_THUMBS}"):
        if at > 0 and (votes := votes_of(text[at:])):
            return text[:at].rstrip(), votes
    return text, None


def _signed(text: str) -> list[Field]:
    """Return the fields of a line on which signs stand for labels, "👥 Mina Oh | 🔗 https://…"."""
    found = [_SIGNED.fullmatch(part) for part in _SEPARATED.split(text)] if _SIGNS.search(text) else []
    fields = [Field("authors" if sign["authors"] else "link", sign["value"], sign[0]) for sign in found if sign]
    are_fields = all(names.are_names(value) if name == "authors" else links.ids(value) for name, value, _ in fields)
    return fields if len(fields) == len(found) and are_fields else []


def _field(text: str, label: re.Match[str], end: int) -> Field:
    value = text[label.end() : end].strip(" |·/•")
    if end < len(text):
        value = _FULL_STOP.sub("", value.rstrip("; "))
    return Field("votes" if label["thumb"] else label.lastgroup or "", value, text[label.start() : end].strip())


def name_of(text: str) -> str | None:
    """Return what a text that is nothing but a label is about."""
    if found := _NAME.fullmatch(text):
        return found.lastgroup
    is_thumb = any(sign in text for sign in _THUMBS) and not any(map(str.isalnum, text))
    return "votes" if is_thumb else None
