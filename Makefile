# What people and machines call by name. Needs Python >= 3.11 and the package index; no root, no server.
# Paths are relative throughout: the checkout may live in a folder with spaces in its name.

PY     ?= python3
LOCK   := requirements-dev.lock
# The stamp names the lock it was made from; the folder alone would prove nothing: a failed start leaves one too.
STAMP  := .venv/.ok-$(shell cksum < $(LOCK) | cut -d' ' -f1)
PYTHON := .venv/bin/python
CODE   := $(wildcard manage.py newsroom articles debates polls tests .ci/*.py)

# An interpreter that was removed or upgraded away leaves a venv that only looks alive.
ifneq ($(wildcard $(STAMP)),)
  $(shell $(PYTHON) -c '' 2>/dev/null || rm -f .venv/.ok-*)
endif

.PHONY: help install demo serve test lint bench clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    la rédaction de démonstration sur http://127.0.0.1:8000 (PORT=9000 make demo pour un autre port)"
	@echo "make test    toute la suite de tests, sur ses propres serveurs"
	@echo "make lint    toutes les vérifications statiques"
	@echo "make serve   le serveur de production sur les mêmes données"
	@echo "make bench   les mesures (AREA=polls pour un seul domaine)"
	@echo "make install l’environnement Python seul ; make clean efface tout ce qui a été produit"

install: $(STAMP)

$(STAMP): $(LOCK)
	@PY='$(PY)' sh .ci/install.sh '$(LOCK)' '$(STAMP)'

demo: $(STAMP)
	@exec $(PYTHON) -m newsroom.servers.demo

serve: $(STAMP)
	@exec $(PYTHON) -m newsroom.servers.serve

bench: $(STAMP)
	@$(PYTHON) -m tests.bench $(AREA)

# Three calls: unit tests in parallel; journeys, which kill processes, alone; browser tests, whose driver keeps an
# event loop that the ORM refuses. All run even when one fails; status 5 is pytest's "no tests here".
test: $(STAMP)
	@mkdir -p var/test && rm -f var/test/junit*.xml
	@failed=0; \
	pytest() { $(PYTHON) -m pytest "$$@" || [ $$? -eq 5 ] || failed=1; }; \
	pytest -n 2 --dist loadgroup tests --ignore=tests/journeys --ignore=tests/browser --junitxml=var/test/junit.xml; \
	if [ -d tests/journeys ]; then pytest tests/journeys --junitxml=var/test/junit-journeys.xml; fi; \
	if [ -d tests/browser ]; then pytest -n 2 --dist worksteal tests/browser --junitxml=var/test/junit-browser.xml; fi; \
	$(PYTHON) .ci/summary.py var/test/junit*.xml || failed=1; \
	exit $$failed

# Every check runs, so that one run names everything. Nothing here needs a server.
lint: $(STAMP)
	@failed=0; \
	check() { echo "· $$1"; shift; "$$@" || failed=1; }; \
	export PYTHONWARNINGS=ignore; \
	check "ruff check"    $(PYTHON) -m ruff check $(CODE); \
	check "ruff format"   $(PYTHON) -m ruff format --check $(CODE); \
	check "mypy"          $(PYTHON) -m mypy; \
	check "lint-imports"  env PYTHONPATH=. $(PYTHON) -c 'from importlinter.cli import lint_imports_command as main; main(["--no-logo"])'; \
	check "djlint"        $(PYTHON) -m djlint templates --lint --quiet; \
	check "migrations"    env DJANGO_SETTINGS_MODULE=newsroom.settings.test \
	                      $(PYTHON) -m django makemigrations --check --dry-run; \
	check "django check"  env DJANGO_SETTINGS_MODULE=newsroom.settings.dev $(PYTHON) -m django check; \
	check "deploy check"  env DJANGO_SETTINGS_MODULE=newsroom.settings.production \
	                      SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyz-only-for-this-check \
	                      SITE_URL=https://www.observance.example ALLOWED_HOSTS=www.observance.example \
	                      DATABASE_URL=postgres://observance@127.0.0.1/observance \
	                      REDIS_URL=redis://127.0.0.1:6379/0 CELERY_BROKER_URL= \
	                      EMAIL_URL=smtp+tls://mail.observance.example:587 \
	                      $(PYTHON) -m django check --deploy --fail-level WARNING; \
	check "file lengths"  sh .ci/lengths.sh; \
	if [ $$failed -eq 0 ]; then echo "lint : tout est en ordre"; else echo "lint : à corriger"; fi; \
	exit $$failed

clean:
	@if [ -x $(PYTHON) ] && [ -d var ]; then $(PYTHON) -m newsroom.servers erase; fi
	@rm -rf var .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .coverage* htmlcov
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
