"""Every variant of a file that is named: recognised, every row accounted for, and the sums those of the file."""

import gzip
import io
import zipfile

import pytest

from geo.datasets.dataset import Deaths as Sums
from geo.imports.fields.column_mapping import make_plan
from geo.imports.parts_made import map_block
from geo.imports.readers.opening import open_rows
from geo.imports.recognition import KINDS, recognise
from geo.imports.sources.acled import ACLED
from geo.imports.sources.gdelt import GDELT
from geo.imports.sources.ucdp import UCDP_GED
from tests.geo.imports.published import BEFORE_2023, FETCHED, sheet, text_of

ACLED_KIND, GED, CANDIDATE = (KINDS[code] for code in ("acled", "ucdp-ged", "ucdp-candidate"))

OLD_UCDP = tuple(c for c in UCDP_GED if not c.endswith("_dset_id") and c not in ("relid", "code_status", "geom_wkt"))
SHORT_UCDP = tuple(c for c in OLD_UCDP if c not in ("active_year", "source_office", "source_date", "source_headline"))
HXL = {"id": "#event+id", "latitude": "#geo+lat", "longitude": "#geo+lon", "best": "#affected+killed"}
ACLED_CHANGES = (
    {"fatalities": "3"},
    {"fatalities": "1,204", "latitude": "34,1214"},
    {"fatalities": "7", "latitude": "71.0897", "longitude": "34.1214"},
    {"fatalities": "11", "geo_precision": "3"},
    {"fatalities": "a dozen"},
    {"fatalities": "40", "country": "Iran", "iso": "364", "latitude": "35.7", "longitude": "51.4"},
)
UCDP_CHANGES = (
    {"low": "4", "best": "5", "high": "9"},
    {"low": "4.0", "best": "5.0", "high": "9.0"},
    {"low": "10", "best": "12", "high": "11"},
    {"low": "1", "best": "1", "high": "1", "where_prec": "6"},
    {
        "low": "2",
        "best": "2",
        "high": "2",
        "country": "India",
        "country_id": "750",
        "latitude": "19",
        "longitude": "73",
    },
)
ACLED_SUMS = (Sums(low=1237, best=1237, high=1237), Sums(low=40, best=40, high=40))
UCDP_SUMS = (Sums(low=19, best=23, high=30), Sums(low=2, best=2, high=2))


def acled(*, columns=ACLED, change=None, **layout):
    changes = [{**one, **(change or {})} for one in ACLED_CHANGES]
    return text_of(*sheet(ACLED_KIND, *changes, columns=columns), **layout)


def ucdp(columns=UCDP_GED, **layout):
    return text_of(*sheet(GED, *UCDP_CHANGES, columns=columns), **layout)


def zipped(name, text):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, text)
    return file.getvalue()


GDELT_TEXT = text_of(
    *sheet(KINDS["gdelt"], {}, {"EventCode": "195"}, {"EventCode": "040", "EventRootCode": "04"}),
    delimiter="\t",
    header=False,
)
PLAIN_TEXT = (
    "Date;Lat;Lon;Country;Killed\n11/10/2025;34.1214;71.0897;Afghanistan;4\n"
    "12 Hamal 1402;34,1214;71,0897;Afghanistan;5\nsome day;34.1;71.0;Afghanistan;6\n"
)
NOTHING = Sums()

VARIANTS = {
    "acled current": ("a.csv", acled(), ACLED_KIND, (2, 3, 1), ACLED_SUMS),
    "acled before March 2023": ("a.csv", acled(columns=BEFORE_2023), ACLED_KIND, (2, 3, 1), ACLED_SUMS),
    "acled with a byte order mark": ("a.csv", "\ufeff" + acled(), ACLED_KIND, (2, 3, 1), ACLED_SUMS),
    "acled with semicolons": ("a.csv", acled(delimiter=";"), ACLED_KIND, (2, 3, 1), ACLED_SUMS),
    "acled in UTF-16": ("a.csv", acled().encode("utf-16"), ACLED_KIND, (2, 3, 1), ACLED_SUMS),
    "acled with days first": (
        "a.csv",
        acled(change={"event_date": "31-12-2025"}),
        ACLED_KIND,
        (2, 3, 1),
        ACLED_SUMS,
    ),
    "acled with months in words": (
        *("a.csv", acled(change={"event_date": "31 January 2023", "year": "2023"}), ACLED_KIND),
        *((2, 3, 1), ACLED_SUMS),
    ),
    "acled in capitals": (
        *("a.csv", acled().replace(",".join(ACLED), ",".join(ACLED).upper()), ACLED_KIND),
        *((2, 3, 1), ACLED_SUMS),
    ),
    "acled in gzip": ("a.csv.gz", gzip.compress(acled().encode()), ACLED_KIND, (2, 3, 1), ACLED_SUMS),
    "ucdp 26.1": ("GEDEvent_v26_1.csv", ucdp(), GED, (3, 1, 1), UCDP_SUMS),
    "ucdp 26.1 in zip": (
        "ged261-csv.zip",
        zipped("GEDEvent_v26_1.csv", ucdp()),
        GED,
        (3, 1, 1),
        UCDP_SUMS,
    ),
    "ucdp 20.1, 42 columns": ("ged201.csv", ucdp(OLD_UCDP), GED, (3, 1, 1), UCDP_SUMS),
    "ucdp 19.1, 38 columns": ("ged191.csv", ucdp(SHORT_UCDP), GED, (3, 1, 1), UCDP_SUMS),
    "ucdp in another order": ("ged.csv", ucdp(tuple(reversed(UCDP_GED))), GED, (3, 1, 1), UCDP_SUMS),
    "ucdp candidate": ("GEDEvent_v26_0_8.csv", ucdp(), CANDIDATE, (3, 1, 1), UCDP_SUMS),
    "ucdp candidate, headerless": (
        "GEDEvent_v24_0_1.csv",
        ucdp(header=False),
        CANDIDATE,
        (3, 1, 1),
        UCDP_SUMS,
    ),
    "ucdp on HDX": (
        *("conflict_data_afg.csv", ucdp((*UCDP_GED, "hdx_note"), second=[HXL.get(c, "") for c in (*UCDP_GED, "")])),
        *(GED, (3, 1, 1), UCDP_SUMS),
    ),
    "gdelt": ("20251011.export.CSV", GDELT_TEXT, KINDS["gdelt"], (2, 0, 1), (NOTHING, NOTHING)),
    "plain": (
        "mine.csv",
        PLAIN_TEXT,
        KINDS["plain"],
        (1, 1, 1),
        (Sums(low=9, best=9, high=9), Sums(low=6, best=6, high=6)),
    ),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_every_row_of_every_variant_is_accounted_for(tmp_path, variant):
    name, content, kind, counts, sums = variant
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    rows = open_rows(path)
    found = recognise(rows)
    plan = make_plan(found, retrieved_at=FETCHED, sample=rows.sample)
    [block] = rows.blocks()
    result = map_block(block, plan)
    assert found.kind is kind
    assert (result.accepted, result.repaired, result.rejected.num_rows) == counts
    assert sum(counts) == block.rows
    assert (result.sums, result.rejected_sums) == sums


@pytest.mark.parametrize(
    ("columns", "number"), [(UCDP_GED, 49), (OLD_UCDP, 42), (SHORT_UCDP, 38), (GDELT, 61), (ACLED, 31)]
)
def test_the_variants_have_the_number_of_columns_they_claim(columns, number):
    assert len(columns) == number
