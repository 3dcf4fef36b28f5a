# Every command here sets up what it needs first. The real work is done in scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-postgres test-fast lint format messages screenshots bench lock

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## Make .venv, the front end and the translations (only what has changed)
	@sh scripts/python -m scripts.setup

run: setup ## Start Samtale with demo data (PORT=8000, SAMTALE_DATA=var)
	@.venv/bin/samtale serve --demo

test: setup ## Run every check and every test, the browser's included
	@sh scripts/ensure-chromium || true
	@sh scripts/ensure-debian "Dovecot for the tests of answers by e-mail" dovecot-imapd dovecot-lmtpd || true
	@sh scripts/ensure-debian "libical for the calendar tests" gir1.2-ical-3.0 python3-gi || true
	@.venv/bin/pytest -n 2 --dist loadgroup

test-postgres: setup ## Run the tests of everything behind the pages on PostgreSQL, which it finds or installs
	@sh scripts/ensure-debian "Dovecot for the tests of answers by e-mail" dovecot-imapd dovecot-lmtpd || true
	@sh scripts/test-postgres

test-fast: setup ## Run the tests that need neither a browser nor the slow tools, and kill nothing
	@.venv/bin/pytest -n 2 --dist loadgroup -m "not browser and not tool and not faults"

lint: setup ## Run the linters and the type checker
	@.venv/bin/python -m scripts.lint

format: setup ## Let the formatters have their way
	@.venv/bin/python -m scripts.lint --fix

messages: setup ## Bring the translation catalogues up to date with the code
	@.venv/bin/python -m scripts.messages update

screenshots: setup ## Draw every page of the demo into var/screenshots
	@sh scripts/ensure-chromium
	@.venv/bin/python -m scripts.screenshots

bench: setup ## Measure, and print the table of docs/benchmarks.md
	@.venv/bin/python -m scripts.bench

lock: ## Choose the versions in requirements.lock anew (needs uv)
	@uv pip compile pyproject.toml --universal --group build --group dev --generate-hashes \
		--no-emit-index-url --no-annotate --no-header -q -o requirements.lock
