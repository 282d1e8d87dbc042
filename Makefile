# Two commands are enough: `make run` and `make test`. Each sets up what it needs; only git, make and Python 3.11 are there.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3.11
BIN := .venv/bin
READY := .venv/.ready
# What the published file must open in, beside the one it is made with: the oldest promised, the long-supported, the next.
DUCKDBS := 1.1.3 1.4.5 1.5.6 2.0.0
COMPAT := $(DUCKDBS:%=.compat/duckdb-%)

.DEFAULT_GOAL := help
.PHONY: help run daily rebuild test ui search docs superset gold bench test-superset lint types architecture sql unit lock clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: $(READY) ## ingest what is new, build and check the marts, publish them
	@$(BIN)/python -m orchestration.run

daily: $(READY) ## the same, after fetching what is due from the upstreams
	@$(BIN)/python -m orchestration.run daily

rebuild: $(READY) ## read the whole landing folder anew, and say what in the marts has changed
	@$(BIN)/python -m orchestration.run rebuild

ui: $(READY) ## Dagster's UI with the schedule and the sensors, on http://127.0.0.1:3000
	@$(BIN)/python -m orchestration.ui

search: $(READY) ## the papers that speak of something: make search q="long context quantization"
	@$(BIN)/python -m paperhouse.search

docs: $(READY) ## dbt's documentation of every table and column, as one page
	@$(BIN)/python -m orchestration.docs

superset: $(READY) .superset/.ready ## Superset with the dashboard "Paperhouse", on http://127.0.0.1:8088 (0.9 GB to set up)
	@$(BIN)/python -m bi.superset.serve

gold: $(READY) ## how well the extractors read the labelled abstracts
	@$(BIN)/python -m benchmarks.gold

bench: $(READY) .compat/rivals ## the benchmarks, as ratios side by side (some minutes)
	@$(BIN)/python -W ignore -m benchmarks

test: lint types architecture sql unit ## everything that must pass

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/ty check paperhouse orchestration benchmarks

architecture: $(READY)
	$(BIN)/lint-imports

sql: $(READY)
	$(BIN)/sqlfluff lint dbt_project/models --processes 2

# Three workers for two cores: some tests wait more than they work. The slow files come first, so that none is left alone at the end.
unit: $(READY) $(COMPAT)
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# Not part of `make test`: it sets up Superset, and takes minutes.
test-superset: $(READY) .superset/.ready
	$(BIN)/python -m pytest bi/superset/test_superset.py -s

$(READY): requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "Paperhouse needs Python 3.11 ($(PYTHON) was not found; set PYTHON=...)"; exit 1; }
	@echo "Setting up .venv from requirements.lock (a minute or two, once) ..."
	@rm -rf .venv && $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --progress-bar off -r requirements.lock \
	  | sed -uE 's/^(Collecting|Processing) (.*\/)?([^ ]*).*/  \3/; s/^Installing collected.*/  installing .../; /^ *Using|^Successfully|^ *Downloading/d'
	@$(BIN)/python -c "import dagster, dbt.version, duckdb, polars" && touch $@

.compat/duckdb-%: | $(READY)
	@echo "Fetching DuckDB $*, which must read what is published ..."
	@rm -rf $@ $@.part
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --quiet --target $@.part duckdb==$*
	@mv $@.part $@

# Superset has an environment of its own: it pins an older pandas and SQLAlchemy than the pipeline uses.
.superset/.ready: bi/superset/requirements.lock
	@echo "Setting up .superset from $< (some minutes, once) ..."
	@rm -rf .superset && $(PYTHON) -m venv .superset
	@.superset/bin/python -m pip install --disable-pip-version-check --no-deps -qq -r $<
	@.superset/bin/python -c "import superset.config, duckdb_engine" && touch $@

# What the benchmark compares with, and nothing else here needs.
.compat/rivals: $(READY)
	@echo "Fetching quantulum3 and pyahocorasick, to compare with ..."
	@rm -rf $@ $@.part
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --target $@.part quantulum3==0.10.0 pyahocorasick==2.3.1 2>/dev/null
	@mv $@.part $@

# Only for those who change dependencies: resolves pyproject.toml into requirements.lock. No registry's address gets in.
lock: $(READY)
	@$(PYTHON) -m venv .lock && .lock/bin/python -m pip install --quiet uv
	.lock/bin/uv pip compile pyproject.toml --group dev --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" --output-file requirements.lock
	cd bi/superset && ../../.lock/bin/uv pip compile requirements.in --python-version 3.11 --no-emit-index-url \
	  --no-emit-find-links --custom-compile-command "make lock" --output-file requirements.lock
	@rm -rf .lock

clean: ## remove what was set up and built here, but no data
	rm -rf .venv .compat .superset .lock .pytest_cache .ruff_cache .hypothesis .import_linter_cache dbt_project/target dbt_project/logs
