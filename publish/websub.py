"""WebSub: tell the series' hub which feeds have changed since it was last told (W3C Recommendation, section 7)."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from ..exporters import Series
from ..model import HubError, UsageError
from .build import manifest
from .build.folder import Folder

STATE = ".paperround-ping.json"
"""Which bytes of which feed the hub knows of; without it, every feed is told."""

_SUBSCRIPTION = re.compile(r"(?:select/[a-z0-9-]+/)?feeds/(?:papers|issues)\.(?:atom|rss|json)")

Tell = Callable[[str, str], None]
"""Takes a hub and a feed's address; raises HubError where the hub does not accept it."""


def ping(root: Path, series: Series, tell: Tell) -> list[str]:
    """Tell the hub of the changed feeds and return their addresses; a feed that was not accepted is told next time.

    Raises UsageError for a series without hub or base_url, and for a folder that no build has written.
    """
    if series.hub is None or series.base_url is None:
        raise UsageError("ping needs 'hub' and 'base_url' in [series]")
    feeds = {name: entry.sha256 for name, entry in manifest.load(root).files.items() if _SUBSCRIPTION.fullmatch(name)}
    if not feeds:
        raise UsageError(f"{root} holds no feeds of a build")
    known = _known(root)
    told: list[str] = []
    try:
        for name, digest in sorted(feeds.items()):
            if known.get(name) != digest:
                tell(series.hub, address := f"{series.base_url.rstrip('/')}/{name}")
                known[name] = digest
                told.append(address)
    finally:
        _remember(root, {name: digest for name, digest in known.items() if name in feeds})
    return told


def over_http(hub: str, feed: str) -> None:
    """Send one ping as hubs expect it: a form with hub.mode=publish and the feed's address."""
    import httpx

    # Old hubs read hub.url, newer ones hub.topic; both ignore the other.
    form = {"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}
    try:
        answer = httpx.post(hub, data=form, timeout=30, headers={"User-Agent": "paperround"})
    except httpx.HTTPError as error:
        raise HubError(f"{hub}: {error}") from error
    if not answer.is_success:
        raise HubError(f"{hub} answers {answer.status_code} to {feed}")


def _known(root: Path) -> dict[str, str]:
    try:
        values = json.loads((root / STATE).read_bytes())
        return {name: digest for name, digest in values.items() if isinstance(digest, str)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _remember(root: Path, known: dict[str, str]) -> None:
    with Folder(root).manifest(STATE) as file:
        file.write(json.dumps(known, indent=1, sort_keys=True).encode() + b"\n")
