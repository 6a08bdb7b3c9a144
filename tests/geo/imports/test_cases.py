"""Files in the shapes that people have, one line each: what is imported of a file, or the sentence that refuses it.

The files are made up; `data/cases` has them as programs write them.
"""

from pathlib import Path

import pytest

from geo.incident.errors import UnreadableError
from tests.geo.imports.imported_rows import BOLDAK, PARACHINAR, imported, row

CASES = Path(__file__).parent / "data" / "cases"

TWO = [row(), row(PARACHINAR, "2025-10-12", "1")]
ACLED = [row(days="2025-05-16"), row(PARACHINAR, "2025-05-16", "0")]
GDELT = 2 * [row("69.183 34.517 AF AF-KAB", "2025-05-16", "-", "near 25 km")]
AF, PK, TJ = ([row(f"nowhere {country}", known="country")] for country in ("AF", "PK", "TJ"))
UNPLACED = [*AF, row("nowhere PK", "2025-10-12", "1", "country")]


def on(*days):
    """A row for each text, of the days that it says."""
    return [row(days=text) for text in days]


def killed(*figures):
    return [row(killed=figure) for figure in figures]


DAY, NEXT, BOTH = "2025-10-11", "2025-10-12", "2025-10-11/2025-10-12"
OCTOBER = "2025-10-01/2025-10-31 month"


