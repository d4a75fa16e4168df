# Every target works from a clean clone; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# One thread a test worker: pytest-xdist runs one worker a core.
TEST_ENV := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=passive TOKENIZERS_PARALLELISM=false
DATA ?= ../shared/data
MODELS ?= ../shared/models

.PHONY: help setup demo test lint types imports unit bench clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: $(STAMP)  ## create .venv with everything that development needs

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[torch,dev]'
	touch $@

demo: setup  ## check a real student against its teacher, with renamed variants
	$(BIN)/metacompress check --task vulnerability-prediction --data $(DATA)/devign/test.jsonl.gz \
	  --teacher $(MODELS)/devign_teacher --student $(MODELS)/devign_student \
	  --transform rename-identifiers --limit 400 --run runs/demo; \
	status=$$?; test $$status -ne 2

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

unit: setup
	$(TEST_ENV) $(BIN)/python -m pytest -n 2

test: lint types imports unit  ## ruff, mypy, import-linter and all tests

bench: setup  ## the benchmarks, heavy proofs included
	$(BIN)/python benchmarks/coverage.py
	OMP_WAIT_POLICY=passive $(BIN)/python benchmarks/check_devign.py

clean:
	rm -rf $(VENV) runs .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
