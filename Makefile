# `make build` and `make test` set up all that they need; the rest is for daily work.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= data
OUT ?= public
PORT ?= 8000

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install build serve check fix test lint pytest docs bench clean

# All that the documentation is made from: its pages, its looks, and the docstrings that it quotes.
DOCS := .cache/docs
DOCS_FROM := mkdocs.yml $(shell find site -not -path 'site/templates/*') $(shell find generator -name '*.py')

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

install: .venv/installed ## Make a virtual environment with all that is needed

build: install docs ## Build all that programs and people read into public/; more options in OPTIONS
	$(BIN)/horde-reference build --data $(DATA) --out $(OUT) --docs $(DOCS) $(if $(USAGE),--usage $(USAGE)) $(OPTIONS)

# What was built stays as it is, for whichever host that was.
serve: $(if $(wildcard $(OUT)/head.json),install,build) ## Preview what was built at http://127.0.0.1:8000
	$(BIN)/horde-reference serve --dir $(OUT) --port $(PORT)

check: install ## Check the records
	$(BIN)/horde-reference check --data $(DATA)

fix: install ## Mend what can be mended safely: records, generated files, code
	$(BIN)/horde-reference fix --data $(DATA)
	$(BIN)/horde-reference schemas
	$(BIN)/horde-reference docs
	$(BIN)/horde-reference forms
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format --quiet

test: lint docs pytest ## Run every check that a change must pass

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright
	$(BIN)/lint-imports --no-logo

# More of them than cores: many tests wait for servers, and for git.
pytest: install
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

docs: $(DOCS)/index.html ## Make the documentation in .cache/docs, where anything in it changed

$(DOCS)/index.html: .venv/installed $(DOCS_FROM)
	DISABLE_MKDOCS_2_WARNING=true NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

bench: install ## Measure builds, history, client, names and site beside the least that they could cost
	cd benchmarks && for one in build history client names analytics site_pages lighthouse; do ../$(BIN)/python $$one.py || exit; done

clean: ## Remove all that was made
	rm -rf .venv .cache public build dist
