# Each target sets up what it needs in .venv; on Windows, README.md gives the pip equivalents.
PYTHON ?= python3
BIN := .venv/bin

FUZZ_SECONDS ?= 600

.PHONY: run test check types suite fast firefox webkit format bench clients fuzz hostile hostile-app killed mutants lock schema boundaries clean

run: .venv/run
	$(BIN)/streamlit run app.py

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MAKE) --no-print-directory --jobs=2 types suite

# Side by side: mypy keeps one processor busy for half a minute, and pytest waits for a browser now and then.
types: .venv/dev
	$(BIN)/mypy

suite: .venv/dev
	$(BIN)/python -m pytest

# For while one works: what needs no browser, cluster, storage or other process, and draws no page.
check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MAKE) --no-print-directory --jobs=2 types fast

fast: .venv/dev
	$(BIN)/python -m pytest -n2 --hypothesis-profile=check -m "not slow" --ignore=tests/browser --ignore=tests/pages

# Playwright drives Debian's firefox-esr, which has to be installed.
WHEEL := map_page.py::test_the_page_scrolls_over_the_map_unless_the_wheel_is_meant_for_it
firefox: .venv/dev
	$(BIN)/python -m pytest -n0 --firefox $(addprefix tests/browser/test_, walks.py standalone.py many.py $(WHEEL))

# WebKitGTK by its own driver: Debian's webkit2gtk-driver and xvfb, which have to be installed.
webkit: .venv/dev
	$(BIN)/python -m pytest -n0 --webkit tests/browser/test_webkit.py

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	$(BIN)/python -m benchmarks $(BENCH)

# What is exported, opened in QGIS, LibreOffice and others, which it installs from Debian where it may; writes docs/clients.md.
clients: .venv/dev
	nice -n 10 $(BIN)/python -W ignore -m tests.clients

fuzz: .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris==3.0.0
	$(BIN)/python -m pytest -n0 --hypothesis-profile=fuzz tests/fuzz tests/geo/imports/readers
	$(BIN)/python -m tests.fuzz.fuzz_readers -max_total_time=$(FUZZ_SECONDS)
	$(BIN)/python -W ignore -m tests.fuzz.fuzz_pages --seconds $(FUZZ_SECONDS)

# Some 450 files made to harm, each as an import reads it; `make hostile WORD=parquet` tries those of that name, or those in that folder.
hostile: .venv/dev
	nice -n 10 $(BIN)/python -W ignore -m tests.hostile $(WORD)

hostile-app: .venv/dev
	nice -n 10 $(BIN)/python -W ignore -m tests.hostile --app $(WORD)

# Imports, exports and servers, each killed at fifty moments; `make killed SCENE=export` kills those alone.
killed: .venv/dev
	nice -n 10 $(BIN)/python -W ignore -m tests.killed $(SCENE)

mutants: .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1
	$(BIN)/python -m tests.mutants $(MUTANTS)

boundaries: .venv/dev
	$(BIN)/python data/boundaries/build.py

schema: .venv/dev
	$(BIN)/python -m geo schema > docs/incident.schema.json
	$(BIN)/python -m docs.imports_tables
	$(BIN)/python -m tests.geo.export.qgis_samples

lock: .venv/dev
	$(BIN)/python -m pip install uv
	$(BIN)/uv pip compile --universal --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.txt

.venv/run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements.txt requirements-cluster.txt requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements-dev.txt
	-$(BIN)/python -m compileall -qq -j 0 .venv/lib # pip compiles on one processor; some packages hold files for others
	touch .venv/run $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis mutants static/map-*
