"""Python imports this at its start when the folder is in PYTHONPATH: it records what a run does to files, or ends it.

PAPERROUND_RECORD names a folder that gets every file about to be renamed, in order, and a line for each change;
PAPERROUND_DIE_AT the change before which the process kills itself, as if the power had failed.
"""

import os
import shutil
import signal
import sys
from typing import Any

RECORD = os.environ.get("PAPERROUND_RECORD")
DIE_AT = int(os.environ.get("PAPERROUND_DIE_AT", "0"))
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}


class Hook:
    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, event: str, words: tuple[Any, ...]) -> None:
        if event not in CHANGES:
            return
        self.seen += 1
        if self.seen == DIE_AT:
            os.kill(os.getpid(), signal.SIGKILL)
        if RECORD and event in ("os.rename", "os.remove"):
            self._record(event, *map(os.fspath, words[: 2 if event == "os.rename" else 1]))

    def _record(self, event: str, *paths: str) -> None:
        number = f"{os.getpid()}-{self.seen}"
        if event == "os.rename":
            shutil.copyfile(paths[0], os.path.join(RECORD or "", number))
        with open(os.path.join(RECORD or "", "changes"), "a", encoding="utf-8") as file:
            file.write(f"{event} {number} {paths[-1]}\n")


if RECORD or DIE_AT:
    sys.addaudithook(Hook())
