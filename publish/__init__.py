"""A run from sources to a published folder."""

from .config import Config
from .config import read as read_config
from .pictures import Pictures
from .run import Job, Progress, Result, Span, Stream, build, export, find
from .select import Criteria, Selection, chooser, everything

__all__ = [
    "Config",
    "Criteria",
    "Job",
    "Pictures",
    "Progress",
    "Result",
    "Selection",
    "Span",
    "Stream",
    "build",
    "chooser",
    "everything",
    "export",
    "find",
    "read_config",
]
