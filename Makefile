# Every command that development needs; `make` lists them. CI runs the same ones.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
LOCK := $(PYTHON) scripts/certificates.py $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
MIRROR = NEXUS_TERRAFORM_MIRROR="$$($(PYTHON) scripts/find_mirror.py)"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
export PYTHONUTF8 := 1

.PHONY: help
help: ## List these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

.PHONY: setup
setup: ## Install what development needs; quick when nothing changed
	@$(PYTHON) scripts/setup.py

.PHONY: test
test: setup ## Run all tests but e2e; ARGS="tests/cli -k init" picks some, ARGS="-n 0 --pdb" debugs
	$(MIRROR) $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not e2e" $(ARGS)

.PHONY: e2e
e2e: setup ## Apply the backend beside a core, in both modes, on an emulator, and call it
	$(MIRROR) $(BIN)/pytest -n 3 --dist loadscope -m e2e $(ARGS) tests/e2e

.PHONY: soak
soak: setup ## Run the tests at random at full size; NEXUS_SOAK_SEED=... repeats a run
	$(MIRROR) $(BIN)/pytest -n auto --dist load --soak $(ARGS)

.PHONY: check
check: setup ## Formatting, lint, types, import contracts, and what is generated; reports all
	@$(MAKE) --keep-going check-format check-lint check-types check-imports check-generated

.PHONY: check-format check-lint check-types check-imports check-generated
check-format:
	$(BIN)/ruff format --check .
check-lint:
	$(BIN)/ruff check .
check-types:
	$(BIN)/mypy
check-imports:
	$(BIN)/lint-imports --no-logo
check-generated:
	$(MIRROR) $(BIN)/nexus-gen check $(ARGS)

.PHONY: format
format: setup ## Format the sources and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: build
build: setup ## Build spec/ into generated/ and dist/
	$(BIN)/nexus-gen build $(ARGS)

.PHONY: console
console: ## Build the web console; quick when nothing changed
	@$(PYTHON) scripts/setup.py --dev
	@$(PYTHON) scripts/build_console.py

.PHONY: dev
dev: console ## Serve console and API on 127.0.0.1, again on each save; ARGS="--seed" fills in data
	@$(BIN)/nexus-gen dev $(ARGS)

.PHONY: api
api: ## Like `make dev`, but builds no console, and so needs no Node.js
	@$(PYTHON) scripts/setup.py --api
	@$(BIN)/nexus-gen dev $(ARGS)

.PHONY: wheel
wheel: console ## Build the package, with the console in it, into out/
	$(BIN)/hatchling build --target wheel --directory out

.PHONY: bench
bench: ## Measure the compiler and the handlers against their baselines
	@$(PYTHON) scripts/setup.py chalice
	$(BIN)/python -m bench $(ARGS)

.PHONY: lock
lock: setup ## Resolve and pin the requirements anew; ARGS=--upgrade takes newer versions
	$(LOCK) $(ARGS) --group dev pyproject.toml -o requirements/dev.txt
	$(LOCK) $(ARGS) --constraint requirements/dev.txt pyproject.toml -o requirements/run.txt
	$(LOCK) $(ARGS) --constraint requirements/dev.txt requirements/bootstrap.in -o requirements/bootstrap.txt
	$(LOCK) $(ARGS) requirements/checkov.in -o requirements/checkov.txt
	$(LOCK) $(ARGS) requirements/chalice.in -o requirements/chalice.txt
	$(LOCK) $(ARGS) requirements/ministack.in -o requirements/ministack.txt
	@$(MAKE) setup
