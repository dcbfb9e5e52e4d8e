# What people type. Everything needs Python 3.11 or newer (with venv), make and the package index, and nothing else.

VENV = .venv
BIN = $(VENV)/bin
# Python compiles what it imports, which is a small part of what is installed.
PIP_INSTALL = $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header $(UPGRADE)
TEMPLATES = $$(git ls-files --cached --others --exclude-standard '*.html')
TEST_ARGS = --numprocesses auto --maxprocesses 4

.PHONY: help demo test check format lock messages environment environment-dev

help:
	@echo "make demo      run the course at http://127.0.0.1:8000 (PORT= for another port)"
	@echo "make test      run every test that needs neither a browser nor a server"
	@echo "make check     run the static checks"
	@echo "make format    format Python and templates"
	@echo "make messages  bring the catalogues up to date (needs gettext)"
	@echo "make lock      lock the requirements again (UPGRADE=--upgrade for newer versions)"

demo: environment
	@exec $(BIN)/python -m openmuseums.demo

test: environment-dev
	@$(BIN)/python -m pytest -q -m "not browser and not gettext and not nightly" $(TEST_ARGS)

check: environment-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run --settings openmuseums.settings.test
	OPENMUSEUMS_HOSTS=museums.example.org \
		OPENMUSEUMS_SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		$(BIN)/python manage.py check --deploy --fail-level WARNING --settings openmuseums.settings.production

format: environment-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)
	$(BIN)/djhtml --tabwidth 2 $(TEMPLATES)

messages: environment-dev
	$(BIN)/python manage.py makemessages --all --ignore .venv --ignore tests --ignore var --ignore media \
		--no-location --no-wrap

lock: environment-dev
	$(UV_COMPILE) pyproject.toml --group pyproject.toml:build --output-file requirements.lock
	$(UV_COMPILE) --constraint requirements.lock pyproject.toml --group pyproject.toml:build --group pyproject.toml:dev \
		--output-file requirements-dev.lock

environment: $(VENV)/installed
environment-dev: $(VENV)/installed-dev

# Installed from the hashed lock and, once that is there, the checkout itself: both again only when a lock has changed.
$(VENV)/installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the site needs ..."
	@$(PIP_INSTALL) --require-hashes --no-deps -r requirements.lock
	@$(PIP_INSTALL) --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock pyproject.toml $(VENV)/installed
	@echo "Installing what developing needs ..."
	@$(PIP_INSTALL) --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# PYTHON= names another Python than the first of these that is new enough.
$(BIN)/python:
	@for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Open Museums needs Python 3.11 or newer, and none was found. Install it, or name it: make demo PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	echo "Making the environment $(VENV) with $$($$found --version) ..."; \
	if ! $$found -m venv $(VENV); then \
		rm -rf $(VENV); \
		echo "Python has no venv. On Debian and Ubuntu: apt install python3-venv" >&2; \
		exit 1; \
	fi
