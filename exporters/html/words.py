"""The words of pages that no digest wrote: Korean for Korean series, English for all others."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Interface words in one language; braces stand for a number, a name or a date."""

    language: str
    skip: str
    site: str
    about: str
    by: str
    issues: str
    search: str
    history: str
    subscribe: str
    subscribing: str
    by_paper: str
    by_paper_about: str
    by_day: str
    by_day_about: str
    all_feeds: str
    all_feeds_about: str
    catalogue: str
    catalogue_about: str
    book: str
    book_about: str
    open_app: str
    copy_address: str
    copied: str
    cannot_copy: str
    download: str
    selections: str
    data: str
    data_about: str
    newest: str
    read_issue: str
    more_papers: tuple[str, str]
    no_issue: str
    no_papers: str
    by_month: str
    all_years: str
    year_title: str
    contents: str
    previous: str
    next: str
    between_issues: str
    votes: str
    votes_of: tuple[str, str]
    papers: tuple[str, str]
    issue_count: tuple[str, str]
    others: tuple[str, str]
    unnamed: str
    all_authors: str
    picture_of: str
    paper: str
    picture: str
    video: str
    link_here: str
    copy_bibtex: str
    search_label: str
    search_without: str
    progress: str
    nothing_found: str
    search_failed: str
    search_older: str
    history_about: str
    papers_by_day: str
    papers_by_day_told: str
    votes_by_day: str
    votes_by_day_told: str
    by_months: str
    month: str
    issue: str
    paper_count: str
    votes_per_paper: str
    most_votes: str
    frequent_authors: str
    frequent_authors_about: str
    author: str
    made_with: str
    day: str
    short_day: str
    month_of: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]

    def count(self, forms: tuple[str, str], number: int) -> str:
        """Return a phrase in the singular or the plural."""
        return forms[number != 1].format(f"{number:,}")

    def date(self, date: datetime.date) -> str:
        """Return a date written out; strftime would ask the locale."""
        return self._dated(self.day, date)

    def short_date(self, date: datetime.date) -> str:
        """Return day and weekday, for a list that tells year and month."""
        return self._dated(self.short_day, date)

    def month_name(self, date: datetime.date) -> str:
        """Return a date's month and year."""
        return self._dated(self.month_of, date)

    def _dated(self, form: str, date: datetime.date) -> str:
        month, weekday = self.months[date.month - 1], self.weekdays[date.weekday()]
        return form.format(year=date.year, month=month, day=date.day, weekday=weekday, short=weekday[:3])


def words_in(language: str) -> Words:
    """Return the words for a language tag."""
    return _KOREAN if language.lower().split("-")[0] == "ko" else _ENGLISH


_ENGLISH = Words(
    language="en",
    skip="Skip to the content",
    site="Site",
    about="New papers, issue by issue: who wrote them, how many votes they got, and a summary of each.",
    by="Published by {}.",
    issues="Issues",
    search="Search",
    history="History",
    subscribe="Subscribe",
    subscribing="Copy an address into your reader, or open it there at once. It costs nothing and asks for no account.",
    by_paper="Each paper",
    by_paper_about="a feed with an entry for each paper",
    by_day="Each issue",
    by_day_about="a feed with an entry a day",
    all_feeds="All feeds",
    all_feeds_about="a list to import into a reader",
    catalogue="E-readers",
    catalogue_about="a catalogue (OPDS) from which KOReader and others fetch the books",
    book="The newest book",
    book_about="EPUB, for e-readers and phones",
    open_app="Open in a reader",
    copy_address="Copy address",
    copied="Copied",
    cannot_copy="This browser does not let pages copy.",
    download="Download",
    selections="Selections",
    data="Data",
    data_about="The whole archive, for reference managers, spreadsheets and programs.",
    newest="Newest issue",
    read_issue="Read the whole issue",
    more_papers=("and {} more paper", "and {} more papers"),
    no_issue="There is no issue yet.",
    no_papers="This issue has no papers.",
    by_month="Issues by month",
    all_years="All years",
    year_title="Issues of {}",
    contents="Contents",
    previous="Previous issue",
    next="Next issue",
    between_issues="Issues before and after",
    votes="Votes",
    votes_of=("{} vote", "{} votes"),
    papers=("{} paper", "{} papers"),
    issue_count=("{} issue", "{} issues"),
    others=("and {} other", "and {} others"),
    unnamed="and others",
    all_authors="All authors",
    picture_of="Picture of the paper “{}”",
    paper="Paper",
    picture="Picture",
    video="Video",
    link_here="Link to this paper",
    copy_bibtex="Copy BibTeX",
    search_label="Words in titles, authors and summaries",
    search_without="Search needs JavaScript; all issues are listed below.",
    progress="{found} found in {done} of {all} months",
    nothing_found="Nothing found in {all} months",
    search_failed="A part of the archive could not be loaded; try again later.",
    search_older="Search older months",
    history_about="{issues} with {papers}, {first} to {last}.",
    papers_by_day="Papers a day",
    papers_by_day_told="Bars, one an issue, {first} to {last}: from {least} to {most} papers, {mean} on average.",
    votes_by_day="Votes per paper",
    votes_by_day_told="Bars, one an issue, {first} to {last}: from {least} to {most} votes a paper, {mean} on average.",
    by_months="The same by month",
    month="Month",
    issue="Issues",
    paper_count="Papers",
    votes_per_paper="Votes per paper",
    most_votes="Most votes",
    frequent_authors="Most frequent authors",
    frequent_authors_about="How many papers of the issues name them; people who share a name are counted together.",
    author="Author",
    made_with="Made with paperround",
    day="{weekday}, {day} {month} {year}",
    short_day="{day} {short}",
    month_of="{month} {year}",
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
)

