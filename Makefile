# make demo      extract the facts of examples/ offline, and show them
# make test      run the tests, but those that need a Ray cluster, Chromium or minutes by nature
# make test-all  run those too
# make fuzz      throw damaged inputs, tables, answers, headers, records and pointers at it, each for SECONDS=60
# make check     lint, types, import layers, lengths of files, and the documentation site
# make dist      build sdist and wheel, check both, and run the tests of the sdist against the wheel
# make docs      build the documentation site into site/; it opens without a network: site/index.html
.PHONY: demo test test-all fuzz check docs dist record-cassettes clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
SECONDS ?= 60
SEED ?= 1
UV := $(shell command -v uv 2>/dev/null)
PYTEST = $(BIN)/python -m pytest --numprocesses auto --dist loadgroup
INSTALL = $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)

demo: $(VENV)/.installed
	$(BIN)/absextract extract examples/trending.txt examples/spaced.txt -o examples/facts.jsonl --model builtin --overwrite
	@echo "next: $(BIN)/absextract show examples/facts.jsonl kestrel"
	@echo "  or: $(BIN)/absextract report examples/facts.jsonl -o examples/report.html"

test: $(VENV)/.dev
	$(PYTEST) -m "not slow"

test-all: $(VENV)/.dev
	$(PYTEST)

fuzz: $(VENV)/.dev
	$(BIN)/python fuzz/run.py --seconds $(SECONDS) --seed $(SEED)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/unit/test_layers.py
	$(MAKE) --no-print-directory docs

docs: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

dist: $(VENV)/.dev
	rm -rf dist
	$(BIN)/python -m build --outdir dist .
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl
	rm -rf dist/unpacked && mkdir dist/unpacked
	tar -xzf dist/*.tar.gz -C dist/unpacked --strip-components 1
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target dist/unpacked/installed dist/*.whl
	rm -r dist/unpacked/src
	cd dist/unpacked && PYTHONPATH=installed ../../$(BIN)/python -m pytest --numprocesses auto --dist loadgroup -m "not slow" tests
	rm -rf dist/unpacked

record-cassettes: $(VENV)/.dev
	rm -f cassettes/*.yaml
	ABSEXTRACT_RECORD=1 $(BIN)/python -m pytest -q tests/unit/extractors/llm/test_cassettes.py

$(VENV)/bin/python:
	$(if $(UV),$(UV) venv --quiet $(VENV),$(PYTHON) -m venv $(VENV))

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(INSTALL) -c constraints.txt -e .
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(INSTALL) -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) site examples/*.jsonl examples/*.run.json examples/*.html