@pytest.mark.parametrize(
    ("name", "kind", "counts", "rows"),
    [
        pytest.param("acled_api.json", "acled", (2, 0, 0), ACLED, id="ACLED's API"),
        pytest.param("acled_array.json", "acled", (2, 0, 0), ACLED, id="ACLED as an array"),
        pytest.param("acled_arcgis_epochms.geojson", "acled", (0, 2, 0), ACLED, id="ACLED from ArcGIS"),
        pytest.param("acled_shp_names.geojson", "acled", (2, 0, 0), ACLED, id="ACLED, names of ten letters"),
        pytest.param("20250516.export.CSV.zip", "gdelt-1", (2, 0, 0), GDELT, id="GDELT 1.0, 58 columns"),
        pytest.param("gdelt_v1_57.csv", "gdelt-1", (2, 0, 0), GDELT, id="GDELT 1.0, 57 columns"),
        pytest.param(
            "gtd.csv",
            "gtd",
            (2, 0, 0),
            [row(days="2020-06-15", killed="3"), row(PARACHINAR, "2020-06-01/2020-06-30 month", "1")],
            id="GTD",
        ),
        pytest.param(
            "awsd.csv",
            "awsd",
            (2, 0, 0),
            [row(days="2024-05-16", killed="1"), row(PARACHINAR, "2024-05-01/2024-05-31 month", "0")],
            id="AWSD",
        ),
        pytest.param(
            "ucdp_api.json",
            "ucdp-ged",
            (2, 0, 0),
            [row(where, "2024-02-02", "3 3 4", "exact 1.5 km") for where in (BOLDAK, PARACHINAR)],
            id="UCDP's API",
        ),
        pytest.param("dms_variants.csv", "plain", (0, 19, 0), 19 * [row()], id="degrees, minutes, seconds"),
        pytest.param(
            "crs3857.geojson", "plain", (1, 0, 0), [row("66.400 31.000 AF AF-KAN")], id="GeoJSON in Web Mercator"
        ),
        pytest.param(
            "crs_after.geojson", "plain", (1, 0, 0), [row("66.397 31.003 AF AF-KAN")], id="crs after the features"
        ),
        pytest.param("single_feature.geojson", "plain", (1, 0, 0), [row()], id="a single Feature"),
        pytest.param("lines.geojsonl", "plain", (2, 0, 0), 2 * [row()], id="GeoJSON in lines"),
        pytest.param("textseq.geojsons", "plain", (2, 0, 0), 2 * [row()], id="GeoJSON text sequence"),
        pytest.param(
            "multipoint.geojson",
            "plain",
            (1, 1, 0),
            [row(), row("70.200 33.900 PK PK-KP", known="near 9.3 km")],
            id="MultiPoint of one point and of two",
        ),
        pytest.param("swapped.geojson", "plain", (0, 0, 2), [], id="swapped positions, no country"),
        pytest.param("swapped_nocountry.csv", "plain", (0, 0, 2), [], id="swapped columns, no country"),
        pytest.param(
            "countries.csv",
            "plain",
            (16, 0, 1),
            [*(3 * AF), *TJ, *AF, *TJ, *(2 * AF), *PK, *AF, *PK, *AF, *PK, *(3 * AF)],
            id="names of countries",
        ),
        pytest.param(
            "country_alias_coords.csv",
            "plain",
            (8, 0, 0),
            [row("71.550 37.490 TJ TJ-GB"), *(7 * [row()])],
            id="other names of countries, with points",
        ),
        pytest.param("rows.ods", "plain", (2, 0, 0), UNPLACED, id="ODS"),
        pytest.param("wkt_ogr.csv", "plain", (2, 0, 0), TWO, id="WKT in CSV, of ogr2ogr"),
        pytest.param("multipoint.gpkg", "plain", (2, 0, 0), TWO, id="GeoPackage of MultiPoints"),
        pytest.param("utm.gpkg", "plain", (2, 0, 0), TWO, id="GeoPackage in UTM"),
        pytest.param("geoarrow.parquet", "plain", (2, 0, 0), TWO, id="GeoParquet in GeoArrow"),
        pytest.param("wkt.parquet", "plain", (2, 0, 0), TWO, id="Parquet with WKT"),
        pytest.param("shapefile_utf8.zip", "plain", (2, 0, 0), TWO, id="shapefile in UTF-8"),
        pytest.param("shapefile_cp1256.zip", "plain", (2, 0, 0), TWO, id="shapefile in cp1256"),
        pytest.param("shapefile_cp1256_nocpg.zip", "plain", (2, 0, 0), TWO, id="shapefile in cp1256 without .cpg"),
        pytest.param("mymaps.kml", "plain", (1, 0, 0), [row()], id="KML"),
        pytest.param("mymaps.kmz", "plain", (1, 0, 0), [row()], id="KMZ"),
        pytest.param(
            "timemap.json",
            "plain",
            (2, 0, 0),
            [row(killed="-"), row(PARACHINAR, "2025-10-25", "-")],
            id="TimeMap, month first",
        ),
        pytest.param("title_rows.csv", "plain", (2, 0, 1), TWO, id="title above, totals below"),
        pytest.param("title_above.xlsx", "plain", (1, 0, 0), [row()], id="title above, XLSX"),
        pytest.param("title_full_width.xlsx", "plain", (1, 0, 0), [row()], id="title over the full width"),
        pytest.param("two_header_rows.xlsx", "plain", (1, 0, 0), killed("6"), id="two lines of header"),
        pytest.param(
            "merged_cells.xlsx",
            "plain",
            (1, 1, 0),
            [row(), row("66.400 31.000 AF AF-KAN", "2025-10-12", "1", "near 8 km")],
            id="merged cells",
        ),
        pytest.param(
            "headerless.csv", "plain", (2, 0, 0), [row(killed="-"), row(PARACHINAR, NEXT, "-")], id="headerless"
        ),
        pytest.param("hxl_only_tags.csv", "plain", (1, 0, 0), [row()], id="HXL tags alone"),
        pytest.param("latlon_one.csv", "plain", (1, 0, 0), [row()], id="point in one column"),
        pytest.param("latlon_one_country.csv", "plain", (1, 0, 0), [row()], id="point in one column, country"),
        pytest.param("latlong_col.csv", "plain", (1, 0, 0), [row()], id="column Lat/Long"),
        pytest.param("capital_letters_coords.csv", "plain", (1, 0, 0), [row()], id="Y_COORD and X_COORD"),
        pytest.param("mgrs.csv", "plain", (1, 0, 0), [row("66.397 31.003 AF AF-KAN")], id="MGRS"),
        pytest.param(
            "rounded.csv",
            "plain",
            (0, 3, 0),
            [
                row("69.000 34.000 AF AF-LOG", known="near 75 km"),
                row("69.200 34.500 AF AF-KAB", known="near 8 km"),
                *AF,
            ],
            id="rounded coordinates, and the middle of a country",
        ),
        pytest.param(
            "excel_coord_thousands.csv",
            "plain",
            (0, 4, 0),
            [*(3 * [row()]), row("66.400 31.000 AF AF-KAN", known="near 8 km")],
            id="coordinates without their point",
        ),
        pytest.param("epoch.csv", "plain", (0, 2, 0), on(NEXT, NEXT), id="seconds since 1970, past midnight in Kabul"),
        pytest.param(
            "killed_words.csv",
            "plain",
            (9, 10, 0),
            killed(
                *("5 - 7", "10 - -", "10 - -", "20", "10 - 12", "5 - 7", "5", "-", "11 - -", "5 - 7"),
                *("-", "-", "10 - 12", "1200", "1200", "-", "-", "0", "5"),
            ),
            id="words among figures",
        ),
        pytest.param(
            "partial_dates.csv",
            "plain",
            (13, 0, 0),
            on(
                *(OCTOBER, OCTOBER, "2025-01-01/2025-12-31 year", OCTOBER, OCTOBER, OCTOBER),
                *("2025-10-01/2025-10-10 month", BOTH, BOTH, BOTH, BOTH, DAY, BOTH),
            ),
            id="months, years and spans",
        ),
        pytest.param(
            "world_dates.csv",
            "plain",
            (18, 7, 1),
            on(*(3 * [DAY]), NEXT, *(13 * [DAY]), NEXT, *(7 * [DAY])),
            id="dates of the world",
        ),
        pytest.param(
            "more_dates.csv",
            "plain",
            (17, 6, 1),
            on(
                *(NEXT, DAY, NEXT, DAY, DAY, DAY, DAY, "2025-09-30", "2025-11-10"),
                *(*(10 * [DAY]), NEXT, "2025-10-01", DAY, DAY),
            ),
            id="more dates",
        ),
        pytest.param("cp1256.csv", "plain", (2, 0, 0), UNPLACED, id="Windows-1256, semicolons"),
        pytest.param("unknown_death_cols.csv", "plain", (1, 0, 0), killed("3"), id="other columns of deaths"),
    ],
)
def test_a_file_is_read_as_whoever_made_it_meant(name, kind, counts, rows):
    found = imported(CASES / name)
    assert (found.kind, found.counts) == (kind, counts), found.rejected
    assert found.rows == rows


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param(
            "countries.csv", "country 'Pakistan/Afghanistan' is not the name of one country", id="two countries"
        ),
        pytest.param("more_dates.csv", "date '#N/A' is missing", id="error of a spreadsheet"),
        pytest.param("world_dates.csv", "date '11 Oct' “11 Oct” has no year", id="no year"),
        pytest.param("title_rows.csv", "a row of totals", id="totals"),
        pytest.param("swapped.geojson", "latitude '66.3997' outside", id="swapped"),
    ],
)
def test_a_rejected_row_is_named_with_its_reason(name, said):
    assert any(said in reason for reason in imported(CASES / name).rejected)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("crs_after.geojson", "EPSG:32642", id="coordinate system"),
        pytest.param("title_rows.csv", "line 4 was taken as the header", id="title"),
        pytest.param("two_header_rows.xlsx", "are added up", id="sum"),
        pytest.param("headerless.csv", "no header", id="headerless"),
        pytest.param("shapefile_cp1256_nocpg.zip", "Windows-1256", id="encoding"),
        pytest.param("unknown_death_cols.csv", "'Number of fatalities'", id="column that is not used"),
        pytest.param("gtd.csv", "attackers who died", id="what figures are of"),
        pytest.param("more_dates.csv", "10/11/2025 11:30:00 PM", id="order of day and month"),
    ],
)
def test_what_was_decided_is_said(name, said):
    assert said in imported(CASES / name).notes


def test_counts_are_no_events():
    with pytest.raises(UnreadableError, match="counts of events and deaths by area and month"):
        imported(CASES / "hapi_conflict.csv")


def test_each_file_has_its_line():
    marks = [mark for mark in test_a_file_is_read_as_whoever_made_it_meant.pytestmark if mark.name == "parametrize"]
    names = {case.values[0] for mark in marks for case in mark.args[1]}
    assert {path.name for path in CASES.iterdir()} == names | {"hapi_conflict.csv"}
