"""Finding incidents by words and by names in any of their spellings."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language.folding import fold, keys_of
from geo.places.boundaries import BOUNDARIES_FOLDER, boundaries
from geo.selection import Filters, search_text
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident, make_source

SPELLINGS = [pytest.param(names[0], other, id=other) for names in boundaries().place_names for other in names[1:]]


def found(table: IncidentTable, q: str) -> set[str]:
    return {incident.id for incident in table.selected(Filters(q=q))}


@pytest.mark.parametrize(
    "spellings",
    [
        ["Angoor Adda", "Angur Adda", "angur-adda", "ANGOR ADA", "انگور اڈہ"],
        ["Torkham", "Turkham", "Towr Kham", "تورخم", "طورخم", "Торхам"],
        ["Chaman", "چمن", "Чаман"],
        ["Ghulam Khan", "Ghulamkhan", "gholam khan", "غلام خان"],
        ["Bahramcha", "Bahram Chah", "bahramchah", "Baramcha"],
        ["Wakhan", "Vakhan", "واخان"],
        ["Kandahar", "Qandahar", "کندهار", "قندهار"],
        ["Sher Khan Bandar", "Sherkhan Bandar", "شیرخان بندر"],
        ["GBAO", "ГБАО", "Gorno-Badakhshan"],
        ["Speen Buldak", "Spin Buldak Speen", "سپین بولدک"],
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_find_the_same(table, spellings):
    answers = [found(table, spelling) for spelling in spellings]
    assert answers[0]
    assert answers == [answers[0]] * len(spellings)


@pytest.mark.parametrize(("name", "spelling"), SPELLINGS)
def test_every_other_spelling_finds_the_places_of_that_name(table, name, spelling):
    named = {i.id for i in table.incidents if fold(name) in fold(f"{i.place}, {i.district}, {i.province}")}
    assert named <= found(table, spelling)


@given(st.data())
def test_a_place_is_found_by_its_own_name_however_it_is_typed(table, incidents, data):
    incident = data.draw(st.sampled_from(incidents))
    name = data.draw(st.sampled_from([incident.place, *incident.aliases, incident.district or incident.place]))
    marks = data.draw(st.lists(st.sampled_from(["\u0301", "\u0304", "’", "'"]), min_size=len(name), max_size=len(name)))
    typed = data.draw(st.sampled_from([name.upper(), name.lower(), name.title(), f"  {name} "]))
    dressed = "".join(letter + (mark if letter.isalpha() else "") for letter, mark in zip(typed, marks, strict=False))
    assert incident.id in found(table, data.draw(st.sampled_from([typed, dressed])))


@pytest.mark.parametrize(
    ("q", "incident"),
    [
        pytest.param("Zarghun", {"place": "Zarghūn Shahr"}, id="place"),
        pytest.param("weish", {"aliases": ["Wesh"]}, id="alias"),
        pytest.param("gurbuz", {"district": "Gurbuz"}, id="district"),
        pytest.param("Nooristan", {"province": "Nuristan"}, id="province"),
        pytest.param("frontier", {"actors": ["Frontier Corps"]}, id="actor"),
        pytest.param("madrasa", {"claims": [make_claim(note="students of a madrasa")]}, id="note"),
        pytest.param("mojahed", {"claims": [make_claim(by_text="Zabihullah Mujahid")]}, id="speaker"),
        pytest.param("ispr", {"claims": [make_claim(by="pk-ispr")]}, id="claimant"),
        pytest.param("jirga", {"sources": [make_source(title="Jirga ends fighting")]}, id="source-title"),
        pytest.param("pajhwok", {"sources": [make_source(publisher="Pajhwok")]}, id="publisher"),
        pytest.param("gorges", {"summary": "Fighting in two gorges."}, id="summary"),
    ],
)
def test_each_part_of_an_incident_is_searched(claimants, q, incident):
    table = IncidentTable([make_incident(**incident), make_incident("2025-01-02-plain")], claimants, version="x")
    assert found(table, q) == {"2025-01-01-khost-air-strike"}


LIKE = (
    ("wish", "Talks held, vish", False),
    ("paktia", "Fighting in Paktika", False),
    ("turk", "Turkham", True),
    ("kheyl", "Fighting at Mandzai Khel", True),
    ("khel", "Fighting at Mandzai Kheyl", True),
    ("khail", "Fighting at Mandzai Khel", True),
    ("kill", "Fighting at Mandzai Khel", False),
    ("kills", "Fighting at Khels", False),
    ("kill", "Two killed", True),
    ("1037", "Over 1,037 crossed", True),
    ("1,037", "Over 1037 crossed", True),
    ("1,037", "Over 1038 crossed", False),
    ("killed", "Talks with Khalid and Kilid", False),
    ("called", "Talks with Khalid", False),
    ("car", "Fighting at Khar", False),
    ("cut", "Fighting at Kot", False),
    ("kott", "Fighting at Kot", True),
    ("shell", "Fighting at Shil", False),
)


@pytest.fixture(scope="module")
def titled(claimants):
    """An incident of each of these titles."""
    titles = enumerate(dict.fromkeys(text for _, text, _ in LIKE), 1)
    made = [make_incident(f"2025-01-{day:02d}-strike", title=text, place="Dara") for day, text in titles]
    return IncidentTable(made, claimants, version="x")


@pytest.mark.parametrize(("q", "text", "is_found"), LIKE)
def test_a_likeness_is_not_stretched(titled, q, text, is_found):
    assert (text in {incident.title for incident in titled.selected(Filters(q=q))}) == is_found


def test_words_may_stand_in_different_parts(claimants):
    table = IncidentTable([make_incident(title="Air strike", place="Turkham")], claimants, version="x")
    assert table.count(Filters(q="towr kham strike")) == 1
    assert table.count(Filters(q="towr kham raid")) == 0


def test_an_unknown_claimant_is_searched_by_id(layers):
    assert "pk-ispr" in search_text(make_incident(claims=[make_claim(by="pk-ispr")]), {}, layers.place_names).text


def test_place_names_are_sound():
    with (BOUNDARIES_FOLDER / "place_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row["name"] for row in rows]
    spellings = [spelling for row in rows for spelling in (row["name"], *row["other_names"].split(";"))]
    assert names == sorted(names)
    assert len(spellings) == len(set(spellings))
    assert all(spelling == spelling.strip() and keys_of(spelling) for spelling in spellings)


def test_no_spelling_belongs_to_two_places(layers):
    first: dict[tuple[str, ...], str] = {}
    shared = [
        (first[keys], names[0])
        for names in layers.place_names
        for keys in {tuple(keys_of(spelling)) for spelling in names}
        if first.setdefault(keys, names[0]) != names[0]
    ]
    assert shared == []
