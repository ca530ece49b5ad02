"""WebSub: tell the series' hub which feeds have changed since it was last told (W3C Recommendation, section 7)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..exporters import Series
from ..model import HubError, UsageError
from .build import manifest
from .build.folder import Folder
from .foreign import ForeignError, network_errors

Tell = Callable[[str, str], None]
"""Takes a hub and a feed's address; raises HubError where the hub does not accept it."""


class Pinged(NamedTuple):
    """What a hub was told."""

    accepted: tuple[str, ...]
    """Addresses of feeds."""
    refused: tuple[HubError, ...]
    """One for each feed that it did not take; the next ping tells of it again."""


def ping(root: Path, series: Series, tell: Tell) -> Pinged:
    """Tell the hub of every changed feed, also when it refuses one.

    Raises UsageError for a series without hub or base_url, and for a folder that no build has written.
    """
    if series.hub is None or series.base_url is None:
        raise UsageError("ping needs 'hub' and 'base_url' in [series], like hub = \"https://pubsubhubbub.appspot.com\"")
    feeds = manifest.load(root).subscriptions
    if not feeds:
        raise UsageError(f"{root} holds no feeds of a build")
    known = _known(root)
    accepted: list[str] = []
    refused: list[HubError] = []
    for name in sorted(name for name in feeds if known.get(name) != feeds[name]):
        address = f"{series.base_url.rstrip('/')}/{name}"
        try:
            tell(series.hub, address)
        except HubError as error:
            refused.append(error)
        else:
            accepted.append(address)
            known[name] = feeds[name]
            # At once, for a run that is ended must not tell of it again.
            _save(root, {name: digest for name, digest in known.items() if name in feeds})
    return Pinged(tuple(accepted), tuple(refused))


def over_http(hub: str, feed: str) -> None:
    """Send one ping as hubs expect it: a form with hub.mode=publish and the feed's address."""
    import httpx

    # Old hubs read hub.url, newer ones hub.topic; both ignore the other.
    form = {"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}
    try:
        with network_errors("it"):
            answer = httpx.post(hub, data=form, timeout=30, headers={"User-Agent": "paperround"})
    except ForeignError as error:
        raise HubError(f"{hub} does not take {feed}: {error}") from error
    if not answer.is_success:
        raise HubError(f"{hub} answers {answer.status_code} to {feed}")


def _known(root: Path) -> dict[str, str]:
    """Return what the hub knows: what pings have kept, else what was published before."""
    pinged = _read(root / manifest.PING)
    return _read(root / manifest.BEFORE) or {} if pinged is None else pinged


def _read(path: Path) -> dict[str, str] | None:
    try:
        values = json.loads(path.read_bytes())
        return {name: digest for name, digest in values.items() if isinstance(digest, str)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return None


def _save(root: Path, known: dict[str, str]) -> None:
    with Folder(root).manifest(manifest.PING) as file:
        file.write(json.dumps(known, indent=1, sort_keys=True).encode() + b"\n")
