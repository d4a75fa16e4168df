# Every target works from a clean clone; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CORE := $(VENV)/.core-installed
DOCS := $(VENV)/.docs-installed
BUILD := build/demo-models
RELEASE := build/release
RELEASED := $(RELEASE)/.installed
# One thread a test worker, and one worker a core; programs that tests start find modules compiled.
TEST_ENV := PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=passive TOKENIZERS_PARALLELISM=false


.PHONY: help setup schemas results lock demo demo-models ship-demo-models test lint types imports unit docs bench proof \
  hostile students dist bill-of-materials licences clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: $(STAMP)  ## create .venv with everything that development needs

# Every package by the hashes of its lock; then this project, with nothing left to be fetched.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := $(PIP) --require-hashes --no-deps
OURS := $(PIP) --no-deps --no-build-isolation -e .

$(STAMP): pyproject.toml requirements-dev.lock requirements-cuda.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
# pip takes the index's torch before a wheel on this disk (PIP_FIND_LINKS), which may need no CUDA.
	sed -n '/^torch==/,/[^\\]$$/p' requirements-dev.lock > $(VENV)/torch.lock
	-$(LOCKED) --no-index -r $(VENV)/torch.lock 2>/dev/null
	$(LOCKED) -r requirements-dev.lock
	case "$$(uname -s) $$($(BIN)/python -m pip list --format=freeze | grep ^torch=)" in \
	  *+cpu*) ;; Linux*) $(LOCKED) -r requirements-cuda.lock ;; esac
	$(OURS)
	touch $@ $(CORE)

$(CORE): pyproject.toml requirements-core.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(LOCKED) -r requirements-core.lock
	$(OURS)
	touch $@

schemas:  ## bring the published schemas and rules of accessibility into build/schemas; needs npm
	$(PYTHON) scripts/schemas.py

results: setup  ## rebuild the figures of docs/results.md; KEEP='NAME RUN' keeps a run's summary first
	$(BIN)/python scripts/results.py $(if $(KEEP),--keep $(KEEP))

lock:  ## write the lock files anew; ARGUMENTS=--upgrade brings the pins of constraints.txt up
	$(PYTHON) -m venv build/lock
	build/lock/bin/python scripts/lock.py $(ARGUMENTS)

demo: $(CORE)  ## check the embedded student against its teacher; needs no torch
	$(BIN)/metacompress demo --overwrite

# Both models meet the problems first, one program at a time, and then the pairs. 35 programs, and
# the 210 pairs with them, are too few to choose an epoch by: the mean of the weights over the last
# quarter of the steps is kept.
MEAN := --keep last --average 0.25
PROBLEM := --task demo-problem --data demo --split train --valid-split valid --test-split test \
  --epochs 60 --learning-rate 2e-3 --label-smoothing 0.1 --token-dropout 0.15 $(MEAN)
PAIRS := --task clone-detection --data demo --split train --valid-split valid --test-split test \
  --learning-rate 1e-3 --token-dropout 0.3 $(MEAN)
# bert tells the two programs of a pair apart; single programs would default to roberta. At length
# 384 half of the pairs would be cut, most of them in C.
SHAPE := --architecture bert --initialization alike --layers 2 --vocabulary 2000 --max-length 640

# Other processors make PyTorch and MKL choose other kernels, whose last bits differ, and after
# thousands of steps that is another model. With these, every x86-64 processor that has AVX2 does
# the same arithmetic in the same order; it takes twice the time.
demo-models: export ATEN_CPU_CAPABILITY = avx2
demo-models: export ONEDNN_MAX_CPU_ISA = AVX2
demo-models: export MKL_CBWR = COMPATIBLE
demo-models: export OMP_NUM_THREADS = 1
demo-models: export MKL_NUM_THREADS = 1
demo-models: setup  ## train, distil and export the demo models into build/demo-models
	$(BIN)/metacompress train $(PROBLEM) $(SHAPE) --hidden 96 --heads 3 --feed-forward 192 \
	  --out $(BUILD)/teacher-problem
	$(BIN)/metacompress train $(PAIRS) --label-smoothing 0.1 --model $(BUILD)/teacher-problem \
	  --epochs 12 --out $(BUILD)/teacher
	$(BIN)/metacompress train $(PROBLEM) $(SHAPE) --hidden 64 --heads 2 --feed-forward 128 \
	  --out $(BUILD)/student-problem
	$(BIN)/metacompress distill $(PAIRS) --teacher $(BUILD)/teacher \
	  --model $(BUILD)/student-problem --epochs 8 --out $(BUILD)/student
	for model in teacher student; do \
	  $(BIN)/metacompress export $(BUILD)/$$model --out $(BUILD)/onnx/$$model || exit 1; done

