# One command each: run the coach, test it, check it. Only Python 3.11+ and make are needed first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Many tests wait for a process or a page, so more workers than cores.
WORKERS ?= 4
PIP_FLAGS := --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test check format bench soak clean

run: $(VENV)/.run
	@$(BIN)/python -m bot

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m content.check

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev
	@$(BIN)/python -m tools.bench_selection
	@$(BIN)/python -m tools.bench_pack
	@$(BIN)/python -m tools.bench.presses
	@$(BIN)/python -m tools.bench.broadcast
	@$(BIN)/python -m tools.bench.ticks

soak: $(VENV)/.dev
	@$(BIN)/python -m tools.soak

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install $(PIP_FLAGS) --editable '.[postgres]'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install $(PIP_FLAGS) --editable '.[postgres,dev]'
	@touch $@ $(VENV)/.run
