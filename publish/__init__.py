"""A run from sources to a published folder."""

from .build.destination import check_destination
from .build.job import DistinctReport, Job, Progress, Result, Span, Stream, find, shown
from .build.policy import Policy
from .build.run import build, export, scan_cache
from .build.selection import Criteria, Selection, chooser, everything
from .build.work import Crew
from .config import Config
from .config import read as read_config
from .config import unread as unread_config
from .pictures import Pictures
from .records.collection import Collected, collect

__all__ = [
    "Collected",
    "Config",
    "Crew",
    "Criteria",
    "DistinctReport",
    "Job",
    "Pictures",
    "Policy",
    "Progress",
    "Result",
    "Selection",
    "Span",
    "Stream",
    "build",
    "check_destination",
    "chooser",
    "collect",
    "everything",
    "export",
    "find",
    "read_config",
    "scan_cache",
    "shown",
    "unread_config",
]
