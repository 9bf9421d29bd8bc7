# The project's tasks. `make` alone lists them.
#
# .venv is made, and made anew when a lock has changed, by the lines below: while it has a copy of
# the lock and a Python that runs, nothing is to be done.

.DEFAULT_GOAL := help
.PHONY: help site build content hosting test fuzz growth audit check numbers bench bench-search search-score bench-catalogue bench-pages kills lint format clean lock
.SUFFIXES:

PORT ?= 8000
PYTHON := .venv/bin/python
environment = cmp -s $(1) .venv/$(1) && $(PYTHON) -c 'import casebook' 2>/dev/null || \
	sh tools/with_python.sh tools/environment.py $(1)
RUNTIME := $(call environment,requirements.txt)
DEV := $(call environment,requirements-dev.txt)

# Checks the workflows for safety. What GitHub reads is held against the schemas that come with
# check-jsonschema; actionlint knows more, and no package of Python or npm carries it.
ZIZMOR := --offline --quiet --persona=pedantic --strict-collection --collect=all
SCHEMA := .venv/bin/check-jsonschema --quiet --builtin-schema

# Both would make Python load modules from outside .venv.
unexport PYTHONHOME PYTHONPATH

help:
	@echo 'make site     show the site on this machine and follow every change (PORT=8000)'
	@echo 'make build    check records and pages, and build the site into site/'
	@echo 'make content  check a change of cases and pages, and show what readers will see (ARGS="--lang en")'
	@echo 'make hosting  write the headers of the built site for nginx, Apache and Caddy into server-config/'
	@echo 'make test     run all tests, with a browser (ARGS="-k name" for some)'
	@echo 'make fuzz     try made-up records, pages, HTML and queries for a while (MINUTES=30)'
	@echo 'make growth   let every field, list and page grow, and list what takes longest'
	@echo 'make audit    what tests have no time for: supply, attacks, determinism, kills, firefox (ONLY=supply: one of them)'
	@echo 'make check    check the records and pages only (ARGS="--lang en": told in English)'
	@echo 'make numbers  list every number with its source (ARGS=--missing: those without)'
	@echo 'make bench    measure the build and make site with many cases (N="100 1000")'
	@echo 'make bench-search  measure the search with many cases (N="1000 10000")'
	@echo 'make search-score  score the search in a browser (QUERIES=file)'
	@echo 'make bench-catalogue  measure the catalogue in a browser with many cases (N="1000 10000")'
	@echo 'make bench-pages  measure the pages of the built site on a phone with a slow line'
	@echo 'make kills    kill builds at every moment, and count what is lost or left (Linux)'
	@echo 'make lint     check code, scripts and styles (rules, format, types), the workflows and the spelling of all texts'
	@echo 'make format   put the code, the records and the lists of words in their form'
	@echo 'make clean    remove everything that was made, .venv too'
	@echo 'make lock     choose the versions of dependencies anew (UPGRADE=1: the newest)'

site:
	@$(RUNTIME)
	@exec $(PYTHON) tools/serve.py --port "$(PORT)"

build:
	@$(RUNTIME)
	@exec $(PYTHON) tools/build.py

content:
	@$(RUNTIME)
	@exec $(PYTHON) tools/content/run.py $(ARGS)

hosting:
	@$(RUNTIME)
	@exec $(PYTHON) tools/hosting.py

check:
	@$(RUNTIME)
	@.venv/bin/casebook check $(ARGS) && echo 'Ingen feil i eksempler og sider. / No problems in cases and pages.'

numbers:
	@$(RUNTIME)
	@exec .venv/bin/casebook numbers $(ARGS)

test:
	@$(DEV)
	@CHROMIUM="$$($(PYTHON) tools/browser.py)" && export CHROMIUM && \
	exec $(PYTHON) -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal $(ARGS)

fuzz:
	@$(DEV)
	@exec $(PYTHON) tools/fuzz/run.py --minutes "$(or $(MINUTES),30)" $(ARGS)

growth:
	@$(DEV)
	@exec $(PYTHON) tools/fuzz/growth.py $(ARGS)

audit:
	@$(DEV)
	@exec $(PYTHON) tools/audit.py $(if $(ONLY),--only $(ONLY)) $(ARGS)

bench:
	@$(DEV)
	@exec $(PYTHON) tools/bench/run.py $(if $(N),--cases $(N)) $(ARGS)

bench-catalogue:
	@$(DEV)
	@CHROMIUM="$$($(PYTHON) tools/browser.py)" && export CHROMIUM && \
	exec $(PYTHON) tools/bench/run.py --parts catalogue $(if $(N),--cases $(N))

bench-pages:
	@$(DEV)
	@CHROMIUM="$$($(PYTHON) tools/browser.py)" && export CHROMIUM && \
	exec $(PYTHON) tools/bench/pages.py $(ARGS)

bench-search:
	@$(DEV)
	@CHROMIUM="$$($(PYTHON) tools/browser.py)" && export CHROMIUM && \
	exec $(PYTHON) tools/bench/run.py --parts search $(if $(N),--cases $(N))

search-score:
	@$(DEV)
	@CHROMIUM="$$($(PYTHON) tools/browser.py)" && export CHROMIUM && \
	exec $(PYTHON) tools/search_score/score.py $(if $(QUERIES),--queries "$(QUERIES)")

kills:
	@$(DEV)
	@exec $(PYTHON) tools/kills.py $(ARGS)

lint:
	@$(DEV)
	@status=0; \
	.venv/bin/ruff check || status=1; \
	.venv/bin/ruff format --check || status=1; \
	$(PYTHON) -m mypy || status=1; \
	$(PYTHON) tools/javascript/run.py || status=1; \
	.venv/bin/zizmor $(ZIZMOR) .github || status=1; \
	$(SCHEMA) vendor.github-workflows .github/workflows/*.yml || status=1; \
	$(SCHEMA) vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml || status=1; \
	$(SCHEMA) vendor.github-issue-forms $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml)) || status=1; \
	$(SCHEMA) vendor.dependabot .github/dependabot.yml || status=1; \
	if command -v actionlint >/dev/null; then actionlint .github/workflows/*.yml || status=1; \
	else echo 'Uten actionlint, som ikke er installert her. / Without actionlint, which is not here.'; fi; \
	$(PYTHON) tools/spelling/run.py || status=1; \
	exit $$status

format:
	@$(DEV)
	@.venv/bin/ruff format
	@.venv/bin/ruff check --fix
	@$(PYTHON) tools/javascript/run.py --write
	@.venv/bin/casebook format
	@$(PYTHON) tools/spelling/run.py --tidy

lock:
	@sh tools/with_python.sh tools/relock.py $(if $(UPGRADE),--upgrade)
	@$(DEV)
	@$(PYTHON) tools/javascript/run.py $(if $(UPGRADE),--upgrade,--lock)

clean:
	@rm -rf .venv .venv.lock .lock.* site .site.new .site.old .site.lock .site.files .site.files.new .preview build server-config reports
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .cache hooks/*.egg-info
	@find hooks tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
