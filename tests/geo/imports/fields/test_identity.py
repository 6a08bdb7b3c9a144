"""Ids: stable, slugs, and each of them once."""

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets.dataset import Deaths as Sums
from geo.imports.blocks import Malformed
from geo.imports.fields.identity import slugs
from geo.imports.recognition import KINDS
from tests.geo.imports.published import mapped, mapped_plain, refused

SAME = "is already in row 1, the same as this one"
OTHER = "is already in row 1, with other values; import the rejected rows to replace it with this one"


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        pytest.param("AFG12", "acled-afg12", id="upper case"),
        pytest.param("AFG-12", "acled-afg-12", id="hyphen"),
        pytest.param("12", "acled-12", id="digits"),
        pytest.param("2025-10-kunar", "acled-2025-10-kunar", id="lower case"),
    ],
)
def test_a_usual_id_can_be_read_in_the_slug(given, slug):
    assert slugs("acled", pa.array([given])).to_pylist() == [slug]


@pytest.mark.parametrize(
    "alike",
    [
        pytest.param(("recABCdef", "recAbCdef", "recabcdef"), id="case"),
        pytest.param(("aB", "Ab", "AB"), id="case of single letters"),
        pytest.param(("2025/12", "2025-12"), id="slash and hyphen"),
        pytest.param(("1 234", "1.234", "1-234"), id="space and point"),
        pytest.param(("5-7", "5/7"), id="range and share"),
        pytest.param(("a_1", "a-1", "a 1"), id="underscore"),
        pytest.param(("1--2", "1-2", "-1-2", "1-2-"), id="hyphens"),
        pytest.param(("é1", "É1", "1"), id="other letters"),
    ],
)
def test_ids_that_differ_have_slugs_that_differ(alike):
    together = slugs("list", pa.array(alike)).to_pylist()
    assert len(set(together)) == len(alike)
    assert together == [slugs("list", pa.array([one]))[0].as_py() for one in alike]


@given(st.lists(st.text("aAbB12-_./ ", min_size=1, max_size=4), unique=True, max_size=20))
def test_ids_that_differ_in_more_than_all_their_case_are_told_apart(ids):
    distinct = [name for name in ids if name.lower() not in ids or not name.isupper()]
    assert len(set(slugs("list", pa.array(distinct, pa.string())).to_pylist())) == len(distinct)


@given(st.lists(st.text(min_size=1), unique=True, max_size=5))
def test_every_id_makes_a_slug_of_at_most_100_characters(ids):
    for slug in slugs("a-dataset", pa.array(ids, pa.string())).to_pylist():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert len(slug) <= 100


def test_ids_of_other_scripts_stay_apart():
    assert len(set(slugs("acled", pa.array(["حادثه", "رویداد", "حادثه ۲"])).to_pylist())) == 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({}, SAME, id="same"),
        pytest.param({"fatalities": "9"}, OTHER, id="other"),
    ],
)
def test_the_first_row_with_an_id_is_kept(change, reason):
    result = mapped(KINDS["acled"], {"event_id_cnty": "X"}, {"event_id_cnty": "X", **change})
    [row] = result.rejected.to_pylist()
    assert (row["row"], row["field"], row["raw"], row["reason"]) == (2, "event_id_cnty", "X", reason)
    assert result.rows["source_row"].to_pylist() == [1]
    assert result.sums == Sums(low=3, best=3, high=3)


def test_a_rejected_row_takes_no_id_from_a_later_one():
    result = mapped(KINDS["acled"], {"event_id_cnty": "X", "latitude": "?"}, {"event_id_cnty": "X"})
    assert result.rows["source_row"].to_pylist() == [2]


def test_rows_without_ids_are_told_apart_by_their_content():
    row = {"date": "2025-10-11", "country": "Afghanistan"}
    result = mapped_plain(row, row, {**row, "date": "2025-10-12"}, dataset="My list")
    assert result.rows["source_row"].to_pylist() == [1, 3]
    assert result.accepted == 2
    [rejected] = result.rejected.to_pylist()
    assert (rejected["row"], rejected["field"], rejected["raw"]) == (2, "", "")
    assert rejected["reason"] == "is the same in every column as row 1, and has no id"


def test_an_id_that_looks_like_one_made_is_one():
    given = {"date": "2025-10-11", "country": "Afghanistan", "id": "row-0123456789ab"}
    [rejected] = mapped_plain(given, given, dataset="My list").rejected.to_pylist()
    assert (rejected["field"], rejected["raw"], rejected["reason"]) == ("id", "row-0123456789ab", SAME)


def test_a_rejected_row_is_given_whole():
    result = mapped(KINDS["acled"], {"latitude": "north", "notes": "kept\nwhole"})
    assert refused(result)[0] == "latitude"
    assert result.rejected["values"].to_pylist()[0]["notes"] == "kept\nwhole"


def test_a_row_is_rejected_once_for_its_first_fault():
    assert mapped(KINDS["acled"], {"latitude": "x", "longitude": "y", "event_date": "z"}).rejected.num_rows == 1


def test_rows_that_could_not_be_read_are_rejected_in_their_place():
    lost = Malformed(row=2, raw_text="a,b", reason="has 2 values, but the header 31")
    result = mapped(KINDS["acled"], {"latitude": "x"}, malformed=(lost,), first=3)
    assert result.rejected["row"].to_pylist() == [2, 3]
    assert result.rejected["reason"].to_pylist()[0] == lost.reason
    assert result.rejected["values"].to_pylist()[0] is None