ship-demo-models: demo-models  ## put them into the package
	rm -rf src/metacompress/models/backends/demo_models
	cp -r $(BUILD)/onnx src/metacompress/models/backends/demo_models

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

unit: setup schemas
	$(TEST_ENV) $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test: lint types imports unit  ## ruff, mypy, import-linter and all tests

$(DOCS): requirements-docs.lock | $(CORE)
	$(LOCKED) -r requirements-docs.lock
	touch $@

docs: $(CORE) $(DOCS)  ## build the documentation site into build/docs; asks no network
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet --builder html \
	  --doctree-dir build/doctrees docs build/docs

bench: setup  ## the benchmarks, heavy proofs included
	$(BIN)/python benchmarks/statistics/coverage.py
	$(BIN)/python benchmarks/statistics/sequential.py
	OMP_WAIT_POLICY=passive $(BIN)/python benchmarks/check_devign.py
	$(BIN)/python benchmarks/report/page.py
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/speed/memory.py
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/attacks/compare.py

# Wants csmith and libcsmith-dev beside the compilers; an hour on two cores. SHARE=0.05 is a taste;
# MODES='--mode all --mode chain=0.5' leaves the other modes out.
SHARE ?= 1
MODES ?=
proof: setup  ## hold variants of thousands of programs against their sources
	$(BIN)/python benchmarks/validity/demo_programs.py
	$(BIN)/python benchmarks/validity/prove.py --faults --corpus demo --share 0.1 $(MODES)
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/validity/prove.py --share $(SHARE) $(MODES)

# An hour on two cores; called again, it goes on. PART='--part kills' is one part, SHARE=0.1 a taste.
# Disks that fill up need root. atheris has wheels for some versions of Python alone.
PART ?=
hostile: setup  ## kills, flipped bits, full disks, hostile inputs and programs
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3.0,<4'
	$(BIN)/python benchmarks/hostile/run.py --share $(SHARE) $(PART)

# devign, bigclonebench or bigclonebench-codebert; an hour each.
SETTING ?= devign
students: setup  ## make, check and attack a student of each technique
	$(BIN)/python benchmarks/compression/compare.py recipes/cpu.toml $(SETTING)

# What makes and checks a release has an environment of its own: nothing of it is installed beside us.
$(RELEASED): requirements-release.lock
	rm -rf $(RELEASE)
	$(PYTHON) -m venv $(RELEASE)
	$(RELEASE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --no-deps -r requirements-release.lock
	touch $@

dist: $(RELEASED)  ## build wheel and source archive into dist, check them, try the wheel
	rm -rf dist build/wheel
	$(RELEASE)/bin/python -m build --no-isolation --outdir dist .
	$(RELEASE)/bin/python -m twine check --strict dist/*
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --no-deps -r requirements-core.lock
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check --no-deps dist/*.whl
	cd build/wheel && bin/metacompress demo --run demo --overwrite

bill-of-materials: dist  ## write what the wheel installs to dist, in the format of CycloneDX
	$(RELEASE)/bin/cyclonedx-py environment build/wheel --pyproject pyproject.toml \
	  --validate --output-reproducible --output-file dist/metacompress.cdx.json

licences: setup $(RELEASED)  ## list the licences of all dependencies in the documentation
	$(RELEASE)/bin/python scripts/licences.py

clean:
	rm -rf $(VENV) runs build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