_KOREAN = Words(
    language="ko",
    skip="본문으로 건너뛰기",
    site="사이트",
    about="새로 나온 논문을 호마다 모아 저자와 추천 수, 요약을 함께 싣습니다.",
    by="펴낸이: {}.",
    issues="지난 호",
    search="검색",
    history="기록",
    subscribe="구독",
    subscribing="주소를 복사해 쓰시는 리더에 붙여 넣거나, 리더에서 바로 여세요. 무료이고 가입도 필요 없습니다.",
    by_paper="논문마다",
    by_paper_about="논문 한 편이 글 하나인 피드",
    by_day="하루에 하나",
    by_day_about="하루치 논문이 글 하나인 피드",
    all_feeds="모든 피드",
    all_feeds_about="리더로 가져올 수 있는 피드 목록",
    catalogue="전자책 단말기",
    catalogue_about="KOReader 등에서 책을 내려받는 목록(OPDS)",
    book="최신 호 전자책",
    book_about="전자책 단말기와 휴대전화에서 읽는 EPUB",
    open_app="리더에서 열기",
    copy_address="주소 복사",
    copied="복사했습니다",
    cannot_copy="이 브라우저에서는 복사할 수 없습니다.",
    download="내려받기",
    selections="골라 보기",
    data="데이터",
    data_about="모든 논문을 참고문헌 관리 프로그램, 스프레드시트, 프로그램에서 쓸 수 있게 모았습니다.",
    newest="최신 호",
    read_issue="이번 호 모두 읽기",
    more_papers=("외 {}편", "외 {}편"),
    no_issue="아직 나온 호가 없습니다.",
    no_papers="이 호에는 논문이 없습니다.",
    by_month="월별 지난 호",
    all_years="연도별 보기",
    year_title="{}년에 나온 호",
    contents="차례",
    previous="이전 호",
    next="다음 호",
    between_issues="앞뒤 호",
    votes="추천",
    votes_of=("추천 {}", "추천 {}"),
    papers=("논문 {}편", "논문 {}편"),
    issue_count=("{}호", "{}호"),
    others=("외 {}명", "외 {}명"),
    unnamed="외",
    all_authors="모든 저자",
    picture_of="논문 “{}”의 그림",
    paper="원문",
    picture="그림",
    video="동영상",
    link_here="이 논문으로 가는 링크",
    copy_bibtex="BibTeX 복사",
    search_label="제목, 저자, 요약에 있는 말",
    search_without="검색하려면 자바스크립트가 필요합니다. 모든 호는 아래 목록에 있습니다.",
    progress="{all}개월 가운데 {done}개월에서 {found}편을 찾았습니다",
    nothing_found="{all}개월 동안의 논문에서 찾지 못했습니다",
    search_failed="일부를 불러오지 못했습니다. 나중에 다시 찾아 보세요.",
    search_older="더 오래된 달 찾기",
    history_about="{first}부터 {last}까지 {issues}, {papers}.",
    papers_by_day="하루에 실린 논문",
    papers_by_day_told="{first}부터 {last}까지 호마다 막대 하나: 논문 {least}편에서 {most}편, 평균 {mean}편.",
    votes_by_day="논문 한 편의 추천",
    votes_by_day_told="{first}부터 {last}까지 호마다 막대 하나: 한 편에 추천 {least}에서 {most}, 평균 {mean}.",
    by_months="월별로 보기",
    month="달",
    issue="호",
    paper_count="논문",
    votes_per_paper="한 편의 추천",
    most_votes="가장 많은 추천",
    frequent_authors="자주 나온 저자",
    frequent_authors_about="이름이 실린 논문의 수이며, 이름이 같은 사람은 함께 셉니다.",
    author="저자",
    made_with="paperround로 만들었습니다",
    day="{year}년 {month} {day}일 {weekday}",
    short_day="{day}일 {weekday[0]}",
    month_of="{year}년 {month}",
    weekdays=("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
    months=tuple(f"{month}월" for month in range(1, 13)),
)
