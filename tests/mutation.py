"""Change the parser in every small way that mutmut knows, and see whether a test of the model notices.

mutmut takes a package for where its files lie, and ours is mapped from folders, so it works on a copy of the tree in
build/mutation: `python -m tests.mutation [NAME...]`, where NAME is a module of model/; without, all of the parser. It
goes on where an earlier run was stopped. `cd build/mutation && mutmut show NAME` shows a survivor.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPY = ROOT / "build" / "mutation"
PARSER = ("authors", "body", "digest", "fields", "heading", "repair", "structure", "usual")
TESTS = ("authors", "by_hand", "details", "digest", "fields", "golden", "language", "usual")
"""Those that are about the parser: a mutant that lives has gone through all of them."""
CONFIG = """
[tool.mutmut]
source_paths = ["paperround"]
only_mutate = {files}
also_copy = ["examples"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-k", "not linear and not long_line and not little_time and not real"]
pytest_add_cli_args_test_selection = {tests}
use_git_change_detection = false
"""
KILLED, SURVIVED, NO_TESTS, TIMEOUT = (1, 3), (0,), (5, 33), (-24, 24, 36, 152, 255)
"""Exit codes of pytest and of mutmut, as mutmut.stats has them."""


def main() -> None:
    copy_tree([f"paperround/model/{name}.py" for name in sys.argv[1:] or PARSER])
    mutmut = Path(sys.executable).with_name("mutmut")
    subprocess.run([mutmut, "run", "--max-children", "2"], cwd=COPY, check=True)
    report()


def copy_tree(files: list[str]) -> None:
    COPY.mkdir(parents=True, exist_ok=True)
    for room in ("model", "exporters", "publish", "cli"):
        shutil.copytree(ROOT / room, COPY / "paperround" / room, dirs_exist_ok=True)
    for folder in ("tests", "examples"):
        ignore = shutil.ignore_patterns("node_modules", "unreadable")  # mutmut copies no link that leads nowhere
        shutil.copytree(ROOT / folder, COPY / folder, dirs_exist_ok=True, ignore=ignore)
    tests = [f"tests/model/test_{name}.py" for name in TESTS]
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (COPY / "pyproject.toml").write_text(
        settings + CONFIG.format(files=json.dumps(files), tests=json.dumps(tests)), encoding="utf-8"
    )


def report() -> None:
    """Print how many mutants of each file lived, and the names of those."""
    for path in sorted((COPY / "mutants" / "paperround" / "model").glob("*.meta")):
        codes = json.loads(path.read_text())["exit_code_by_key"]
        counts = Counter(codes.values())
        survivors = [name for name, code in codes.items() if code in SURVIVED]
        if codes:
            print(f"{path.stem}: {len(codes)} mutants, {sum(counts[code] for code in SURVIVED)} survived", dict(counts))
            print(*survivors, sep="\n")


if __name__ == "__main__":
    main()
