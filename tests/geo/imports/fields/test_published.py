"""The published tables: true to the program, and complete."""

import pytest

from docs.imports_tables import PAGE, with_tables
from geo.imports.fields.published_tables import TABLES, dates_by_code, places_by_code, table
from geo.incident.vocabulary import Subtype


def test_the_page_holds_the_tables_as_they_are():
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page) == page


@pytest.mark.parametrize("name", [*TABLES, "repairs", "plain_fields"])
def test_every_table_is_published(name):
    assert f"<!-- table: {name} -->" in PAGE.read_text(encoding="utf-8")


def test_a_page_is_brought_up_to_date():
    page = with_tables("Kinds:\n<!-- table: ucdp_types_of_violence -->\nold\n<!-- end -->\n")
    assert "| 3 | other | violence_against_civilians |" in page


@pytest.mark.parametrize("name", [name for name in TABLES if "subtype" in table(name)[0]])
def test_every_kind_stands_in_its_own_category(name):
    assert all(Subtype(line["subtype"]).category == line["category"] for line in table(name))


@pytest.mark.parametrize(
    ("dataset", "field", "codes"),
    [
        ("acled", "geo_precision", {1, 2, 3}),
        ("ucdp", "where_prec", {1, 2, 3, 4, 5, 6, 7}),
        ("gdelt", "ActionGeo_Type", {1, 4, 5}),
    ],
)
def test_every_code_of_a_place_has_a_meaning(dataset, field, codes):
    assert set(places_by_code(dataset, field)) == codes


@pytest.mark.parametrize(
    ("dataset", "field", "codes"), [("acled", "time_precision", {1, 2, 3}), ("ucdp", "date_prec", {1, 2, 3, 4, 5})]
)
def test_every_code_of_a_time_has_a_meaning(dataset, field, codes):
    assert set(dates_by_code(dataset, field)) == codes
