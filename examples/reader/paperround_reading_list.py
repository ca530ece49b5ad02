import csv
import datetime
from collections.abc import Iterator

from paperround.model import Code, Issue, Point
from paperround.model.readers import Piece, arxiv_id, lines, one_line, reader


def is_reading_list(head: bytes) -> bool:
    return head.startswith(b"day,title,link,note")


@reader(seeks="'day,title,link,note' on its first line", sniff=is_reading_list, split=lines, endings=(".csv",))
def read(piece: Piece) -> Iterator[Issue]:
    """Reading lists: CSV with day, title, link and note, a paper on each line."""
    if piece.line == 1:
        return
    try:
        day, title, link, note = map(one_line, next(csv.reader([piece.text()])))
        date = datetime.date.fromisoformat(day)
    except (ValueError, csv.Error) as error:
        return piece.tell(piece.line, Code.BAD_ENTRY, f"{error}; left out")
    notes = (Point(text=note),) if note else ()
    paper = piece.paper(piece.line, title=title, url=link or None, arxiv_id=arxiv_id(link), summary=notes)
    yield piece.issue(date, [paper])
