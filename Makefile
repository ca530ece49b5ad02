# Python 3.11 or newer and make are all that a machine needs: each target sets itself up in .venv.

PYTHON ?= python3
VENV ?= .venv
CONSTRAINTS ?= constraints.txt

BIN := $(VENV)/bin
# What pip fetches has to have the hashes of constraints.txt, also what it fetches to build a package with.
HASHES ?= --require-hashes --build-constraint $(CONSTRAINTS)
PINNED := $(PYTHON) .ci/pinned.py $(CONSTRAINTS)
INSTALL := install -q -c $(CONSTRAINTS) $(HASHES) -r
PIP := $(BIN)/python -m pip
# Strict editable installs are those that type checkers can follow. They list files, so every target renews ours, and so
# nobody needs the warning that they depend on build/.
EDITABLE := PYTHONWARNINGS=ignore:::setuptools.command.editable_wheel \
	$(PIP) install -q --no-deps --no-build-isolation --config-settings editable_mode=strict -e .
# Without the working folder in the path, in which stale metadata may lie and our rooms are other packages.
PYTEST := $(BIN)/python -P -m pytest
PARALLEL := --numprocesses auto --dist worksteal
BUILD := build examples/digests --config examples/paperround.toml -o

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_NO_INPUT = 1

.PHONY: demo test test-fast check clients docs pictures bench coverage reliability lower-bounds lock wheel tools installed
.NOTPARALLEL:

# Publishes examples/digests and says where to look.
demo: installed
	@$(BIN)/paperround $(BUILD) build/demo --quiet
	@echo 'Open build/demo/index.html, or see it in feed readers and e-readers of this machine:'
	@echo '    $(BIN)/paperround serve examples/digests --config examples/paperround.toml'

# The test suite without tests/clients, on all cores; a worker that has nothing left takes tests from the others.
test: tools
	$(PYTEST) $(PARALLEL) --ignore tests/clients

# What the model and the formats do, with few examples of each property: half a minute, for between two changes.
test-fast: export PAPERROUND_PROPERTIES = fast
test-fast: tools
	$(PYTEST) $(PARALLEL) --quiet tests/model tests/exporters tests/test_layers.py

# Style, types, documentation, known vulnerabilities, and the built wheel in a clean environment.
check: tools wheel docs
	$(PINNED) pip-audit > $(VENV)/audit.txt
	$(PIP) $(INSTALL) $(VENV)/audit.txt
	$(BIN)/python .ci/audit.py
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy -p paperround

# The strangers that read what we write; tests/clients/install brings them. A file stays with one worker: what it
# publishes for its tests is made once.
clients: tools
	$(PYTEST) --numprocesses 2 --dist loadfile tests/clients

# The pages of docs/ as a site in build/docs; takes five seconds.
docs: $(VENV)/docs installed
	$(BIN)/python -P -m sphinx -q -E -W --keep-going -d build/doctrees docs build/docs

# The pictures of README and of the page on epub, drawn anew from the demo; asks for chromium, newsboat and tmux.
pictures: tools
	$(BIN)/python -m tests.clients.screenshots
	$(BIN)/python -m tests.clients.pages

# How long we take beside what people would use instead; writes the table of docs/benchmarks.md.
bench: tools
	$(PINNED) '.[bench]' > $(VENV)/bench.txt
	$(PIP) $(INSTALL) $(VENV)/bench.txt
	$(BIN)/python -m benchmarks

# What takes hours: properties over thousands of examples, others each time; kills; fuzzing; mutants of the parser. Prints
# what was found. `make reliability RELIABILITY='--seconds 2 --examples short --mutants structure'` takes minutes.
reliability: coverage
	$(PINNED) '.[reliability]' > $(VENV)/reliability.txt
	$(PIP) $(INSTALL) $(VENV)/reliability.txt
	$(BIN)/python -m tests.reliability $(RELIABILITY)

# The suite again, and which branches of model/, exporters/ and publish/ it takes; fails where one of them is below
# fail_under.
coverage: tools
	$(PYTEST) $(PARALLEL) --ignore tests/clients --cov --cov-report=term-missing:skip-covered
	@for room in model exporters publish; do \
		printf '%s: ' $$room && $(BIN)/python -m coverage report --include="$$room/*" --format=total --precision=1 || exit; \
	done

# The test suite with the oldest dependencies that pyproject.toml allows.
lower-bounds:
	@mkdir -p build
	$(PYTHON) .ci/lower_bounds.py > build/oldest.txt
	@$(MAKE) --no-print-directory test VENV=build/oldest CONSTRAINTS=build/oldest.txt HASHES=

# Writes constraints.txt anew after a change to pyproject.toml; newer versions come with OPTIONS=--upgrade.
lock:
	.ci/lock $(OPTIONS)

# The wheel has to publish what the tree publishes, byte for byte. setuptools would pack what an earlier build left.
wheel: tools
	rm -rf build/lib build/bdist.* build/wheel build/clean build/tree
	$(PIP) wheel -q --no-deps --no-build-isolation -w build/wheel .
	rm -rf paperround.egg-info
	$(PYTHON) -m venv --without-pip build/clean
	$(PINNED) . > build/clean/run.txt
	$(PIP) --python build/clean/bin/python $(INSTALL) build/clean/run.txt
	$(PIP) --python build/clean/bin/python install -q --no-deps build/wheel/*.whl
	$(PIP) --python build/clean/bin/python check
	build/clean/bin/paperround $(BUILD) build/clean/public
	$(BIN)/paperround $(BUILD) build/tree
	diff -r build/clean/public build/tree

installed: $(VENV)/installed
	@$(EDITABLE)

tools: $(VENV)/tools installed

$(VENV)/tools: $(VENV)/installed
	$(PINNED) '.[dev]' > $(VENV)/dev.txt
	$(PIP) $(INSTALL) $(VENV)/dev.txt
	@touch $@

$(VENV)/docs: $(VENV)/installed
	$(PINNED) '.[docs]' > $(VENV)/docs.txt
	$(PIP) $(INSTALL) $(VENV)/docs.txt
	@touch $@

$(VENV)/installed: pyproject.toml $(CONSTRAINTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer, please: make PYTHON=python3.12")'
	@echo 'Installing what paperround needs into $(VENV)'
	@$(PYTHON) -m venv $(VENV)
	@$(PINNED) pip setuptools > $(VENV)/start.txt
	@$(PIP) install -q --no-deps -r $(VENV)/start.txt
	@$(PINNED) . > $(VENV)/run.txt
	@$(PIP) $(INSTALL) $(VENV)/run.txt
	@touch $@
