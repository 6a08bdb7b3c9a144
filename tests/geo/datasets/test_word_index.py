"""Word indexes: each word and key of a release with all rows that hold it, and no other."""

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets import word_index
from geo.datasets.word_index import INDEX_SCHEMA, PARTS_TOGETHER, Held, index_names, index_release, pattern_of
from tests.geo.datasets.tables import make_parts, make_row

TEXTS = st.text("ab1 ", max_size=12)
KEYS = st.none() | st.lists(st.sampled_from(["kust", "turkam", "ab"]), max_size=3)


def row(number, text, keys, *, with_id=True):
    """A row that is found by a text and keys."""
    return make_row(number, search=f"{text} acled-afg{number}" if with_id else text, search_keys=keys)


def index_of(folder, number=0):
    """What an index says of each kind: rows by text."""
    table = pq.read_table(folder / index_names(PARTS_TOGETHER * (number + 1))[number])
    assert table.schema.equals(INDEX_SCHEMA)
    rows = table.to_pylist()
    return {kind: [(r["text"], r["rows"]) for r in rows if r["kind"] == kind] for kind in Held}


def texts_of(folder):
    """Words and keys of the rows of all parts, in their order there."""
    for part in sorted(folder.glob("part-*")):
        for each in pq.read_table(part, columns=["id", "search", "search_keys"]).to_pylist():
            yield {word for word in (each["search"] or "").split(" ") if word != each["id"]}, each["search_keys"] or []


@given(st.lists(st.lists(st.tuples(TEXTS, KEYS), min_size=1, max_size=6), min_size=1, max_size=3))
def test_every_word_and_key_is_there_with_all_its_rows(tmp_path_factory, parts):
    folder = tmp_path_factory.mktemp("staged")
    make_parts(folder, *([row(n, *each) for n, each in enumerate(part)] for part in parts))
    index_release(folder)
    found = index_of(folder)
    expected = {Held.WORD: {}, Held.KEY: {}}
    for number, (words, keys) in enumerate(texts_of(folder)):
        for kind, texts in ((Held.WORD, words), (Held.KEY, set(keys))):
            for text in texts:
                expected[kind].setdefault(text, []).append(number)
    assert {kind: dict(found[kind]) for kind in expected} == expected
    assert all(len(dict(found[kind])) == len(found[kind]) for kind in expected)


def test_each_index_names_the_parts_that_it_is_about(tmp_path):
    make_parts(tmp_path, *([row(1, "a", None), row(2, "b", None)] for _ in range(PARTS_TOGETHER + 1)))
    index_release(tmp_path)
    assert index_of(tmp_path)[Held.PART][0] == ("part-00000.parquet", [2])
    assert index_of(tmp_path, 1)[Held.PART] == [(f"part-{PARTS_TOGETHER:05d}.parquet", [2])]


def test_ids_are_told_by_patterns_where_every_text_ends_with_its_own(tmp_path):
    make_parts(tmp_path, [row(1, "a", None), row(23, "b", None)], [row(4, "c", None), row(5, "d", None, with_id=False)])
    index_release(tmp_path)
    found = index_of(tmp_path)
    assert sorted(found[Held.ID]) == [("acled-afg0", [0]), ("acled-afg00", [0])]
    assert dict(found[Held.WORD])["acled-afg4"] in ([2], [3])


def test_too_many_patterns_of_ids_are_not_told(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.datasets.word_index._MOST_PATTERNS", 1)
    make_parts(tmp_path, [row(1, "a", None), row(23, "b", None)])
    index_release(tmp_path)
    assert index_of(tmp_path)[Held.ID] == [("", [0])]


def test_what_stands_in_most_rows_is_first_and_row_groups_are_small(tmp_path, monkeypatch):
    monkeypatch.setattr(word_index, "_GROUP_ROWS", 4)
    monkeypatch.setattr(word_index, "_GROUP_WORDS", 3)
    make_parts(tmp_path, [row(n, " ".join(f"w{k}" for k in range(n + 1)), None) for n in range(8)])
    index_release(tmp_path)
    counts = [len(rows) for _, rows in index_of(tmp_path)[Held.WORD]]
    assert counts == [8, 7, 6, 5, 4, 3, 2, 1]
    groups = pq.read_metadata(tmp_path / index_names(1)[0])
    assert [groups.row_group(n).num_rows for n in range(3, groups.num_row_groups)] == [1, 1, 1, 1, 1, 2]


@pytest.mark.parametrize(("text", "pattern"), [("acled-afg1234", "acled-afg0000"), ("١٢", "١٢"), ("", "")])
def test_a_pattern_has_a_zero_for_each_digit(text, pattern):
    assert pattern_of(text) == pattern


def test_a_release_without_rows_has_an_index_without_words(tmp_path):
    make_parts(tmp_path, [])
    index_release(tmp_path)
    assert index_of(tmp_path) == {kind: [("part-00000.parquet", [0])] if kind == Held.PART else [] for kind in Held}
