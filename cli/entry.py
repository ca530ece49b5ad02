"""Where the command begins: signals are answered before anything that takes long is imported."""

# Not `signal`: it imports `enum`, which takes 12 of the 13 ms until the handlers are set, and until then Ctrl-C is a
# traceback. What Python itself imports before this module comes before any handler of ours.
import _signal  # type: ignore[import-not-found]
import os

TYPE_CHECKING = False  # what type checkers take for true; `typing` takes long, too
if TYPE_CHECKING:
    from types import FrameType

_WORDS = {"SIGINT": "interrupted", "SIGTERM": "ended by SIGTERM", "SIGHUP": "ended by SIGHUP"}


def main() -> None:
    """Run the command line and exit: 0 clean, 1 something could not be kept, 2 the user is wrong.

    Until `click` is imported, Ctrl-C and requests to end are answered here: nothing is begun that would have to be
    thrown away, and an exception in the middle of an import is a traceback.
    """
    for name in _WORDS:
        number = getattr(_signal, name, None)  # Windows has no SIGHUP
        if number is not None and _signal.getsignal(number) in (_signal.SIG_DFL, _signal.default_int_handler):
            _signal.signal(number, _leave)
    from .main import main as run

    run()


def _leave(number: int, frame: "FrameType | None") -> None:
    """End as a shell expects it: with 128 and the signal's number."""
    word = next(word for name, word in _WORDS.items() if getattr(_signal, name, None) == number)
    os.write(2, f"paperround: {word}\n".encode())
    os._exit(128 + number)
