"""Pages: the whole site beside Django's templates over the same papers and a Markdown library over the digests."""

from pathlib import Path

from paperround.exporters.text import markup

from .contest import Contest, Contestant, Work
from .exporting import issues_of, ours

_TEMPLATE = """<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{{ issue.title }}</title></head><body>
<h1>{{ issue.title }}</h1>{% for paper in papers %}<article id="{{ paper.arxiv_id }}"><h2><a href="{{ paper.url }}">
{{ paper.title }}</a></h2><p>{{ paper.authors|join:", " }}</p>{% if paper.votes is not None %}<p>{{ paper.votes }}</p>
{% endif %}{% if paper.picture %}<img src="{{ paper.picture }}" alt="{{ paper.title }}">{% endif %}
<div>{{ paper.summary|safe }}</div><ul>{% for link in paper.links %}<li><a href="{{ link }}">{{ link }}</a></li>
{% endfor %}</ul></article>{% endfor %}</body></html>"""


def django(archive: Path) -> Work:
    from django.conf import settings
    from django.template import Context, Engine

    settings.configure(USE_I18N=False)
    issues, template = issues_of(archive), Engine().from_string(_TEMPLATE)

    def work() -> None:
        for issue in issues:
            papers = [
                {
                    "arxiv_id": paper.arxiv_id,
                    "url": paper.url,
                    "title": paper.title,
                    "authors": paper.authors,
                    "votes": paper.votes,
                    "picture": paper.media.url if paper.media else None,
                    "summary": markup.blocks(paper.summary),
                    "links": [f"https://arxiv.org/{kind}/{paper.arxiv_id}" for kind in ("abs", "pdf")],
                }
                for paper in issue.papers
            ]
            template.render(Context({"issue": issue, "papers": papers}))

    return work


def markdown(archive: Path) -> Work:
    from markdown_it import MarkdownIt

    texts = [path.read_text(encoding="utf-8") for path in sorted(archive.rglob("*.md"))]
    library = MarkdownIt("commonmark", {"html": False})
    return lambda: [library.render(text) for text in texts]


CONTESTS = (
    Contest(
        "HTML, a page an issue",
        "Goal: at most 60 Y, and 16 Y without a page for each paper. Ours writes the whole site: index, years, search,"
        " history, each paper's BibTeX and COinS."
        " Django's templates write the issues' pages alone and get the summaries' XHTML from us; markdown-it-py gives"
        " the digests' bare HTML.",
        (
            Contestant("paperround html", ours("html")),
            Contestant("paperround html, pages = false", ours("html", pages=False)),
            Contestant("Django's templates", django),
            Contestant("markdown-it-py", markdown),
        ),
    ),
)
