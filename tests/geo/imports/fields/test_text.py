"""What keyboards, spreadsheets and wrong encodings leave in texts, and how titles and summaries are cut."""

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.imports.blocks import Repaired
from geo.imports.fields.cell_values import Repair
from geo.imports.fields.identity import folded
from geo.imports.recognition import KINDS
from geo.language.folding import fold
from tests.geo.imports.published import mapped, only


@pytest.mark.parametrize(
    ("field", "text", "repaired"),
    [
        ("location", "\ufeffTorkham", Repair.STRAY_CHARACTERS),
        ("location", "Torkham\u00a0", Repair.STRAY_CHARACTERS),
        ("location", "Tor\u200bkham", Repair.STRAY_CHARACTERS),
        ("admin1", "\u00a0Nangarhar", Repair.STRAY_CHARACTERS),
        ("location", "Ø®ÙˆØ³Øª", Repair.MOJIBAKE),
        ("notes", "It was “said” â€œtwiceâ€\x9d.", Repair.MOJIBAKE),
    ],
)
def test_stray_characters_and_mojibake_are_repaired(field, text, repaired):
    result = mapped(KINDS["acled"], {field: text})
    row = only(result)
    assert result.repairs == {repaired: 1}
    assert (result.accepted, result.repaired) == (0, 1)
    assert row["repairs"][0].startswith(f"{field}: ")
    assert row["raw"][field] == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("\x1b[31mTorkham", "Torkham", id="colour"),
        pytest.param("\x1b[1;31mTor\x1b[0mkham\x1b[m", "Torkham", id="colours"),
        pytest.param("Torkham\x1b[2J\x1b[1;1H", "Torkham", id="screen"),
        pytest.param("\x1b]0;a title\x07Torkham", "Torkham", id="title of the window"),
        pytest.param("\x1b]8;;https://x\x1b\\Torkham", "Torkham", id="link"),
        pytest.param("Torkham\x1b[31", "Torkham", id="cut off"),
        pytest.param("\x1bTorkham", "Torkham", id="escape alone"),
        pytest.param("\x1b]Torkham", "]Torkham", id="title without an end"),
        pytest.param("Torkham [31m]", "Torkham [31m]", id="brackets alone"),
    ],
)
def test_orders_to_a_terminal_are_taken_out_whole(text, left):
    assert only(mapped(KINDS["acled"], {"location": text}))["place"] == left


def test_mojibake_is_read_in_the_right_encoding():
    assert only(mapped(KINDS["acled"], {"location": "Ø®ÙˆØ³Øª"}))["place"] == "خوست"


@pytest.mark.parametrize("text", ["خوست", "Mañana", "Kharlāchi Kili", "Ñandú", "“quoted” — dash", "Душанбе"])
def test_text_that_is_right_is_left_as_it_is(text):
    result = mapped(KINDS["acled"], {"location": text})
    assert (only(result)["place"], result.accepted) == (text, 1)


def test_bytes_that_the_reader_repaired_count_as_a_repair():
    result = mapped(
        KINDS["acled"], {}, {}, first=11, repaired=(Repaired(row=12, note="byte 0x81 in location replaced"),)
    )
    assert (result.accepted, result.repaired, result.repairs) == (1, 1, {Repair.ENCODING: 1})
    assert result.rows["repairs"].to_pylist() == [[], [f"{Repair.ENCODING.words}: byte 0x81 in location replaced"]]


@pytest.mark.parametrize("text", ["", "-", "NA", "N/A", "NULL", " nan "])
def test_marks_for_nothing_are_no_text_and_no_repair(text):
    result = mapped(KINDS["acled"], {"admin2": text})
    assert (only(result)["district"], result.accepted) == (None, 1)


@pytest.mark.parametrize(
    ("notes", "summary"),
    [
        ("Two\nlines  and\ta tab.", "ACLED: “Two lines and a tab.”"),
        ("", "ACLED gives no further description."),
        ("word " * 200, f"ACLED: “{' '.join(['word'] * 78)}…”"),
    ],
)
def test_a_summary_quotes_the_notes(notes, summary):
    assert only(mapped(KINDS["acled"], {"notes": notes}))["summary"] == summary


@pytest.mark.parametrize(
    ("place", "province", "title"),
    [
        ("Torkham", "Nangarhar", "Armed clash: Torkham, Nangarhar"),
        ("Hilmand province", "Helmand", "Armed clash: Hilmand province"),
        ("Kunar", "Kunar", "Armed clash: Kunar"),
        ("x" * 100, "Kunar", f"Armed clash: {'x' * 66}…"),
    ],
)
def test_a_title_says_what_and_where(place, province, title):
    assert only(mapped(KINDS["acled"], {"location": place, "admin1": province}))["title"] == title


def test_places_are_found_by_all_their_spellings_and_by_sound():
    row = only(mapped(KINDS["acled"], {"location": "Towr Kham"}))
    assert "طورخم" in row["search"]
    assert "turkam" in row["search_keys"]
    assert fold("exchanged fire") in row["search"]


def test_a_number_is_found_with_and_without_its_comma():
    row = only(mapped(KINDS["acled"], {"location": "Torkham", "notes": "Some 1,037 people crossed."}))
    assert "some 1037 people" in row["search"]


@given(st.lists(st.none() | st.text(), max_size=5))
@example(["Over 1,037 crossed", "1',037, 2021,2022", "none"])
def test_texts_are_folded_as_a_search_folds_them(texts):
    expected = [None if text is None else fold(text) for text in texts]
    assert folded(pa.array(texts, pa.string())).to_pylist() == expected
