# Baton: what a person and a CI server call. Needs Python 3.11 or newer, git and make.

PYTHON ?= $(shell command -v python3.11 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.setup-stamp
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard */locales/*/LC_MESSAGES/*.po))
TABLES := dsl/parser/tables.msgpack
PACKAGES := cli tui engine dsl
APT := $(if $(filter 0,$(shell id -u)),,sudo -n) env DEBIAN_FRONTEND=noninteractive apt-get
# Neighbours run in one worker as long as both have enough to do: what a file of tests shares is made once.
PYTEST := $(BIN)/pytest -n 2 --dist worksteal -q
# Every start of `baton` would compile what it imports anew where the environment forbids to keep it.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long lint unit wheel bench browser pictures grammars histories schemas snapshots clean

help: ## show what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(STAMP) $(CATALOGUES) $(TABLES) ## make the virtual environment, once

$(STAMP): pyproject.toml setup.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Baton and what it needs into $(VENV): a minute or two, this time alone …"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@echo "Installed."
	touch $@

%.mo: %.po $(STAMP)
	$(BIN)/pybabel -q compile -i $< -o $@

$(TABLES): $(wildcard dsl/*.lark) dsl/parser/tables.py $(STAMP)
	$(BIN)/python dsl/parser/tables.py

demo: setup ## twelve cases of a sample company, from opening to where they stand
	$(BIN)/python -m cli.demo

lint: setup ## format, lint, types, layers, dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry .

unit: setup ## every test that takes seconds
	$(PYTEST) -m 'not long'

wheel: setup ## the built wheel, installed outside the checkout, works
	$(BIN)/python tests/house/wheel_smoke.py --borrow

test: lint unit wheel ## what must hold before a change goes in

browser: setup ## a Chromium for the test of `baton serve`, where one can be had; without it the test is skipped
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[browser]'
	-command -v chromium || command -v google-chrome || timeout 300 $(APT) install -qy chromium || \
	  timeout 300 $(BIN)/playwright install chromium

test-long: setup ## tests that take minutes; the wheel with its own dependencies
	$(PYTEST) -m long
	$(BIN)/python tests/house/wheel_smoke.py

bench: setup ## measurements side by side: JSON lines and a table
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python -m benchmarks

grammars: setup ## write the editors' colours anew from the keyword tables
	$(BIN)/python -m dsl.editor.textmate editors/vscode/syntaxes/baton.tmLanguage.json

histories: setup ## freeze the ledgers of tests/histories anew, after the format has changed
	$(BIN)/python -m tests.histories.make

snapshots: setup ## write the pictures of the screens anew; look at what has changed
	BATON_GOLDEN=write $(PYTEST) tests/tui/test_snapshots.py

pictures: browser ## take the README's pictures anew, in a browser; look at them
	$(BIN)/python -m tests.cli.pictures

schemas: setup ## write schemas/ anew
	$(BIN)/python -m engine.schemas schemas

clean: ## remove what was built, not the environment
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -f $(CATALOGUES) $(TABLES)
