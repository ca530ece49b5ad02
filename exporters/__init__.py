"""The exporter contract: what a format may do, and which formats are installed."""

from .contract.format import (
    BoundExporter,
    Exporter,
    Offer,
    Options,
    Output,
    Period,
    Selected,
    Series,
    Write,
    exporter,
    part_of,
    whole,
)
from .registry import GROUP, bind, load, names, offers

__all__ = [
    "GROUP",
    "BoundExporter",
    "Exporter",
    "Offer",
    "Options",
    "Output",
    "Period",
    "Selected",
    "Series",
    "Write",
    "bind",
    "exporter",
    "load",
    "names",
    "offers",
    "part_of",
    "whole",
]
