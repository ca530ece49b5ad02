"""Requests to end (SIGTERM, SIGHUP): taken as exceptions, so that what is unfinished is thrown away."""

import signal
from types import FrameType

_REQUESTS = ("SIGTERM", "SIGHUP")
"""Windows has one of them."""


class Ended(BaseException):
    """Somebody asks the command to end; `number` is the signal's."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"ended by {signal.Signals(number).name}; what is published is whole, run again")


def raise_ended() -> None:
    """Let the requests to end raise Ended from now on, but for those that nohup or a service ignores."""
    for name in _REQUESTS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _raise)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def ignore_all() -> None:
    """Ignore Ctrl-C and requests to end from now on: the command is done and about to exit."""
    for name in ("SIGINT", *_REQUESTS):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, signal.SIG_IGN)


def _raise(number: int, frame: FrameType | None) -> None:
    raise Ended(number)
