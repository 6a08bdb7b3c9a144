"""Whose file it is, by its columns and in every variant of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from geo.imports.readers.opening import open_rows
from geo.imports.recognition import KINDS, recognise
from geo.imports.sources.acled import ACLED, ACLED_WEEKLY
from geo.imports.sources.awsd import AWSD
from geo.imports.sources.gdelt import GDELT, GDELT_1
from geo.imports.sources.gtd import GTD
from geo.imports.sources.hdx import HAPI
from geo.imports.sources.scad import SCAD
from geo.imports.sources.sigacts import SIGACTS
from geo.imports.sources.ucdp import UCDP_GED
from tests.geo.imports.published import BEFORE_2023
from tests.geo.imports.readers.reading import csv_text, file_of

ACLED_KIND, GED, CANDIDATE = (KINDS[code] for code in ("acled", "ucdp-ged", "ucdp-candidate"))

REAL = Path(__file__).parent / "data" / "ucdp_ged_23_1_rows.csv"
NEW = {"disorder_type", "civilian_targeting", "tags"}
OLD_ACLED = ("data_id", "iso", "event_id_no_cnty", *(name for name in ACLED if name not in NEW), "iso3")
UCDP_LATER = {"relid", "code_status"}
OLD_UCDP = tuple(name for name in UCDP_GED if not name.endswith("_dset_id") and name not in UCDP_LATER)
HDX_MONTHLY = ("Country", "Admin1", "Month", "Year", "Events", "Fatalities")


def recognised(folder, rows, name="table.csv", encoding="utf-8", **options):
    return recognise(open_rows(file_of(folder, csv_text(rows, **options).encode(encoding), name)))


IDS = {"event_id_cnty", "event_id_no_cnty", "data_id"}
NO_IDS = tuple(name for name in ACLED if name not in IDS)


def cut(names):
    """Names of columns as a shapefile has them."""
    numbered = {}
    for name in names:
        start = name[:10]
        many = numbered[start] = numbered.get(start, -1) + 1
        yield f"{start[:8]}_{many}" if many else start


@pytest.mark.parametrize(
    ("header", "options", "kind"),
    [
        pytest.param(ACLED, {}, ACLED_KIND, id="acled"),
        pytest.param(ACLED, {"encoding": "utf-8-sig"}, ACLED_KIND, id="acled with a byte order mark"),
        pytest.param(ACLED, {"delimiter": ";"}, ACLED_KIND, id="acled with semicolons"),
        pytest.param(OLD_ACLED, {}, ACLED_KIND, id="acled before March 2023"),
        pytest.param(tuple(name.upper() for name in ACLED), {}, ACLED_KIND, id="acled in capitals"),
        pytest.param((*reversed(ACLED), "population_best"), {}, ACLED_KIND, id="acled in another order and more"),
        pytest.param(tuple(set(ACLED) - {"admin3", "timestamp"}), {}, ACLED_KIND, id="acled with columns left out"),
        pytest.param(tuple(n.replace("_", " ").title() for n in ACLED), {}, ACLED_KIND, id="acled with spaces"),
        pytest.param(tuple(n.replace("_", "") for n in ACLED), {}, ACLED_KIND, id="acled without underscores"),
        pytest.param(tuple(n.upper() for n in cut(ACLED)), {}, ACLED_KIND, id="acled cut by a shapefile"),
        pytest.param(tuple(cut(UCDP_GED)), {}, GED, id="ucdp cut by a shapefile"),
        pytest.param(tuple(set(ACLED) - {"actor1", "fatalities"}), {}, ACLED_KIND, id="acled without actors, deaths"),
        pytest.param(tuple(set(UCDP_GED) - {"id", "side_a", "high"}), {}, GED, id="ucdp without ids"),
        pytest.param(("type_of_violence", "date_start", "where_prec", "date_prec", "best"), {}, GED, id="ucdp, a few"),
        pytest.param(ACLED_WEEKLY, {}, KINDS["acled-weekly"], id="acled by week"),
        pytest.param(tuple(cut(ACLED_WEEKLY)), {}, KINDS["acled-weekly"], id="acled by week, cut by a shapefile"),
        pytest.param(HDX_MONTHLY, {}, KINDS["acled-weekly"], id="acled by month"),
        pytest.param(UCDP_GED, {}, GED, id="ucdp"),
        pytest.param(OLD_UCDP, {}, GED, id="ucdp with 41 columns"),
        pytest.param(GDELT, {}, KINDS["gdelt"], id="gdelt from BigQuery"),
        pytest.param(tuple(reversed(GDELT)), {"delimiter": "\t"}, KINDS["gdelt"], id="gdelt in another order"),
        pytest.param(GTD, {}, KINDS["gtd"], id="gtd"),
        pytest.param(tuple(cut(GTD)), {}, KINDS["gtd"], id="gtd cut by a shapefile"),
        pytest.param(AWSD, {}, KINDS["awsd"], id="awsd"),
        pytest.param(tuple(n.lower().replace(" ", ".") for n in AWSD), {}, KINDS["awsd"], id="awsd with dots"),
        pytest.param(tuple(n.replace(" ", "_") for n in cut(AWSD)), {}, KINDS["awsd"], id="awsd cut by a shapefile"),
        pytest.param(SIGACTS, {}, KINDS["sigacts"], id="sigacts"),
        pytest.param(("id", "date", "latitude", "longitude"), {}, KINDS["plain"], id="plain"),
        pytest.param(tuple(set(ACLED) - {"latitude"}), {}, KINDS["plain"], id="acled without latitude"),
    ],
)
def test_kinds(tmp_path, header, options, kind):
    found = recognised(tmp_path, [header, ["x"] * len(header)], **options)
    assert found.kind is kind
    assert bool(found.refusal) is (kind is KINDS["acled-weekly"])


def test_columns_are_named_as_documented_whatever_the_file_calls_them(tmp_path):
    found = recognised(tmp_path, [[name.upper() for name in ACLED]])
    assert found.columns == {name: name.upper() for name in ACLED}


def test_columns_that_a_shapefile_has_cut_are_told_in_their_order(tmp_path):
    found = recognised(tmp_path, [tuple(cut(UCDP_GED))])
    assert found.columns == dict(zip(UCDP_GED, cut(UCDP_GED), strict=True))


def test_a_cut_name_without_numbered_ones_is_the_first_of_its_kind(tmp_path):
    header = ["EVENT_ID_C", "EVENT_DATE", "SUB_EVENT_", "TIME_PRECI", "ASSOC_ACTO", "ITS_COLUMN"]
    found = recognised(tmp_path, [header])
    assert found.columns["assoc_actor_1"] == "ASSOC_ACTO"
    assert "assoc_actor_2" not in found.columns
    assert found.notes[-1].endswith(": 'ITS_COLUMN'")


@pytest.mark.parametrize(
    ("kinds", "kind", "note"),
    [
        pytest.param(("Battles", "Armed clash"), ACLED_KIND, "it has no event_id_cnty", id="its kinds of events"),
        pytest.param(("Quarrel", "By night"), KINDS["plain"], "its columns are named as in", id="somebody else's"),
        pytest.param(("", ""), KINDS["plain"], "its columns are named as in", id="none"),
    ],
)
def test_without_ids_the_kinds_of_events_tell_whether_a_file_is_of_acled(tmp_path, kinds, kind, note):
    row = [dict(zip(("event_type", "sub_event_type"), kinds, strict=True)).get(name, "1") for name in NO_IDS]
    found = recognised(tmp_path, [NO_IDS, row])
    assert found.kind is kind
    assert any(said.startswith(note) for said in found.notes)


def test_what_is_not_known_of_a_publishers_rows_is_told(tmp_path):
    found = recognised(tmp_path, [[name for name in ACLED if name not in {"actor1", "geo_precision"}]])
    assert [note.split(",")[0] for note in found.notes] == ["it lacks actor1 and geo_precision"]


def test_an_old_file_of_acled_is_told_by_columns_that_went_away(tmp_path):
    assert recognised(tmp_path, [BEFORE_2023]).notes == ("columns as in ACLED's files before March 2023",)
    assert recognised(tmp_path, [[name for name in ACLED if name not in NEW]]).notes == ()


def test_columns_that_a_program_for_maps_adds_are_not_told(tmp_path):
    assert recognised(tmp_path, [(*ACLED, "OBJECTID", "Shape_Area", "population_1km")]).notes == ()


def test_points_of_geometries_stand_in_for_columns_of_coordinates(tmp_path):
    header = [*(name for name in ACLED if name not in {"latitude", "longitude"}), "lon", "lat"]
    rows = open_rows(file_of(tmp_path, csv_text([header]).encode()))
    found = recognise(replace(rows, point=("lon", "lat")))
    assert (found.columns["longitude"], found.columns["latitude"], found.notes) == ("lon", "lat", ())


def test_a_real_file_of_ucdp():
    found = recognise(open_rows(REAL))
    assert (found.kind, found.version, found.headerless) == (GED, "23.1", False)
    assert tuple(found.columns) == UCDP_GED


@pytest.mark.parametrize(
    ("name", "status", "kind", "version"),
    [
        pytest.param("GEDEvent_v26_0_8.csv", "Clear", CANDIDATE, "26.0.8", id="a month"),
        pytest.param("GEDEvent_v26_01_26_06.csv", "Clear", CANDIDATE, "26.0.1-6", id="six months"),
        pytest.param("GEDEvent_v25_1.csv", "Check deaths", GED, "25.1", id="a year"),
        pytest.param("ged251-csv.csv", "Clear", GED, "25.1", id="a year, packed name"),
        pytest.param("events.csv", "Check geography", CANDIDATE, None, id="told from its unchecked events"),
        pytest.param("events.csv", "Clear", GED, None, id="nothing tells"),
    ],
)
def test_releases_of_ucdp(tmp_path, name, status, kind, version):
    row = [status if column == "code_status" else "1" for column in UCDP_GED]
    found = recognised(tmp_path, [UCDP_GED, row], name)
    assert (found.kind, found.version) == (kind, version)


def test_a_candidate_file_without_header(tmp_path):
    lines = REAL.read_bytes().split(b"\n", 1)[1]
    rows = open_rows(file_of(tmp_path, lines))
    found = recognise(rows)
    assert (rows.header, rows.sample.num_rows, found.kind, found.headerless) == (
        UCDP_GED,
        6,
        CANDIDATE,
        True,
    )


def test_gdelt_has_no_header_and_no_quotation_marks_around_values(tmp_path):
    values = dict.fromkeys(GDELT, "x") | {"GLOBALEVENTID": "1", "SQLDATE": "20251011", "Year": "2025", "QuadClass": "4"}
    line = "\t".join((values | {"Actor1Name": '"A', "SOURCEURL": 'https://example.org/"'}).values())
    rows = open_rows(file_of(tmp_path, f"{line}\n{line}\n".encode(), "20251011.export.CSV"))
    assert (rows.header, recognise(rows).kind) == (GDELT, KINDS["gdelt"])
    assert rows.sample["Actor1Name"].to_pylist() == ['"A', '"A']


@pytest.mark.parametrize(
    ("header", "version"),
    [
        pytest.param(GDELT, "gdelt", id="2.0"),
        pytest.param(("ExportDate", *GDELT), "gdelt", id="2.0 after a date of export"),
        pytest.param(GDELT_1, "gdelt-1", id="1.0 since April 2013"),
        pytest.param(GDELT_1[:-1], "gdelt-1", id="1.0 of before, without addresses"),
        pytest.param(("ExportDate", *GDELT_1), "gdelt-1", id="1.0 after a date of export"),
        pytest.param(("ExportDate", *GDELT_1[:-1]), "gdelt-1", id="1.0 of before, after a date of export"),
    ],
)
@pytest.mark.parametrize("named", [False, True], ids=["no header", "header"])
def test_versions_of_gdelt(tmp_path, header, version, named):
    values = {"GLOBALEVENTID": "1", "SQLDATE": "20121011", "Year": "2012", "QuadClass": "4", "ExportDate": "20121012"}
    values["DATEADDED"] = "20121012093000" if version == "gdelt" else "20121012"
    line = "\t".join(values.get(name, "") for name in header)
    above = "\t".join(header) + "\n" if named else ""
    rows = open_rows(file_of(tmp_path, f"{above}{line}\n{line}\n".encode(), "20121012.export.CSV"))
    assert (rows.header, rows.headerless, recognise(rows).kind) == (header, not named, KINDS[version])


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        pytest.param(HAPI, "hapi-counts", id="HAPI"),
        pytest.param(tuple(reversed([name.upper() for name in HAPI[:15]])), "hapi-counts", id="HAPI, some of it"),
        pytest.param(("COUNTRY", "YEAR", "FATALITIES"), "counts", id="deaths by country and year"),
        pytest.param(("Country", "Month", "Year", "Events"), "counts", id="events by country and month"),
        pytest.param(("WEEK", "COUNTRY", "ADMIN1", "EVENTS"), "acled-weekly", id="events by week"),
        pytest.param(("country", "year", "fatalities", "place"), "plain", id="places"),
        pytest.param(("id", "country", "year", "fatalities"), "plain", id="ids"),
        pytest.param(("country", "admin1", "year", "month", "fatalities"), "plain", id="deaths by province and month"),
        pytest.param(("country", "year", "month", "day", "fatalities"), "plain", id="days"),
    ],
)
def test_counts_are_told_from_events(tmp_path, header, kind):
    found = recognised(tmp_path, [header, ["1"] * len(header)])
    assert found.kind is KINDS[kind]
    assert bool(found.refusal) is (kind != "plain")


@pytest.mark.parametrize(
    ("country", "kind"),
    [pytest.param("Kenya", "scad", id="SCAD"), pytest.param("Pakistan", "plain", id="columns like those of SCAD")],
)
def test_scad_is_refused_as_of_other_regions(tmp_path, country, kind):
    found = recognised(tmp_path, [SCAD, [country if name == "countryname" else "1" for name in SCAD]])
    assert found.kind is KINDS[kind]
    assert (found.refusal is not None and "Africa" in found.refusal) is (kind == "scad")


def test_a_second_line_of_hashtags_and_more_columns(tmp_path):
    header = (*ACLED, "pcode")
    found = recognised(tmp_path, [header, ["#event"] * len(header), ["x"] * len(header)])
    assert found.kind is ACLED_KIND
    assert found.notes == ("columns beyond the documented ones are kept with each row: 'pcode'",)


def test_aggregates_are_refused_with_what_they_are_good_for(tmp_path):
    refusal = recognised(tmp_path, [ACLED_WEEKLY]).refusal
    assert "not events" in refusal
    assert "good for shading provinces" in refusal


def test_what_a_file_lacks_is_told(tmp_path):
    found = recognised(tmp_path, [[name for name in ACLED if name != "latitude"]])
    assert found.notes == ("it has most columns of ACLED files, but lacks latitude",)
