"""The few words that feeds add of their own, in the language of the digests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What a feed says in one language."""

    by_day: str
    """Tells the title of the feed with an entry per day from the other one's."""
    papers: str
    """Subtitle of the feed with an entry per paper."""
    issues: str
    """Subtitle of the feed with an entry per day."""
    others: str
    """Ends a list of authors that the digest cut."""
    more: str
    """Ends a list of authors that is cut here; `{count}` are left out."""
    video: str
    """Text of a link to a video."""


_ENGLISH = Words("by day", "One entry per paper", "One entry per day", "and others", "and {count} more", "Video")
_WORDS = {
    "ko": Words("일별", "논문마다 하나씩", "하루에 하나씩", "외", "외 {count}명", "동영상"),
    "ja": Words("日別", "論文ごとに一件", "一日ごとに一件", "ほか", "ほか{count}名", "動画"),
    "zh": Words("按日", "每篇论文一条", "每天一条", "等", "等{count}人", "视频"),
}


def words(language: str) -> Words:
    """Return the words of a language tag, English where there are none."""
    return _WORDS.get(language.split("-")[0].lower(), _ENGLISH)
