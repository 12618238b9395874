# Everything a developer or a CI machine runs. The first target that needs it makes .venv, from the locked and
# hashed requirements.lock; needs python3 >= 3.11 and pip's ordinary way to the Python package index.

PYTHON ?= python3
# Most tests wait rather than compute, so there are more workers than cores; who is idle takes from the others.
WORKERS ?= 6
# What Python compiles is kept, also where the surroundings forbid it: a test run starts hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help venv test check demo prove bench pictures dist lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

venv: $(STAMP) ## .venv with the locked packages and this project, editable

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say make PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

test: $(STAMP) ## the harness's own tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal tests

check: $(STAMP) ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy fixtures/catalogue/build.py
	$(BIN)/lint-imports

demo: $(STAMP) ## a first verdict: practice opponents, no hardware
	$(BIN)/ocpp-harness demo

prove: $(STAMP) ## every scenario passes on the reference, and every Then line can fail
	$(BIN)/ocpp-harness prove

bench: $(STAMP) ## speed measurements
	$(BIN)/python -m bench

pictures: $(STAMP) ## the pictures of the guides anew, with chromium
	$(BIN)/python -m pytest --pictures docs/images tests/report/test_page.py tests/drivers/test_operator.py

dist: $(STAMP) ## wheel and source distribution in dist/
	$(BIN)/python -m build --no-isolation .

# pip-compile sees only the Python and system that it runs on; the markers say where the extra `elsewhere` is due.
lock: $(STAMP) ## pin every dependency anew, with hashes
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --extra dev --extra elsewhere \
		--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
		--output-file requirements.lock.new pyproject.toml
	sed -e 's/^\(pyasyn[a-z]*==[^ ]*\)/\1 ; python_version >= "3.12"/' \
		-e 's/^\(colorama==[^ ]*\)/\1 ; sys_platform == "win32"/' requirements.lock.new > requirements.lock
	rm requirements.lock.new

clean: ## remove what was built, .venv too
	rm -rf .venv dist build reports .mypy_cache .ruff_cache .hypothesis .import_linter_cache requirements.lock.new
