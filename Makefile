# demo: the generated shop in a browser · test: all tests · lint: ruff, mypy, sqlfluff · bench: what it costs
# Each target does its own set-up. On Debian missing packages are installed, with sudo where that is needed.

CUSTOMERS ?= 100000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench

demo: $(VENV)/installed
	$(BIN)/c360 demo --customers $(CUSTOMERS)

test: $(VENV)/installed-test
	@command -v chromedriver >/dev/null || { $(call debian,chromium chromium-driver); }
	@command -v redis-check-rdb >/dev/null || { $(call debian,redis-tools); }
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/installed-test-lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 0 sql

bench: $(VENV)/installed-test-bench
	$(BIN)/python -m tests.bench.run
	$(BIN)/python -m tests.bench.pages
	$(BIN)/python -m tests.bench.forecasts
	$(BIN)/python -m tests.bench.load
	$(BIN)/python -m tests.bench.growth --size 10000 --size 100000

$(VENV)/installed: EXTRAS =
$(VENV)/installed-test: EXTRAS = [test]
$(VENV)/installed-test-lint: EXTRAS = [test,lint]
$(VENV)/installed-test-bench: EXTRAS = [test,bench]

# A stamp for each set of extras: what is installed is not looked at again until pyproject.toml changes.
$(VENV)/installed $(VENV)/installed-test $(VENV)/installed-test-lint $(VENV)/installed-test-bench: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check -e '.$(EXTRAS)'
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or later is needed: make PYTHON=/path/to/python3 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call debian,python3-venv); }
	$(PYTHON) -m venv $(VENV)

# $(call debian,packages): install Debian packages as root or with sudo, or say what to install.
define debian
	command -v apt-get >/dev/null || { echo 'Please install: $(1)' >&2; exit 1; }; \
	[ "$$(id -u)" = 0 ] || command -v sudo >/dev/null || \
		{ echo 'Please install as root: apt-get install $(1)' >&2; exit 1; }; \
	as_root="$$([ "$$(id -u)" = 0 ] || echo sudo) env DEBIAN_FRONTEND=noninteractive"; \
	echo 'Installing Debian packages: $(1)'; \
	$$as_root apt-get update -qq && $$as_root apt-get install -y -qq --no-install-recommends $(1) || \
		{ echo 'This failed; please install yourself: $(1)' >&2; exit 1; }
endef
