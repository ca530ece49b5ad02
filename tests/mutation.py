"""Change the parser in every small way that mutmut knows, and see whether a test of the model notices.

`python -m tests.mutation [--afresh] [--sample COUNT] [NAME...]`, where NAME is a module of the parser or a function in
it ("digest/leads", "digest/leads.read"); without, all of it. A sample has so many mutants of each module, always the
same ones. It goes on where an earlier run was stopped, and tries again what lived there. build/mutants.txt shows every
change that lived.

mutmut makes the mutants. It would also run them, and collect the tests for each one anew; here they are collected once.
A forked child puts a mutant's code into its function and runs the tests that reach that function, those first that
noticed other changes to it, until one fails.
"""

import __future__

import argparse
import ast
import gc
import json
import os
import re
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType

import pytest
from _pytest.runner import runtestprotocol

_NAME = re.compile("x(?:_|ǁ(.+)ǁ)(.+)__mutmut_([0-9]+)")
"""mutmut's name of a mutant: the class, the function and a number."""
ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "build" / "mutation.json"
LIVING = ROOT / "build" / "mutants.txt"
FILES = ROOT / "build" / "mutation-files"
"""Of the tests: of ours alone, for pytest removes those of earlier runs at any time."""
PARSER = (
    *("authors", "dates", "fields", "links", "names"),
    *sorted(f"digest/{path.stem}" for path in (ROOT / "model" / "digest").glob("*.py")),
)
TESTS = ("tests/model",)
SKIPPED = "linear or long_line or little_time or time_grows or real_digests"
"""Tests that measure time, which a mutant is not tried on: they would make others of it on a busy machine."""
ARGUMENTS = (
    *("-q", "--no-header", "--no-summary", "--assert=plain", "--tb=native", "-o", "tmp_path_retention_policy=none"),
    *(
        "--basetemp",
        str(FILES),
        "-p",
        "no:cacheprovider",
        "-o",
        "faulthandler_timeout=0",
        "-p",
        "no:cov",
        "-k",
        f"not ({SKIPPED})",
    ),
)
SECONDS = 5.0
"""More than any of these tests takes; one that a mutant keeps busy for as long has noticed it."""
MEMORY = 4 << 30


@dataclass(frozen=True)
class Mutant:
    """A function of the parser, and a changed one to take its place; `change` shows the lines."""

    name: str
    function: FunctionType
    changed: FunctionType
    change: str

    @property
    def key(self) -> str:
        return sha256(f"{self.name}\n{self.change}".encode()).hexdigest()

    def take_place(self) -> None:
        self.function.__code__ = self.changed.__code__
        self.function.__defaults__ = self.changed.__defaults__
        self.function.__kwdefaults__ = self.changed.__kwdefaults__


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--afresh", action="store_true", help="forget what an earlier run has tried")
    parser.add_argument("--sample", type=int, default=None, metavar="COUNT", help="at most so many of each module")
    parser.add_argument("names", nargs="*", metavar="NAME")
    chosen = parser.parse_args()
    if chosen.afresh:
        RESULTS.unlink(missing_ok=True)
    modules = dict.fromkeys(name.partition(".")[0] for name in chosen.names or PARSER)
    of_modules = [[mutant for mutant in mutants_of(name) if is_chosen(mutant, chosen.names)] for name in modules]
    mutants = [mutant for some in of_modules for mutant in sorted(some, key=lambda mutant: mutant.key)[: chosen.sample]]
    os.environ["PAPERROUND_PROPERTIES"] = "once"
    trials = Trials(mutants)
    status = pytest.main([*ARGUMENTS, *(str(ROOT / name) for name in TESTS)], plugins=[trials])
    return int(status) or report(mutants, trials.noticed)


def is_chosen(mutant: Mutant, names: Sequence[str]) -> bool:
    return not names or any(re.match(rf"{re.escape(name)}\b", mutant.name) for name in names)


def mutants_of(module_name: str) -> Iterator[Mutant]:
    """Yield the mutants of a module of the parser, named `MODULE.FUNCTION NUMBER`."""
    from mutmut.mutation.file_mutation import mutate_file_contents

    module = import_module(f"paperround.model.{module_name.removesuffix('/__init__').replace('/', '.')}")
    path = ROOT / "model" / f"{module_name}.py"
    made = mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
    changed = ModuleType(module.__name__)
    changed.__package__ = module.__package__
    code = compile(
        made.code, str(path), "exec", __future__.annotations.compiler_flag
    )  # a method may have a module's name
    exec(code, vars(changed))  # noqa: S102
    sources = {node.name: node for node in ast.walk(ast.parse(made.code)) if isinstance(node, ast.FunctionDef)}
    for mutant in made.mutant_names:
        owner, function, number = _NAME.fullmatch(mutant).groups()
        before, after = (ast.unparse(sources[name]) for name in (mutant.removesuffix(number) + "orig", mutant))
        yield Mutant(
            ".".join(filter(None, (module_name, owner, f"{function} {number}"))),
            function_of(vars(getattr(module, owner) if owner else module)[function]),
            function_of(vars(getattr(changed, owner) if owner else changed)[mutant]),
            lines_changed(before, after),
        )


