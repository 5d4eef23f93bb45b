# Two commands are enough: `make demo` shows a decision, `make test` checks everything.
# They need Python 3.11 or later, gcc and make; everything else is put into .venv, nothing outside it is changed.
BIN := .venv/bin
DOSSIER := examples/dossiers/fengyuan.yaml

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-all check bench docs fmt clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

setup: ## Make .venv ready (every other target does it by itself)
	@sh scripts/setup.sh

demo: setup ## Decide an example dossier on a day in 2018
	@$(BIN)/creditrules decide $(DOSSIER) --on 2018-12-20
	@cat scripts/demo-next.txt

test: check ## Check format, lint, types, tests, docs and examples
	@$(BIN)/pytest -n auto -m "not slow"

test-all: check ## The same with the long runs
	@CREDITRULES_TEST_AT_LENGTH=1 $(BIN)/pytest -n auto

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: setup ## Measure loading, deciding, matching, growth and the shell; print medians and targets
	@$(BIN)/python -m benchmarks.run

docs: setup ## Write the generated pages of docs/reference again
	@$(BIN)/python -m scripts.make_docs

fmt: setup ## Format the code and mend what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## Remove .venv and every cache
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
