"""The words that files say of their own, as a type: each language gives every one of them."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one language; braces stand for a number, a name or a date. Pairs are singular and plural."""

    language: str
    """Its tag, without a region."""

    # Counts, dates and names, which all formats write.
    papers: tuple[str, str]
    issue_count: tuple[str, str]
    votes: str
    votes_of: tuple[str, str]
    votes_are: str
    others: tuple[str, str]
    """Ends a list of authors; the number is those left out."""
    more_authors: str
    """The same in feeds."""
    more_unnamed: str
    """Stands in feeds for the end of a list that the digest cut, where the list itself is elsewhere."""
    unnamed: str
    """Ends a list of authors that the digest cut."""
    author: str
    authors: str
    paper: str
    """Text of a link to the paper itself."""
    picture: str
    picture_of: str
    video: str
    contents: str
    abstract: str
    day: str
    short_day: str
    month_of: str
    weekdays: tuple[str, ...]
    """Monday first."""
    short_weekdays: tuple[str, ...]
    months: tuple[str, ...]

    # Feeds.
    feed_by_day: str
    """Tells the title of the feed with an entry per day from the other one's."""
    feed_of_papers: str
    feed_of_issues: str
    feed_place: str
    """Text of a link to a paper's place on the page of its issue; the name is the series'."""

    # Books, their series and their catalogue.
    cover: str
    cover_of: str
    first_paper: str
    previous: str
    next: str
    continued: str
    accessible: str
    pictures_named: str
    weekly_series: str
    monthly_series: str
    books: tuple[str, str]
    newest_books: str
    books_by_month: str
    weekly_books: str
    monthly_books: str
    all_books: str

    # Pages.
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
    open_app: str
    copy_address: str
    copied: str
    cannot_copy: str
    selections: str
    data: str
    data_about: str
    read_issue: str
    more_papers: tuple[str, str]
    no_issue: str
    no_papers: str
    all_years: str
    year_title: str
    previous_issue: str
    next_issue: str
    between_issues: str
    link_here: str
    copy_bibtex: str
    search_label: str
    search_failed: str
    history_about: str
    papers_by_day: str
    papers_by_day_text: str
    votes_by_day: str
    votes_by_day_text: str
    by_months: str
    month: str
    issue: str
    paper_count: str
    votes_per_paper: str
    most_votes: str
    frequent_authors: str
    frequent_authors_about: str
    made_with: str
    copy_link: str
    share: str
    own_page: str
    other_papers: str
    previous_paper: str
    next_paper: str
    between_papers: str
    keys: str
    recent: str
    year: str
    any: str
    found: tuple[str, str]
    nothing_found: str
    more_results: str
    search_older: str
    search_without: str
    not_found: str
    not_found_about: str

    def mark(self, around: str) -> str:
        """Return the attributes that mark these words in XHTML of another language, which is spoken differently."""
        if around.lower().split("-")[0] == self.language:
            return ""
        return f' lang="{self.language}" xml:lang="{self.language}"'

    def count(self, forms: tuple[str, str], number: int) -> str:
        """Return a phrase in the singular or the plural."""
        return forms[number != 1].format(f"{number:,}")

    def date(self, date: datetime.date) -> str:
        """Return a date written out; strftime would ask the locale."""
        return self._dated(self.day, date)

    def short_date(self, date: datetime.date) -> str:
        """Return day and weekday, for a list whose heading is year and month."""
        return self._dated(self.short_day, date)

    def month_name(self, date: datetime.date) -> str:
        """Return a date's month and year."""
        return self._dated(self.month_of, date)

    def _dated(self, form: str, date: datetime.date) -> str:
        month, weekday = self.months[date.month - 1], self.weekdays[date.weekday()]
        return form.format(year=date.year, month=month, day=date.day, weekday=weekday, short=weekday[:3])
