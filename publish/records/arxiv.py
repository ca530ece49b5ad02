"""arXiv's API, asked for papers by id, as slowly and as patiently as its terms of use want.

The `arxiv` package makes the queries and reads the answers. Its own waiting is not used: it starts a query that failed
without an answer again at once, and never waits longer than between any two (info.arxiv.org/help/api/tou.html: one
connection, one request in three seconds; 429 and 503 come below that limit, too).
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

from ...model import NoAnswer, Record, Records, values
from ...model.authors import displayed, mended
from ...model.fields import arxiv_id
from ...model.text import one_line
from ..foreign import BadData, data_errors

if TYPE_CHECKING:
    from arxiv import Client, Result
    from requests import RequestException, Response

ENDPOINT = "https://export.arxiv.org/api/query"
SLICE = 100
"""Ids in one request, which says so: without a number the API answers with ten."""
APART = 3.0
"""Seconds between an answer and the next request."""
WAITS = (10.0, 30.0, 60.0, 120.0, 240.0)
"""Seconds before each new attempt at a request that got no answer."""

_LONGEST_WAIT = 600.0
_TIMEOUT = 60.0
_LONGEST_ANSWER = 64 * 1024 * 1024
"""In bytes; a hundred papers have half of one million."""
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_EMPTY_ANSWERS = 3


def gather(
    ids: Sequence[str],
    tell: Callable[[str], None],
    endpoint: str = ENDPOINT,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Records]:
    """Yield what arXiv says of ids, answer by answer; None for one that it does not know.

    An answer that names no paper at all says nothing: the API gives such answers in error, too. `tell` hears of each
    longer wait. Raises NoAnswer.
    """
    client = _client(_Session(tell, clock, sleep), endpoint)
    slices = [ids[at : at + SLICE] for at in range(0, len(ids), SLICE)]
    while slices:
        asked = slices.pop(0)
        try:
            found = _ask(client, asked, tell)
        except _Refused:
            # One id that is none spoils the answer for all; its half is asked again until it stands alone.
            half = len(asked) // 2
            slices[:0] = [asked[:half], asked[half:]] if half else []
            if not half:
                yield {asked[0]: None}
        else:
            if found:
                yield {wanted: found.get(wanted) for wanted in asked}


class _Refused(Exception):
    """arXiv answered 400: among the ids is one of a form that it does not take."""


def _client(session: "_Session", endpoint: str) -> "Client":
    import arxiv

    logging.getLogger("arxiv").addHandler(logging.NullHandler())  # else it prints names from answers to the terminal
    client = arxiv.Client(page_size=SLICE, delay_seconds=0, num_retries=0)
    client.query_url_format = endpoint + "?{}"
    client._session = session
    return client


def _ask(client: "Client", ids: Sequence[str], tell: values.Complain) -> dict[str, Record]:
    """Return the records that one request gives; one that names no paper is made again, for such answers come in error.

    Raises _Refused and NoAnswer.
    """
    import arxiv

    found: dict[str, Record] = {}
    try:
        for _ in range(_EMPTY_ANSWERS):
            with data_errors():
                for result in client.results(arxiv.Search(id_list=list(ids), max_results=len(ids))):
                    found[arxiv_id(result.entry_id) or ""] = record(result, tell)
            if found:
                break
    except arxiv.HTTPError as error:
        if error.status == 400:
            raise _Refused from None
        raise NoAnswer(f"arXiv answers with status {error.status}; what it answered before is kept") from None
    except BadData as error:
        raise NoAnswer(f"arXiv's answer is none; {error}; what it answered before is kept") from None
    except arxiv.UnexpectedEmptyPageError:
        pass  # the API counted papers that it does not give
    return {wanted: found[wanted] for wanted in ids if wanted in found}


def record(result: "Result", complain: values.Complain) -> Record:
    """Return an entry of the API as a record; its names are whole, without parts.

    `complain` hears of a field that the model refuses, which stays empty.
    """
    authors = [displayed(author.name, map(one_line, author.affiliation)) for author in result.authors]
    categories = dict.fromkeys(filter(None, (result.primary_category, *result.categories)))
    known = {
        "title": one_line(result.title),
        "authors": mended(authors),
        "categories": tuple(map(one_line, categories)),
        "abstract": one_line(result.summary) or None,
        "doi": one_line(result.doi or "") or None,
        "journal_ref": one_line(result.journal_ref or "") or None,
        "comment": one_line(result.comment or "") or None,
        "published": result.published.date(),
        "updated": result.updated.date(),
    }
    return values.record(known, complain)


class _Session:
    """What the client sends its requests through: one connection that says who we are, waits its turn and tries again.

    `get` hands back an answer that is whole; raises NoAnswer when there is none after all attempts. The `arxiv` package
    speaks through requests, whose errors are read here alone: each is a reason to wait and to ask again, whatever its
    kind, and only the last one becomes an error of ours.
    """

    def __init__(self, tell: Callable[[str], None], clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        import requests

        self._requests = requests.Session()
        self._agent = f"paperround/{version('paperround')}"
        self._tell = tell
        self._clock = clock
        self._sleep = sleep
        self._free_at = clock()
        self._answered = False

    def get(self, url: str, headers: Mapping[str, str]) -> "Response":
        for wait in (*WAITS, 0.0):
            answer = self._try(url, {**headers, "user-agent": self._agent})
            if not isinstance(answer, _Trouble):
                return answer
            trouble = answer
            if trouble.is_offline and not self._answered:
                raise NoAnswer(f"arXiv cannot be reached ({trouble.what}); is this machine on the network?")
            if wait:
                self._put_off(min(max(wait, trouble.wait), _LONGEST_WAIT), trouble.what)
        raise NoAnswer(f"arXiv does not answer ({trouble.what}); what it answered before is kept, run again to go on")

    def _try(self, url: str, headers: Mapping[str, str]) -> "Response | _Trouble":
        """Make one request when its time has come."""
        from requests import RequestException

        while (wait := self._free_at - self._clock()) > 0:
            self._sleep(wait)
        try:
            answer = self._requests.get(url, headers=headers, timeout=_TIMEOUT, stream=True)
            if not _take_in(answer):
                return _Trouble("an answer without end")
        except RequestException as error:
            return _Trouble(type(error).__name__, is_offline=_is_offline(error))
        finally:
            self._free_at = self._clock() + APART
        self._answered = True
        if answer.status_code in _TRANSIENT:
            return _Trouble(f"status {answer.status_code}", _retry_after(answer))
        if answer.ok and not answer.content.rstrip().endswith(b"</feed>"):
            return _Trouble("an answer that breaks off")
        if b"<!DOCTYPE" in answer.content:
            return _Trouble("an answer with a document type")  # its entities would be left out of the texts
        if answer.ok and not _is_well_formed(answer.content):
            return _Trouble("an answer that is not well-formed")  # what is wrong would be left out of the texts
        return answer

    def _put_off(self, wait: float, what: str) -> None:
        self._tell(f"arXiv does not answer ({what}); asking again in {wait:.0f} s")
        self._free_at = self._clock() + wait


class _Trouble(NamedTuple):
    """Why there is no answer, and for how many seconds arXiv wants to be left alone."""

    what: str
    wait: float = 0.0
    is_offline: bool = False
    """Whether there was nobody to ask: no name server, no route, nobody at the door."""


def _is_offline(error: "RequestException") -> bool:
    """Tell whether a connection was never made; waiting helps where one breaks off, which is told otherwise."""
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _take_in(answer: "Response") -> bool:
    """Read an answer as far as one may go, and tell whether that is all of it."""
    data = bytearray()
    for piece in answer.iter_content(64 * 1024):
        data += piece
        if len(data) > _LONGEST_ANSWER:
            answer.close()
            return False
    answer._content = bytes(data)  # what its own reading without a limit would set
    return True


def _is_well_formed(data: bytes) -> bool:
    from lxml import etree

    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return True


def _retry_after(answer: "Response") -> float:
    """Return the seconds that an answer asks us to wait; the date that it may name instead counts as none."""
    seconds = answer.headers.get("Retry-After", "")
    return float(seconds) if seconds.isdecimal() and seconds.isascii() else 0.0
