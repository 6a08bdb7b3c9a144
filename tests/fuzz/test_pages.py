"""Stores and folders of datasets as `make fuzz` spoils them: every page is drawn, or says in words why not."""

import pytest

import ui.resources
from geo.datasets.folder import FOLDER_VARIABLE
from tests.fuzz.fuzz_pages import letters_of, own_sentences, tried
from tests.fuzz.spoiled import write_sound

SEEDS = (1016, 1038, 5007)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    place = tmp_path_factory.mktemp("sound")
    write_sound(place)
    return place


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_spoiled_is_drawn_or_named(sound, tmp_path, monkeypatch, seed):
    monkeypatch.setattr(ui.resources, "INCIDENTS_FILE", ui.resources.INCIDENTS_FILE)
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    assert tried(seed, sound, tmp_path / "spoiled", most=1) == []


@pytest.mark.parametrize(
    ("text", "own"),
    [
        pytest.param("line 43, column 19: is not JSON: expecting ',' delimiter.", True, id="of a parser"),
        pytest.param("claimants.json, row 57: side: field required.", True, id="in the words of pydantic"),
        pytest.param("dataset.json cannot be read: it is missing", True, id="in our own"),
        pytest.param("'NoneType' object has no attribute 'year'", False, id="of a programmer"),
        pytest.param("Binder Error: Referenced column not found", False, id="of a database"),
    ],
)
def test_an_error_box_is_known_by_its_words(text, own):
    assert bool(own_sentences().search(letters_of(text))) is own
