"""Whatever validates draws every page."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ui.resources
from tests.geo.stores import store_of
from tests.geo.strategies import valid_stores
from tests.pages.conftest import PAGES, run_page

pytestmark = pytest.mark.slow
FEW = settings(max_examples=2 if settings.default.max_examples <= 20 else settings.default.max_examples)
"""A page takes a second or two; `--hypothesis-profile=fuzz` tries thousands."""


@FEW
@given(valid_stores(), st.lists(st.sampled_from(PAGES), min_size=1, max_size=2, unique=True))
def test_what_validates_draws_its_pages(incidents, pages) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        store = store_of(Path(folder), *incidents)
        store.read().require_valid()
        patch.setattr(ui.resources, "INCIDENTS_FILE", store.path)
        for page in pages:
            run_page(page)
