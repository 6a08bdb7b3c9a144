"""A search by the indexes finds what a search through all texts finds."""

import random
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets.folder import DataFolder
from geo.datasets.word_index import PARTS_TOGETHER, index_names, index_release
from geo.language.folding import query_words
from geo.selection import Filters
from geo.table.event_index import ImportedIndex, ImportedParts
from geo.table.shown_datasets import ImportedSource, imported_sources
from tests.geo.datasets.tables import make_dataset, make_parts
from tests.geo.table.parts import PUBLISHERS, imported_row

WORDS = ("khost", "spin", "boldak", "angur-adda", "5", "2025-03-01", "killed,", "حمله", "x" * 30, "acled-1", "ab", "")
KINDS = ("files", "words")
KEYS = ("kust", "spin", "buldak", "angur", "ada")
QUERIES = (
    st.sampled_from([*WORDS, *KEYS, "acled", "acled-1", "cled-12", "own", "own-notes-1", "12", "zz", "Angoor Adda"])
    | st.text("abdknost-125, ", max_size=4)
    | st.lists(st.sampled_from(["khost", "spin", "bol", "angur", "1", "a"]), max_size=3).map(" ".join)
)


def written(folder: Path, dataset: str, *, parts: int, with_ids: bool, seed: int) -> ImportedSource:
    """A dataset of rows with texts put together at random, the first part without ids in its texts, and its indexes."""
    draw = random.Random(seed)
    made = []
    for part in range(parts):
        rows = []
        for number in range(part * 12, part * 12 + 12):
            text = " ".join(draw.choices(WORDS, k=draw.randrange(6)))
            text += f" {dataset}-{number}" * (with_ids and part > 0)
            keys = draw.sample(KEYS, draw.randrange(4)) or draw.choice([None, []])
            rows.append(
                imported_row(number, dataset=dataset, search=draw.choice([text] * 9 + [None]), search_keys=keys)
            )
        made.append(rows)
    files = tuple(str(path) for path in make_parts(folder, *made))
    index_release(folder)
    words = tuple(str(folder / name) for name in index_names(parts))
    return ImportedSource(id=dataset, files=files, words=words, claimant=PUBLISHERS[dataset], rows=parts * 12)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Two datasets, the first with two indexes."""
    folder = tmp_path_factory.mktemp("words")
    many = written(folder / "a", "acled", parts=PARTS_TOGETHER + 2, with_ids=True, seed=1)
    return many, written(folder / "b", "own-notes", parts=2, with_ids=False, seed=2)


@pytest.fixture(scope="module")
def texts(sources):
    """Id, text and keys of every row, in the order of their numbers."""
    lean = ImportedParts([replace(source, words=()) for source in sources], in_memory=False)
    return lean.connection.execute("SELECT r, search, search_keys FROM part ORDER BY r").fetchall()


def holds(q: str, text: str | None, keys: list[str] | None) -> bool:
    """Whether a search finds a row: the plain meaning."""
    return all(word in (text or "") or (sounds and set(sounds) <= set(keys or [])) for word, sounds in query_words(q))


@pytest.fixture(scope="module", params=["in-memory", "on-disk", "one-without", "none"])
def asked(request, sources):
    first, second = sources
    given_ones = {
        "one-without": [replace(first, words=()), second],
        "none": [replace(source, words=()) for source in sources],
    }.get(request.param, [first, second])
    return ImportedIndex(ImportedParts(given_ones, in_memory=request.param != "on-disk"))


@given(QUERIES)
def test_a_search_finds_the_rows_that_hold_all_its_words(asked, texts, q):
    filters = Filters(q=q)
    found = [row for (row,) in asked.ask("SELECT r FROM event WHERE {where} ORDER BY r", filters).fetchall()]
    assert found == [row for row, text, keys in texts if holds(filters.q, text, keys)]


def test_indexes_of_other_parts_are_not_believed(sources):
    first, second = sources
    lean = ImportedIndex(ImportedParts([replace(first, words=second.words), second], in_memory=True))
    right = ImportedIndex(ImportedParts([first, second], in_memory=True))
    query = "SELECT count(*) FROM event WHERE {where}"
    assert lean.ask(query, Filters(q="khost")).fetchall() == right.ask(query, Filters(q="khost")).fetchall()


def test_indexes_are_read_from_object_storage_too(sources):
    _, second = sources
    storage = fsspec.filesystem("memory")
    for file in (*second.files, *second.words):
        storage.put(file, f"/words/{Path(file).name}")
    away = {name: tuple(f"memory://words/{Path(file).name}" for file in getattr(second, name)) for name in KINDS}
    near, far = (ImportedParts([source], in_memory=True) for source in (second, replace(second, **away)))
    assert near.matching(Filters(q="khost")).tolist() == far.matching(Filters(q="khost")).tolist()
    assert far.numbering.rows == (12, 12)


@pytest.mark.parametrize(
    ("indexed", "names"),
    [
        pytest.param(True, index_names(1), id="indexed"),
        pytest.param(False, (), id="made-before"),
    ],
)
def test_a_dataset_comes_with_its_indexes_if_it_has_all(tmp_path, indexed, names):
    folder = DataFolder(tmp_path)
    with folder.staging("acled") as staging:
        make_parts(staging.path, [imported_row(1)])
        if indexed:
            index_release(staging.path)
        made = staging.commit(make_dataset())
    (source,) = imported_sources(folder)
    assert source.words == tuple(str(folder.release(made) / name) for name in names)
