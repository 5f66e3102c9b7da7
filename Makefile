# `make run` and `make test` do all the set-up they need; `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
OPEN ?= 1
VENV := .venv/bin/python

export PORT OPEN

.PHONY: help run serve site extension vendor test check unit pyodide e2e real bench lock clean

help:
	@echo "make run      the app and a sample registry on this machine (PORT=8000, OPEN=0 opens no browser)"
	@echo "make test     all checks and tests, as CI runs them"
	@echo "make serve    the app alone, as a static host serves it (PORT=8000)"
	@echo "make site     build/site: one folder for any static host"
	@echo "make extension   build/extension: the same as a browser extension, for Chromium and for Firefox"
	@echo "make check unit pyodide e2e real bench    parts of the tests, and the measurements"
	@echo "make vendor   only fill static/vendor/"
	@echo "make lock     resolve the Python packages anew into tools/requirements/"

run:
	@$(PYTHON) -m tools.prepare
	@exec $(VENV) -m tools.run

serve: vendor
	@exec $(VENV) -m tools.serve --port $(PORT)

site: vendor
	@$(VENV) -m tools.publish

extension: vendor
	@$(VENV) -m tools.extension

vendor:
	@$(PYTHON) -m tools.prepare

test check unit pyodide e2e real bench:
	@$(PYTHON) -m tools.prepare test check
	@exec $(VENV) -m tools.suite $@

lock:
	@$(PYTHON) -m tools.prepare lock
	@$(VENV) -m tools.lock

clean:
	rm -rf build static/vendor .cache
