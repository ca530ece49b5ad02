"""Where the command begins: signals are answered before anything that takes long is imported."""

import os
import signal
from types import FrameType

from .signals import ENDING


def main() -> None:
    """Run the command line and exit: 0 clean, 1 something could not be kept, 2 the user is wrong.

    Until `click` is imported, Ctrl-C and requests to end are answered here: nothing is begun that would have to be
    thrown away, and an exception in the middle of an import is a traceback.
    """
    for name in ("SIGINT", *ENDING):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _leave)
    from .main import main as run

    run()


def _leave(number: int, frame: FrameType | None) -> None:
    """End as a shell expects it: with 128 and the signal's number."""
    word = "interrupted" if number == signal.SIGINT else f"ended by {signal.Signals(number).name}"
    os.write(2, f"paperround: {word}\n".encode())
    os._exit(128 + number)
