"""Ask pip-audit whether a package of constraints.txt has a vulnerability that is known.

Exits with 1 for one that has. Where the advisories cannot be reached, nothing is known, and that is said.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_AUDIT = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
_QUIET = ["--progress-spinner", "off", "--timeout", "10"]


def main() -> None:
    reached = answer(pinned("pip"))  # one package first: asking for all takes its time when nobody answers
    if not any(is_known(package) for package in reached):
        print("The advisories of pip-audit cannot be reached: nothing is known of vulnerabilities.")
        return
    found = answer((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    for package in found:
        for advisory in package.get("vulns", ()):
            print(f"{package['name']} {package['version']}: {advisory['id']}, mended in {advisory['fix_versions']}")
    print(f"{sum(map(is_known, found))} of {len(found)} packages audited")
    sys.exit(any(package.get("vulns") for package in found))


def pinned(name: str) -> str:
    script = [sys.executable, ".ci/pinned.py", "constraints.txt", name]
    return subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def answer(requirements: str) -> list[dict[str, Any]]:
    """Return what pip-audit says of each package; nothing where it fails."""
    command = [*_AUDIT, *_QUIET, "--requirement", "/dev/stdin"]
    done = subprocess.run(command, input=requirements, capture_output=True, text=True)
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return []
    return packages


def is_known(package: dict[str, Any]) -> bool:
    return "skip_reason" not in package


if __name__ == "__main__":
    main()