def function_of(member: object) -> FunctionType:
    """Return the function behind a member of a module or a class: a property has it inside."""
    return getattr(member, "func", None) or getattr(member, "fget", None) or getattr(member, "__wrapped__", member)


def lines_changed(before: str, after: str) -> str:
    lines = unified_diff(before.splitlines()[1:], after.splitlines()[1:], n=0, lineterm="")
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


class Trials:
    """A plugin of pytest's that tries mutants with the tests that it has collected, instead of running those.

    `noticed` gives the test that noticed a mutant by the mutant's key, None for one that lived.
    """

    def __init__(self, mutants: Sequence[Mutant]) -> None:
        self.mutants = mutants
        known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        self.noticed: dict[str, str | None] = {mutant.key: known.get(mutant.key) for mutant in mutants}
        self.kills: Counter[tuple[CodeType | None, str]] = Counter()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("errors during collection")
        session.config._tmp_path_factory.getbasetemp()  # one for all children
        self.tests = {item.nodeid: item for item in session.items}
        functions = {mutant.function.__code__ for mutant in self.mutants}
        gc.freeze()
        self.reach, self.seconds = reached(session.items, functions)
        waiting = [mutant for mutant in self.mutants if self.noticed[mutant.key] is None]
        for number, mutant in enumerate(waiting):
            self.try_out(mutant)
            if number % 50 == 49 or mutant is waiting[-1]:
                save(self.noticed)
                print(f"{number + 1} of {len(waiting)} tried", flush=True)
        self.check_again(functions)
        return True

    def try_out(self, mutant: Mutant) -> None:
        code = mutant.function.__code__
        tests = sorted(self.reach[code], key=partial(self.cost, code))
        failed = in_child(lambda: first_to_fail(mutant, [self.tests[name] for name in tests]), otherwise="no end")
        self.noticed[mutant.key] = failed
        self.kills.update({(code, failed): 1, (None, failed): 1} if failed else {})

    def check_again(self, functions: set[CodeType]) -> None:
        """See that the tests which noticed something pass without it, still: else the machine was what they noticed."""
        reached([self.tests[name] for name in sorted(self.tests.keys() & self.noticed.values())], functions)

    def cost(self, code: CodeType, name: str) -> float:
        """Return the seconds that a test takes, fewer for one that has noticed changes, above all to this function."""
        return (self.seconds[name] + 0.005) / (1 + 20 * self.kills[code, name] + self.kills[None, name])


def reached(
    tests: Sequence[pytest.Item], functions: set[CodeType]
) -> tuple[dict[CodeType, list[str]], dict[str, float]]:
    """Run the tests on the parser as it is; return which ones reach each function, and how long each takes."""
    numbers = {code: number for number, code in enumerate(functions)}
    reach: dict[CodeType, list[str]] = {code: [] for code in functions}
    seconds = {}
    for test in tests:
        found, seconds[test.nodeid] = in_child(lambda test=test: reached_by(test, numbers), otherwise=(None, 0))
        if found is None:
            pytest.exit(f"{test.nodeid} fails on the parser as it is; start --afresh", 1)
        for code, number in numbers.items():
            if number in found:
                reach[code].append(test.nodeid)
    return reach, seconds


def reached_by(test: pytest.Item, numbers: dict[CodeType, int]) -> tuple[list[int] | None, float]:
    found = set()

    def profile(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in numbers:
            found.add(numbers[frame.f_code])

    sys.setprofile(profile)
    start = time.perf_counter()
    reports = runtestprotocol(test, log=False, nextitem=None)
    sys.setprofile(None)
    return None if any(report.failed for report in reports) else sorted(found), time.perf_counter() - start


def first_to_fail(mutant: Mutant, tests: list[pytest.Item]) -> str | None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    mutant.take_place()
    for test, following in zip(tests, [*tests[1:], None], strict=True):
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        if any(report.failed for report in runtestprotocol(test, log=False, nextitem=following)):
            return test.nodeid
    return None


def in_child(work: Callable[[], object], otherwise: object) -> object:
    """Return what `work` gives in a forked process, `otherwise` where that dies."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        try:
            with open(os.devnull, "w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as answers:
        said = answers.read()
    os.waitpid(process, 0)
    return json.loads(said) if said else otherwise


def save(noticed: dict[str, str | None]) -> None:
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(known | noticed, indent=1), encoding="utf-8")


def report(mutants: Sequence[Mutant], noticed: dict[str, str | None]) -> int:
    """Print how many mutants of each module lived, and their names; show their changes in a file."""
    lived = [mutant for mutant in mutants if noticed[mutant.key] is None]
    LIVING.write_text("".join(f"{mutant.name}\n{mutant.change}\n\n" for mutant in lived), encoding="utf-8")
    all_of, alive = (Counter(mutant.name.partition(".")[0] for mutant in some) for some in (mutants, lived))
    for module, count in (*all_of.items(), ("all", len(mutants))):
        living = alive[module] if module != "all" else len(lived)
        print(f"| {module} | {count:,} | {living} | {100 * living / count:.1f} % |")
    print(*(mutant.name for mutant in lived), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
