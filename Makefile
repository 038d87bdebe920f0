# Everything a checkout can do. Needs Debian 12 (or alike), make and Python 3.11 or newer; root is not needed.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2
# Installed sets are known by the contents of their lists: nothing is installed twice, nothing stale is kept.
digest = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-12)
RUN_SET := .venv/.run-$(call digest,pyproject.toml requirements/uv.txt requirements/run.txt)
TEST_SET := .venv/.test-$(call digest,pyproject.toml requirements/uv.txt requirements/test.txt)
READY := $(or $(MARKETPLACE_DATA),var)/.ready-$(call digest,$(wildcard migrations/versions/*.py marketplace/demo/data/*.json))
PACKAGES := marketplace listings auctions search_index
SOURCES := $(PACKAGES) tests benchmarks
PYTEST := $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal
# The floor of the house, its rules, and the stories of the packages. The rest takes minutes: `make test`.
FAST := tests/core tests/evidence tests/moderation tests/notifications tests/web tests/house tests/listings/test_classification.py \
	$(wildcard tests/*/*/test_story.py) tests/accounts/test_log_in.py tests/search_index/test_analysis.py tests/search_index/test_parsing.py \
	--ignore=tests/house/test_policy_matrix.py --ignore=tests/house/test_journal_matrix.py --ignore=tests/house/test_serving.py

.PHONY: help setup run lint check test browser-setup bench docs i18n screenshots lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(RUN_SET) ## install what running needs into .venv
	@echo "Ready: make run"

run: export MARKETPLACE_DEMO ?= yes
run: export MARKETPLACE_PUBLIC_URL ?= http://$(HOST):$(PORT)
run: $(RUN_SET) $(READY) ## serve the demonstration market on http://HOST:PORT (default 127.0.0.1:8000)
	@sed -n '/log-ins/,$$p' $(READY)
	@echo "Serving on http://$(HOST):$(PORT) (Ctrl-C stops)"
	@HOST=$(HOST) PORT=$(PORT) exec $(BIN)/marketplace serve

# Schema and demonstration market. What was said then is kept, so that the next start need not ask.
$(READY): | $(RUN_SET)
	@echo "Preparing the demonstration market …"
	@mkdir -p $(@D)
	@rm -f $(@D)/.ready-*
	@$(BIN)/marketplace db upgrade
	@$(BIN)/marketplace demo load > $@
# A database elsewhere may be another one each time.
ifdef MARKETPLACE_DATABASE_URL
.PHONY: $(READY)
endif

lint: $(TEST_SET) ## style, formatting, types, import contracts
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

check: lint ## the fast checks: lint and the tests that need neither browser nor PostgreSQL
	@$(PYTEST) -m "not browser and not postgresql" $(FAST)

test: $(TEST_SET) browser-setup lint ## everything: lint, all tests on SQLite and PostgreSQL, browser included
	@$(PYTEST) --databases sqlite,postgresql

browser-setup: $(TEST_SET)
	@$(BIN)/python -m tests.browser.install

bench: $(TEST_SET) ## measure; prints ratios, keeps the figures in var/bench
	@$(BIN)/python -m benchmarks

docs: $(TEST_SET) ## write the documents that are made from the code
	@$(BIN)/python -m marketplace.documentation

i18n: $(TEST_SET) ## bring the English catalogue up to what the code says
	@mkdir -p var
	@$(BIN)/python -m marketplace.catalogue

screenshots: $(TEST_SET) browser-setup ## take the pictures of the README
	@$(BIN)/python -m tests.browser.screenshots

lock: $(BIN)/uv ## choose versions anew and pin them in requirements/
	@$(call compile,uv,requirements/uv.in)
	@$(call compile,run,pyproject.toml requirements/build.in --extra postgresql)
	@$(call compile,test,pyproject.toml requirements/build.in --extra postgresql --extra tantivy --extra test -c requirements/run.txt)

clean: ## remove everything made here, the market's data included
	rm -rf .venv var build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

compile = $(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header -o requirements/$(1).txt $(2)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(call apt,python3-venv)
	@$(PYTHON) -m venv .venv

$(BIN)/uv: $(BIN)/python requirements/uv.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(RUN_SET): $(BIN)/uv
	$(call install,run)

$(TEST_SET): $(BIN)/uv
	$(call install,test)

# uv is many times as fast as pip and takes the same lists.
define install
@echo "Installing what $(1) needs into .venv …"
@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/$(1).txt
@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
@rm -f .venv/.$(1)-*
@touch $@
endef

define apt
{ [ "$$(id -u)" = 0 ] || { echo "Install the package $(1) first (apt-get install $(1))." >&2; exit 1; }; \
  apt-get -o DPkg::Lock::Timeout=500 update -q && apt-get -o DPkg::Lock::Timeout=500 install -qy $(1); }
endef
