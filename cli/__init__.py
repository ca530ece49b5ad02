"""The command line: the only place that parses arguments, prints and exits."""

from .main import main

__all__ = ["main"]
