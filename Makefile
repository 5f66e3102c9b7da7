PYTHON ?= python3
PORT ?= 8000

.PHONY: vendor serve
vendor:
	@$(PYTHON) -m tools.vendor
serve: vendor
	@.venv/bin/python -m tools.serve --port $(PORT)
