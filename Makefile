# Each target sets up what it needs in .venv; on Windows, README.md gives the pip equivalents.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint format bench lock schema boundaries clean

run: .venv/run
	$(BIN)/streamlit run app.py

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev
	$(BIN)/python -m benchmarks

boundaries: .venv/dev
	$(BIN)/python data/boundaries/build.py

schema: .venv/dev
	$(BIN)/python -m geo schema > docs/incident.schema.json

lock: .venv/dev
	$(BIN)/python -m pip install uv
	$(BIN)/uv pip compile --universal --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.txt

.venv/run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements.txt requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch .venv/run $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
