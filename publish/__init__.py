"""A run from sources to a published folder."""

from .config import Config
from .config import read as read_config
from .run import Job, Progress, Result, Span, build, export, find

__all__ = ["Config", "Job", "Progress", "Result", "Span", "build", "export", "find", "read_config"]
