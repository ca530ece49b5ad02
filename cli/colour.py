"""Colours, where they are wanted: on a terminal, and never in data."""

import os
from typing import TextIO

import click

COLOURS = {"note": "cyan", "warning": "yellow", "error": "red"}


def wanted(stream: TextIO) -> bool:
    """Say whether to colour a stream: NO_COLOR (no-color.org) forbids it, FORCE_COLOR (force-color.org) asks for it."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def paint(text: str, colour: str, stream: TextIO) -> str:
    """Return a text in a colour, if the stream wants colours."""
    return click.style(text, fg=colour, bold=True) if wanted(stream) else text
