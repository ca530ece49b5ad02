"""What an open page of a preview asks for: how far a build is, and whether there has been another since."""

import json

STATUS = "/.paperround-status"
SCRIPT = "/.paperround-reload.js"
TAG = f'\n<script src="{SCRIPT}"></script>\n'.encode()
"""What every page of a preview ends with. Browsers take it into the body, also behind `</html>`."""

_SCRIPT = f"""\
"use strict";
// Ask each second; a server that has ended answers nothing, and the page stays as it is.
let built = null;
setInterval(async () => {{
  const status = await fetch("{STATUS}").then((answer) => answer.json(), () => null);
  if (!status) return;
  const shown = document.getElementById("building");
  if (shown && status.total) shown.textContent = `${{status.done}}/${{status.total}}`;
  if (built !== null && built !== status.built || shown && status.built) location.reload();
  built = status.built;
}}, 1000);
"""


class Reload:
    """How far the build of a preview is, for the pages that are open."""

    def __init__(self) -> None:
        self._done = self._total = self._built = 0

    def step(self, done: int, total: int) -> None:
        """Take how many issues of a build are done, and of how many."""
        self._done, self._total = done, total

    def finish(self) -> None:
        """Take that a build is over."""
        self._done = self._total = 0
        self._built += 1

    @property
    def is_first(self) -> bool:
        """Whether no build is over yet, so that a page may come to be where none is."""
        return not self._built

    @property
    def page(self) -> str:
        """What a browser shows until the first build is over."""
        count = f"{self._done}/{self._total}" if self._total else ""
        return f'<p>Building… <span id="building">{count}</span></p>{TAG.decode()}'

    def answer(self, path: str) -> tuple[str, bytes] | None:
        """Return the file name and bytes of one of our own addresses, None for any other."""
        if path == SCRIPT:
            return "reload.js", _SCRIPT.encode()
        if path == STATUS:
            status = {"done": self._done, "total": self._total, "built": self._built}
            return "status.json", json.dumps(status).encode()
        return None
