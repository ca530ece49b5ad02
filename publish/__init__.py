"""A run from sources to a published folder."""

from .config import Config
from .config import read as read_config
from .job import Job, Once, Progress, Result, Span, Stream, find, shown
from .metadata import Collected, collect
from .pictures import Pictures
from .run import build, export
from .select import Criteria, Selection, chooser, everything
from .work import Crew

__all__ = [
    "Collected",
    "Config",
    "Crew",
    "Criteria",
    "Job",
    "Once",
    "Pictures",
    "Progress",
    "Result",
    "Selection",
    "Span",
    "Stream",
    "build",
    "chooser",
    "collect",
    "everything",
    "export",
    "find",
    "read_config",
    "shown",
]
