"""Where errors of others become ours: of the network, of decoders, of data that an old run or a stranger has left.

Who asks for such a thing does it inside one of these contexts, and hears of it in one way. What no table names passes:
it is a bug of ours.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..model import PaperroundError

Table = tuple[tuple[type[Exception], Callable[[Exception], "ForeignError"]], ...]
"""What becomes of which error: the first row that fits."""


class ForeignError(PaperroundError):
    """Something failed that is not ours; the text is the end of a sentence about it."""


class BadData(ForeignError):
    """Bytes are not what they have to be."""


class BadAddress(ForeignError):
    """An address, or one that a server redirects to, cannot be asked."""


class BadCertificate(ForeignError):
    """A server cannot prove that it is the one whose name was asked."""


class UnknownHost(ForeignError):
    """Nobody has this name; a name server that does not answer is another matter, Unreachable."""


class Unreachable(ForeignError):
    """A server does not answer, or not to the end; it may in a moment."""


@contextmanager
def data_errors() -> Iterator[None]:
    """Raise BadData for what is no JSON, no such value, or nests too deep."""
    # ValueError is also that of json, of Unicode and of pydantic; OverflowError is of a year or a zone without end. The
    # others come from values of a wrong type.
    kinds = ValueError, OverflowError, KeyError, TypeError, AttributeError, RecursionError
    with _translated(tuple((kind, _bad_data) for kind in kinds)):
        yield


@contextmanager
def packing_errors() -> Iterator[None]:
    """Raise BadData for a file that cannot be read or unpacked, in the words of who has failed."""
    import struct
    import zipfile
    import zlib

    def words(error: Exception) -> ForeignError:
        return BadData(getattr(error, "strerror", None) or str(error) or "it breaks off")

    # RuntimeError: a zip with a password; NotImplementedError below it: one packed in another way.
    kinds = OSError, EOFError, ValueError, RuntimeError, struct.error, zlib.error, zipfile.BadZipFile
    with _translated(tuple((kind, words) for kind in kinds)):
        yield


@contextmanager
def picture_errors() -> Iterator[None]:
    """Raise BadData for a picture that cannot be decoded: decoders fail in every way there is."""
    from PIL import Image

    with _translated(
        (
            (Image.DecompressionBombError, lambda error: BadData("it has far too many pixels")),
            (Exception, lambda error: BadData("the picture is damaged")),
        )
    ):
        yield


@contextmanager
def network_errors(host: str) -> Iterator[None]:
    """Raise BadAddress, BadCertificate, UnknownHost or Unreachable, in words that are the same on every system."""
    with _translated(_network(host)):
        yield


@contextmanager
def _translated(table: Table) -> Iterator[None]:
    try:
        yield
    except ForeignError:
        raise
    except tuple(kind for kind, _ in table) as error:
        raise next(make(error) for kind, make in table if isinstance(error, kind)) from error


def _bad_data(error: Exception) -> ForeignError:
    return BadData(f"it cannot be read ({type(error).__name__})")


def _network(host: str) -> Table:
    """Return the table of httpx and of httpcore below it; a client with our own transport raises errors of both."""
    import httpcore
    import httpx

    def is_nowhere(error: Exception) -> ForeignError:
        return BadAddress("it redirects to nowhere")

    def is_slow(error: Exception) -> ForeignError:
        return Unreachable(f"{host} takes too long")

    def breaks_off(error: Exception) -> ForeignError:
        return Unreachable(f"{host} breaks off")

    def protocol(error: Exception) -> ForeignError:
        # httpx finds a Location that is no address by itself; all else comes from httpcore.
        return breaks_off(error) if isinstance(error.__cause__, httpcore.ProtocolError) else is_nowhere(error)

    return (
        (httpcore.ConnectError, lambda error: _unconnected(error, host)),
        (httpx.ConnectError, lambda error: _unconnected(error, host)),
        (httpcore.TimeoutException, is_slow),
        (httpx.TimeoutException, is_slow),
        (httpx.TooManyRedirects, lambda error: BadAddress("it redirects in a circle")),
        (httpx.UnsupportedProtocol, is_nowhere),
        (httpx.RemoteProtocolError, protocol),
        (httpcore.NetworkError, breaks_off),
        (httpcore.ProtocolError, breaks_off),
        (httpx.HTTPError, breaks_off),
        (httpx.InvalidURL, is_nowhere),
        (ValueError, is_nowhere),  # of idna, for a host such as xn--a
    )


def _unconnected(error: Exception, host: str) -> ForeignError:
    import socket
    import ssl

    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return BadCertificate(f"{host} has a certificate that proves nothing")
        if isinstance(cause, socket.gaierror) and cause.errno in _no_such_host():
            return UnknownHost(f"{host} cannot be found")
    return Unreachable(f"{host} cannot be reached")


def _no_such_host() -> set[int]:
    import socket

    return {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
