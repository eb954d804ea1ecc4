# Cita: two commands matter, `make serve` and `make test`; the rest is for those who look after it.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet
HOST := $(or $(CITA_HOST),127.0.0.1)
PORT := $(or $(CITA_PORT),8000)

# What is imported is compiled once, not by every program and every process anew.
unexport PYTHONDONTWRITEBYTECODE

# Translates Spanish and Portuguese questions; installed where this may install packages.
APERTIUM := command -v apertium >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	     && apt-get install -y -qq --no-install-recommends apertium apertium-eng-spa apertium-es-pt >/dev/null; } \
	|| echo "Without Apertium, Spanish and Portuguese questions are translated by the glossary alone."

# In the order of the folders: by default the files with the fewest tests, often slow ones, come last.
PYTEST := $(RUN) -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

SHARED := $(or $(CITA_SHARED),../shared)
RUNS := $(or $(OUT),runs/baselines)
PUBLIC := extractive-qa/test/squad2-dev-3-articles extractive-qa/test/selqa-dev \
	cross-lingual/xquad-es-q-en-docs cross-lingual/xquad-pt-q-en-docs

.DEFAULT_GOAL := help
.PHONY: help setup packages index serve test coverage test-scale gate baselines bench lint typeset lock audit sbom clean

help: ## List these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

# A service under systemd may not write here, so it would compile all that it loads at every start of every worker.
setup: $(VENV)/.serves ## Install what building and serving need, into .venv
	@$(RUN) -m compileall -q indexer service && $(RUN) -c "import onnxruntime, uvicorn, service.interfaces.app"

index: $(VENV)/.serves ## Bring the index up to date with the corpus
	@$(RUN) -m indexer build

serve: index ## Bring the index up to date, then serve the web form on http://127.0.0.1:8000
	@$(RUN) -m service serve

test: $(VENV)/.tests ## Check layout, types, layers and every test
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy --num-workers 2
	$(VENV)/bin/lint-imports --no-cache
	$(PYTEST)

coverage: $(VENV)/.tests ## Run every test; fail if less than 95 % of the lines are reached (twice as slow)
	$(PYTEST) --cov --cov-report term-missing:skip-covered

test-scale: $(VENV)/.tests ## Install the extras milvus and ray, and test what is only for several machines
	$(PIP) install --no-compile --group milvus --group ray --constraint requirements.lock
	$(RUN) -m pytest tests/indexer/corpus/workers tests/indexer/store/milvus tests/service/test_index_in_milvus.py

gate: $(VENV)/.tests index ## Fail if sixty questions on the briefs are answered worse than the baseline
	@$(RUN) -m eval gate

baselines: $(VENV)/.tests ## Judge every question set at hand, into runs/baselines or OUT (half an hour)
	@$(RUN) -m indexer build --quiet
	@$(RUN) -m eval run --questions eval/questions/briefs.jsonl --out $(RUNS)/briefs >/dev/null
	@export CITA_CORPUS=$(SHARED)/corpus/pdf; $(RUN) -m indexer build --quiet \
		&& $(RUN) -m eval run --questions eval/questions/reports.jsonl --out $(RUNS)/reports >/dev/null \
		&& $(RUN) -m eval run --questions eval/questions/blind.jsonl --out $(RUNS)/blind >/dev/null \
		&& $(RUN) -m eval run --questions $(SHARED)/eval/dev/questions.jsonl --out $(RUNS)/dev >/dev/null
	@for set in $(PUBLIC); do \
		$(RUN) -m eval run --questions $(SHARED)/bench/$$set --out $(RUNS)/$${set##*/} >/dev/null || exit; \
	done
	@$(RUN) -m eval overview $(RUNS)/*/ | tee $(RUNS)/overview.md

bench: $(VENV)/.tests ## Measure speed beside the encoder's own; BENCH=--quick for a few minutes
	@$(RUN) -m eval.speed --out runs/speed $(BENCH) \
		$(if $(wildcard $(SHARED)/corpus/pdf),--corpus $(SHARED)/corpus/pdf --questions eval/questions/reports.jsonl,--corpus corpus --questions eval/questions/briefs.jsonl)

packages: $(VENV)/.tests ## Install what the tests need too, into .venv

lint: $(VENV)/.tests ## Mend layout and what ruff can mend
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

typeset: $(VENV)/.tests ## Make the PDF compendia from their Markdown
	$(RUN) -m docs.compendia.typeset

# For every system and Python that we run on; PyTorch's hashes are left out, see below.
lock: ## Pin the newest versions of everything, with their hashes, in requirements.lock
	$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/python -m pip install --quiet uv
	echo pip | $(VENV)-lock/bin/uv pip compile - --group dev --group milvus --group ray --universal --python-version 3.11.5 --generate-hashes \
		--no-emit-package torch --no-annotate --no-header --quiet --output-file requirements.lock --upgrade
	grep -o 'torch==[0-9.]*' pyproject.toml >> requirements.lock
	rm -rf $(VENV)-lock

audit: ## Ask the advisory database about every pinned version; fails where it cannot be asked
	$(PYTHON) -m venv $(VENV)-audit && $(VENV)-audit/bin/python -m pip install --quiet pip-audit
	$(VENV)-audit/bin/pip-audit --strict --no-deps --disable-pip -r requirements.lock

sbom: $(VENV)/.serves ## Write a CycloneDX bill of materials, cita.cdx.json
	$(PYTHON) -m venv $(VENV)-audit && $(VENV)-audit/bin/python -m pip install --quiet cyclonedx-bom
	$(VENV)-audit/bin/cyclonedx-py environment --output-file cita.cdx.json $(VENV)

clean: ## Remove the environment and every index
	rm -rf $(VENV) index

# Every package is held to its hashes in requirements.lock. PyTorch has none there: each of its builds has its own, and the
# index of the CPU builds is not the default one. It comes first, alone; what it needs comes with the rest.
# Python compiles what is imported by itself; compiling all that is installed takes a minute more.
INSTALL = $(PIP) install --no-compile --no-deps "$$(grep '^torch==' requirements.lock)" \
	&& $(PIP) install --no-compile --constraint requirements.lock

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	sed -n '/^pip==/,/[^\\]$$/p' requirements.lock | $(PIP) install --require-hashes --requirement /dev/stdin

$(VENV)/.serves: pyproject.toml requirements.lock | $(VENV)/bin/python
	@echo "Installing what Cita needs (a minute; see README on PyTorch for CPUs)…"
	$(INSTALL) --group build
	@$(APERTIUM)
	@touch $@

$(VENV)/.tests: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(INSTALL) --group dev
	@touch $@ $(VENV)/.serves
