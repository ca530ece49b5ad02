"""What GitHub runs: the action publishes, as far as a shell can tell, and the workflows are whole."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from paperround.publish.serve.site import Site

from .command import DIGESTS, ROOT, files

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
DIGEST = (DIGESTS / "2024" / "05" / "03.md").read_text("utf-8")
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


class Runner:
    """A machine of GitHub's on one day, with the repository checked out."""

    def __init__(self, home: Path, repository: Path, pages: str) -> None:
        self.home, self.repository = home, repository
        self.values = {"steps.pages.outputs.base_url": pages}
        self.values["steps.workspace.outputs.is_empty"] = ""
        for name, key in ACTION["inputs"].items():
            self.values[f"inputs.{name}"] = key["default"]
        (home / "tools").mkdir(parents=True)
        python = home / "tools" / "python"
        python.write_text(f'#!/bin/sh\n[ "$2" = pip ] && echo "$@" >>{home}/pip || exec {sys.executable} "$@"\n')
        ours = Path(sys.executable).with_name("paperround")
        program = home / "tools" / "paperround"  # arXiv is not asked
        program.write_text(f'#!/bin/sh\n[ "$1" = metadata ] && echo "$@" >>{home}/metadata || exec {ours} "$@"\n')
        python.chmod(0o755)
        program.chmod(0o755)

    def run(self, **inputs: str) -> str:
        """Run the steps that a shell can; return what they print."""
        self.values |= {f"inputs.{name}": value for name, value in inputs.items()}
        return "".join(self._step(step) for step in ACTION["runs"]["steps"] if "run" in step and self._is_due(step))

    @property
    def folder(self) -> Path:
        """The output of that name."""
        return Path(self._value(ACTION["outputs"]["folder"]["value"]))

    def _step(self, step: dict[str, Any]) -> str:
        assert step["shell"] == "bash"
        environment = {name: self._value(value) for name, value in step.get("env", {}).items()} | {
            "PATH": f"{self.home / 'tools'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.home),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(self.home / "output"),
        }
        bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            bash, cwd=self.repository, env=os.environ | environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        if (self.home / "output").exists():
            for line in (self.home / "output").read_text().splitlines():
                name, _, value = line.partition("=")
                self.values[f"steps.{step['id']}.outputs.{name}"] = value
            (self.home / "output").unlink()
        return done.stdout + done.stderr

    def _value(self, text: str) -> str:
        """Put in the first value that is not empty of each expression, as `||` does."""
        return EXPRESSION.sub(lambda match: next(filter(None, map(self.values.get, match[1].split(" || "))), ""), text)

    @property
    def checks_out(self) -> bool:
        """Whether the action has to fetch the repository itself."""
        (step,) = [step for step in ACTION["runs"]["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        return f"{self.values['steps.workspace.outputs.is_empty']!r}" == step["if"].partition(" == ")[2]

    def _is_due(self, step: dict[str, Any]) -> bool:
        asked, _, empty = step.get("if", "").partition(" != ")
        return not asked or (empty == "''" and bool(self.values[asked]))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / "daily notes").mkdir(parents=True)
    (folder / "daily notes" / "03.md").write_text(DIGEST, encoding="utf-8")
    return folder


@pytest.mark.parametrize("is_configured", [True, False])
def test_it_publishes_the_first_time_and_takes_over_the_second(
    repository: Path, tmp_path: Path, is_configured: bool
) -> None:
    (tmp_path / "pages").mkdir()
    site = Site(tmp_path / "pages", 0)
    with site.running():
        if is_configured:
            (repository / "paperround.toml").write_text(f'[series]\nbase_url = "{site.address}"\n')
        odd = DIGEST.encode().replace(b"2024-05-03", b"2024-05-04") + b"\n- caf\xe9\n"
        (repository / "daily notes" / "odd.md").write_bytes(odd)
        monday = Runner(tmp_path / "monday", repository, site.address)
        assert "::error file=" in monday.run(digests="daily notes")  # the others are published all the same
        published = files(monday.folder)
        assert f"{site.address}/feeds/papers.atom".encode() in published["feeds/papers.atom"]
        shutil.copytree(monday.folder, tmp_path / "pages", dirs_exist_ok=True)
        tuesday = Runner(tmp_path / "tuesday", repository, site.address)
        assert " 0 files written, " in tuesday.run(digests="daily notes\n")
    assert files(tuesday.folder).keys() == published.keys()
    assert (tmp_path / "monday" / "pip").read_text() == f"-m pip install --quiet {ROOT}\n"


def test_it_publishes_before_the_domain_is_there(repository: Path, tmp_path: Path) -> None:
    try:
        socket.getaddrinfo("papers.invalid", 443)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            pytest.skip("no name server answers")
    (repository / "own.toml").write_text('[series]\nbase_url = "https://papers.invalid"\n')  # RFC 6761: in no DNS
    runner = Runner(tmp_path / "runner", repository, "")
    said = runner.run(digests="daily notes", config="own.toml")
    assert "nothing-previous" in said
    assert b"https://papers.invalid/" in files(runner.folder)["feeds/papers.atom"]


def test_several_sources_and_another_previous_folder(repository: Path, tmp_path: Path) -> None:
    other = repository / "other.md"
    other.write_text(DIGEST.replace("2024-05-03", "2024-05-04"), encoding="utf-8")
    (tmp_path / "before").mkdir()
    runner = Runner(tmp_path / "runner", repository, "https://example.org/papers")
    said = runner.run(digests="daily notes\n\nother.md\n", previous=str(tmp_path / "before"))
    assert "in 2 issues" in said
    assert f"nothing is published in {tmp_path / 'before'} yet" in said


def test_records_are_collected_where_the_configuration_names_a_file(repository: Path, tmp_path: Path) -> None:
    (repository / "paperround.toml").write_text('metadata = "arxiv.jsonl"\n')
    (repository / "arxiv.jsonl").touch()
    runner = Runner(tmp_path / "runner", repository, "")
    runner.run(digests="daily notes")
    assert (tmp_path / "runner" / "metadata").read_text() == "metadata --output arxiv.jsonl -- daily notes\n"


def test_the_repository_is_checked_out_where_nothing_is_there(repository: Path, tmp_path: Path) -> None:
    there = Runner(tmp_path / "there", repository, "")
    there.run(digests="daily notes")
    assert not there.checks_out
    (tmp_path / "empty").mkdir()
    empty = Runner(tmp_path / "none", tmp_path / "empty", "")
    empty.run(digests=str(repository))  # checkout would bring them; here they lie elsewhere
    assert empty.checks_out


def test_expressions_stand_in_no_script() -> None:
    """An expression in a script runs what somebody named a branch or a folder."""
    for path in [ROOT / "action.yml", *WORKFLOWS]:
        for script in scripts(yaml.safe_load(path.read_text("utf-8"))):
            assert "${{" not in script, path


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_nothing_that_it_does_not_name(path: Path) -> None:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert found["permissions"] in ({}, {"contents": "read"})
    assert all(0 < job["timeout-minutes"] <= 90 for job in found["jobs"].values())


def test_a_release_is_published_without_a_token_and_attested() -> None:
    job = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8"))["jobs"]["publish"]
    assert job["permissions"] == {"id-token": "write", "attestations": "write", "contents": "read"}
    used = [step["uses"].partition("@")[0] for step in job["steps"]]
    assert used == ["actions/download-artifact", "actions/attest-build-provenance", "pypa/gh-action-pypi-publish"]
    assert "password" not in str(job)


def test_the_citation_names_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert f'version = "{citation["version"]}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def scripts(found: object) -> list[str]:
    """Return all that a workflow or an action has a shell run."""
    if isinstance(found, dict):
        return (
            [found["run"]]
            if isinstance(found.get("run"), str)
            else [x for each in found.values() for x in scripts(each)]
        )
    return [script for each in found for script in scripts(each)] if isinstance(found, list) else []
