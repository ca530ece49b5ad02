"""The words of a book that no digest wrote: Korean for Korean books, English for all others."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Interface words in one language; the ones with braces take a number, a name or a date."""

    language: str
    cover: str
    cover_of: str
    contents: str
    start: str
    votes: str
    previous: str
    next: str
    authors: str
    paper: str
    picture: str
    picture_of: str
    video: str
    papers: tuple[str, str]
    others: tuple[str, str]
    unnamed: str
    continued: str
    day: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    accessible: str
    pictures_named: str

    def mark(self, around: str) -> str:
        """Return the attributes that mark these words in a page of another language, which is spoken differently."""
        if around.lower().split("-")[0] == self.language:
            return ""
        return f' lang="{self.language}" xml:lang="{self.language}"'

    def count(self, forms: tuple[str, str], number: int) -> str:
        """Return a phrase of `papers` or `others` in the singular or the plural."""
        return forms[number != 1].format(number)

    def date(self, date: datetime.date) -> str:
        """Return a date written out; strftime would ask the locale."""
        return self.day.format(
            year=date.year, month=self.months[date.month - 1], day=date.day, weekday=self.weekdays[date.weekday()]
        )


def words_in(language: str) -> Words:
    """Return the words for a language tag."""
    return _KOREAN if language.lower().split("-")[0] == "ko" else _ENGLISH


_ENGLISH = Words(
    language="en",
    cover="Cover",
    cover_of="Cover of {}",
    contents="Contents",
    start="First paper",
    votes="Votes: {}",
    previous="Previous",
    next="Next",
    authors="Authors",
    paper="Paper",
    picture="Picture",
    picture_of="Picture of the paper “{}”",
    video="Video",
    papers=("{} paper", "{} papers"),
    others=("and {} other", "and {} others"),
    unnamed="and others",
    continued="{} (continued)",
    day="{weekday}, {day} {month} {year}",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    accessible=(
        "A text with a table of contents, one page per paper with its title as the heading, and the language marked. "
        "It has not been assessed against WCAG."
    ),
    pictures_named=(
        "The pictures come from the papers; their alternative text says which paper they belong to, not what they show."
    ),
)

_KOREAN = Words(
    language="ko",
    cover="표지",
    cover_of="{} 표지",
    contents="차례",
    start="첫 논문",
    votes="추천 {}",
    previous="이전",
    next="다음",
    authors="저자",
    paper="원문",
    picture="그림",
    picture_of="논문 “{}”의 그림",
    video="동영상",
    papers=("논문 {}편", "논문 {}편"),
    others=("외 {}명", "외 {}명"),
    unnamed="외",
    continued="{} (이어서)",
    day="{year}년 {month} {day}일 {weekday}",
    weekdays=("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
    months=tuple(f"{month}월" for month in range(1, 13)),
    accessible=(
        "차례가 있고, 논문마다 제목을 표제로 한 쪽이 있으며, 언어가 표시된 글입니다. WCAG 적합성은 평가하지 않았습니다."
    ),
    pictures_named="그림은 논문에서 왔으며, 대체 텍스트는 어느 논문의 그림인지를 밝힐 뿐 내용을 설명하지는 않습니다.",
)
