# The commands of the README. Everything happens in .venv; nothing outside this folder is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif

# Tests write thousands of small databases: into memory where there is such a folder, else where pytest puts them.
MEMORY := $(shell test -w /dev/shm && echo /dev/shm)

.PHONY: help demo serve test check soak pictures bench docs format clean
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z]+:.*?## ' $(MAKEFILE_LIST) | awk -F':.*?## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.make/base: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@# setuptools warns of every editable installation, whatever its folders are called.
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@mkdir -p .make && touch $@

.make/tools: .make/base
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[postgres,test,check,docs]'
	@touch $@

demo: .make/base ## Import the sample programme of 2020, check it, write its feeds to demo/
	@$(BIN)/planner demo --today 2020-04-01

serve: demo ## Deliver that example at http://127.0.0.1:8020 until Ctrl-C
	@$(BIN)/planner --database demo/planner.db serve

# What looks at pages: axe-core and html-validate, where npm is. Tests that need them say so.
.make/node: Makefile
	@mkdir -p $@
	@command -v npm > /dev/null && npm install --prefix $@ --no-audit --no-fund --silent axe-core@4.14.1 html-validate@10.17.0 || true
	@touch $@

test: .make/tools .make/node ## Everything that is promised, on SQLite and on a PostgreSQL the tests start
	@PYTEST_DEBUG_TEMPROOT=$(MEMORY) $(BIN)/python -m pytest -n auto

check: .make/tools ## Format, lint, types, contracts, migrations against tables, documentation
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q -p no:cacheprovider tests/test_documentation.py tests/store/test_migrations_match_tables.py tests/test_packaging.py -m "not slow and not soak"

soak: .make/tools .make/node ## The promises with their full counts (long)
	@PYTEST_DEBUG_TEMPROOT=$(MEMORY) $(BIN)/python -m pytest -q -n 2 -p tests.long_run -m ""

pictures: .make/tools ## Write docs/pictures again, the pages of the programme of 2020 in a browser
	@$(BIN)/python -m tests.pictures

bench: .make/tools ## Measure the hot paths against their rivals
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@$(BIN)/python -m benchmarks

docs: .make/docs ## The documentation as a site, in build/docs; a dead link fails
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

.make/docs: .make/base
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

format: .make/tools ## Put the code into the project's form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

clean: ## Remove what the commands above have made
	rm -rf $(VENV) .make build dist demo *.egg-info
