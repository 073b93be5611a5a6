# Everything that a person or a machine does with this repository. `make` or `make help` lists it.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test check drill bench csp messages lock clean

# Where the two sites answer
HOST ?= 127.0.0.1
PORT ?= 8050
PARTNERS_PORT ?= 8051
PUBLIC_URL ?= http://127.0.0.1:$(PORT)
PARTNERS_URL ?= http://127.0.0.1:$(PARTNERS_PORT)
SITES = HOST='$(HOST)' PORT='$(PORT)' PARTNERS_PORT='$(PARTNERS_PORT)' PUBLIC_URL='$(PUBLIC_URL)' PARTNERS_URL='$(PARTNERS_URL)'

# The interpreter that the environment is made with: the first of these that is new enough
CANDIDATES := python3 python3.13 python3.12 python3.11 python
NEW_ENOUGH := import sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(CANDIDATES); do $$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)

# Paths are relative: the folder may have spaces in its name. The Procfile finds its `python` by PATH.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
unexport PYTHONHOME PYTHONPATH
PY := .venv/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check --no-input install --require-hashes
LOCK := $(PY) -m uv --quiet pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 \
	--fork-strategy fewest --no-emit-index-url --custom-compile-command 'make lock'

# A stamp carries the checksum of what it was made from: another lock, another stamp
digest = $(shell cat $(1) | cksum | cut -d ' ' -f 1)
RUNTIME := .venv/.runtime-$(call digest,requirements.txt)
TOOLS := .venv/.tools-$(call digest,requirements-test.txt)
VENDOR := build/vendor/.installed-$(call digest,package-lock.json scripts/front_end.py)
STATIC := build/static/.made-$(call digest,requirements.txt package-lock.json dashboard/web/static.py dashboard/prints/fonts.py $(wildcard assets/*))

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 16

setup: $(RUNTIME) $(VENDOR) $(STATIC) .venv/bin/bwp ## The environment, the locked packages, the front-end parts

run: setup ## The public site on PORT (8050) and the partners' site on PARTNERS_PORT (8051)
	@$(SITES) $(PY) -m honcho start release
	@$(SITES) $(PY) bwp.py user samples || true
	@$(SITES) $(PY) bwp.py consent load
	@$(SITES) exec $(PY) -m honcho start web partners worker

test: $(TOOLS) ## What the tests need of the system (through apt where it may), then every check
	@$(PY) scripts/system_parts.py
	@$(MAKE) check

check: setup $(TOOLS) ## Format, lint, types, import contracts, tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	@$(PY) -m pytest -n 2 -rs

drill: setup $(TOOLS) ## The tests that repeat what may go wrong many times over
	@$(PY) -m pytest -n 2 -rs -m drill

bench: setup ## The benchmarks, printed as ratios
	@$(PY) bwp.py bench

csp: setup $(TOOLS) ## Hashes of the style sheets that plotly and Dash insert, for the security policy
	@$(PY) scripts/csp.py

messages: setup ## Every message of the code and of config/ into config/locales, translations kept
	@$(PY) scripts/messages.py

lock: $(TOOLS) ## Newest allowed versions into the lock files, with hashes and without addresses
	$(LOCK) --upgrade -o requirements.txt
	$(LOCK) --upgrade --group test -c requirements.txt -o requirements-test.txt
	$(PY) -m uv --quiet pip compile --group node --universal --generate-hashes --python-version 3.11 \
		--no-emit-index-url --custom-compile-command 'make lock' -o requirements-node.txt
	npm update --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean: ## Remove everything that is made from the repository; databases in var/ stay
	rm -rf .venv build node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n '$(PYTHON)' || { echo "No Python 3.11 or newer found. Name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making the environment in .venv with $$('$(PYTHON)' --version)"
	@'$(PYTHON)' -m venv --clear .venv || { \
		'$(PYTHON)' scripts/system_parts.py python3-venv && '$(PYTHON)' -m venv --clear .venv; } || { \
		rm -rf .venv; exit 1; }

.venv/bin/bwp: | .venv/bin/python
	@printf '#!/bin/sh\nexec "$${0%%/*}/python" "$${0%%/*}/../../bwp.py" "$$@"\n' > $@ && chmod +x $@

$(RUNTIME): | .venv/bin/python
	@echo "Installing the locked packages"
	@$(PIP) -r requirements.txt
	@rm -f .venv/.runtime-* && touch $@

$(TOOLS): | .venv/bin/python
	@echo "Installing the locked packages and the test tools"
	@$(PIP) -r requirements-test.txt
	@rm -f .venv/.tools-* && touch $@

$(VENDOR): | $(RUNTIME)
	@echo "Installing the front-end parts"
	@$(PY) scripts/front_end.py
	@rm -f build/vendor/.installed-* && touch $@

$(STATIC): | $(RUNTIME) $(VENDOR)
	@echo "Making the files for the browser"
	@$(PY) bwp.py assets
	@rm -f build/static/.made-* && touch $@
