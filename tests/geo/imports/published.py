"""Small tables in the columns that publishers document; places and figures are made up."""

import csv
import io
from datetime import UTC, datetime

import pyarrow as pa

from geo.imports.blocks import ROW, Block, Rows
from geo.imports.fields.column_mapping import make_plan
from geo.imports.file_kind import Recognised
from geo.imports.parts_made import map_block
from geo.imports.recognition import KINDS, recognise
from geo.imports.sources.acled import ACLED, ACLED_BEFORE_2023
from geo.imports.sources.awsd import AWSD
from geo.imports.sources.gdelt import GDELT, GDELT_1
from geo.imports.sources.gtd import GTD
from geo.imports.sources.sigacts import SIGACTS
from geo.imports.sources.ucdp import UCDP_GED

FETCHED = datetime(2026, 10, 5, tzinfo=UTC)
ACLED_EVENT = {
    "event_id_cnty": "AFG1",
    "event_date": "2025-10-11",
    "year": "2025",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Afghanistan (2021-)",
    "assoc_actor_1": "Border Guards; Police",
    "inter1": "State forces",
    "actor2": "Military Forces of Pakistan (2024-)",
    "iso": "4",
    "region": "Caucasus and Central Asia",
    "country": "Afghanistan",
    "admin1": "Nangarhar",
    "admin2": "Mohmand Dara",
    "location": "Torkham",
    "latitude": "34.1214",
    "longitude": "71.0897",
    "geo_precision": "1",
    "source": "Pajhwok News; Dawn",
    "source_scale": "National",
    "notes": "On 11 October 2025, forces of both sides exchanged fire.",
    "fatalities": "3",
    "timestamp": "1760400000",
}
UCDP_EVENT = {
    "id": "500001",
    "relid": "AFG-2025-1-1-1",
    "year": "2025",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "1",
    "dyad_name": "Government of Pakistan - TTP",
    "side_a": "Government of Pakistan",
    "side_b": "TTP",
    "number_of_sources": "2",
    "source_article": "“Clash reported”",
    "source_office": "Pajhwok News;Dawn",
    "source_headline": "Clash reported",
    "where_prec": "1",
    "where_coordinates": "Torkham village",
    "adm_1": "Nangarhar province",
    "adm_2": "Muhmand Dara district",
    "latitude": "34.1214",
    "longitude": "71.0897",
    "country": "Afghanistan",
    "country_id": "700",
    "date_prec": "1",
    "date_start": "2025-10-11 00:00:00.000",
    "date_end": "2025-10-11 00:00:00.000",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "1",
    "deaths_unknown": "1",
    "best": "5",
    "high": "9",
    "low": "4",
}
GDELT_EVENT = {
    "GLOBALEVENTID": "1200000001",
    "SQLDATE": "20251011",
    "MonthYear": "202510",
    "Year": "2025",
    "FractionDate": "2025.7781",
    "Actor1Name": "PAKISTAN",
    "Actor2Name": "TALIBAN",
    "IsRootEvent": "1",
    "EventCode": "190",
    "EventBaseCode": "190",
    "EventRootCode": "19",
    "QuadClass": "4",
    "NumSources": "3",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Torkham, Nangarhar, Afghanistan",
    "ActionGeo_CountryCode": "AF",
    "ActionGeo_Lat": "34.1214",
    "ActionGeo_Long": "71.0897",
    "SOURCEURL": "https://example.org/news/1",
}
GTD_EVENT = {
    "eventid": "20200615000",
    "iyear": "2020",
    "imonth": "6",
    "iday": "15",
    "approxdate": "",
    "extended": "0",
    "country": "4",
    "country_txt": "Afghanistan",
    "region_txt": "South Asia",
    "provstate": "Nangarhar",
    "city": "Torkham",
    "latitude": "34.1214",
    "longitude": "71.0897",
    "specificity": "1",
    "vicinity": "0",
    "summary": "Test row.",
    "doubtterr": "0",
    "multiple": "0",
    "attacktype1": "2",
    "attacktype1_txt": "Armed Assault",
    "targtype1": "4",
    "targtype1_txt": "Military",
    "gname": "Test group",
    "weaptype1": "5",
    "weaptype1_txt": "Firearms",
    "nkill": "3",
    "nkillter": "1",
    "nwound": "2",
    "scite1": "Test paper, 15 June 2020.",
    "scite2": "Test agency, 16 June 2020.",
}
AWSD_EVENT = {
    "Incident ID": "9000",
    "Year": "2024",
    "Month": "5",
    "Day": "16",
    "Country Code": "AF",
    "Country": "Afghanistan",
    "Region": "Nangarhar",
    "District": "Mohmand Dara",
    "City": "Torkham",
    "Latitude": "34.1214",
    "Longitude": "71.0897",
    "Nationals killed": "1",
    "Internationals killed": "1",
    "Total killed": "2",
    "Total wounded": "1",
    "Total kidnapped": "0",
    "Means of attack": "Shooting",
    "Attack context": "Ambush",
    "Location": "Road",
    "Actor type": "Unknown",
    "Actor name": "Unknown",
    "Details": "Test row.",
    "Verified": "Yes",
    "Source": "Media",
}
SIGACT = {
    "ReportKey": "0A0A0A0A-0000-0000-0000-00000000000",
    "DateOccurred": "2008-06-15 03:30:00",
    "Type": "Enemy Action",
    "Category": "Direct Fire",
    "Title": "150330Z TEST ROW",
    "Summary": "Test row.",
    "Region": "RC EAST",
    "AttackOn": "ENEMY",
    "ReportingUnit": "Test reporters",
    "UnitName": "Test unit",
    "FriendlyKIA": "1",
    "HostNationKIA": "2",
    "CivilianKIA": "3",
    "EnemyKIA": "4",
    "MGRS": "42SYC0000000000",
    "Latitude": "34.1214",
    "Longitude": "71.0897",
}
COLUMNS = {
    KINDS["awsd"]: (AWSD, AWSD_EVENT),
    KINDS["gtd"]: (GTD, GTD_EVENT),
    KINDS["sigacts"]: (SIGACTS, SIGACT),
    KINDS["acled"]: (ACLED, ACLED_EVENT),
    KINDS["ucdp-ged"]: (UCDP_GED, UCDP_EVENT),
    KINDS["gdelt"]: (GDELT, GDELT_EVENT),
    KINDS["gdelt-1"]: (GDELT_1, GDELT_EVENT),
}
BEFORE_2023 = tuple(c for c in (*ACLED_BEFORE_2023, *ACLED) if c not in ("disorder_type", "civilian_targeting", "tags"))


def sheet(kind, *changes, columns=None):
    """Columns and rows of a file: the usual event once per set of changes, each with an id of its own."""
    documented, event = COLUMNS[kind]
    columns = documented if columns is None else columns
    identifier = documented[0]
    numbered = [{identifier: f"{event[identifier]}{number}"} for number in range(len(changes))]
    return columns, [{**event, **own, **change} for own, change in zip(numbered, changes, strict=True)]


def text_of(columns, rows, *, delimiter=",", header=True, second=None):
    """A table as delimited text."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    lines = [[row.get(column, "") for column in columns] for row in rows]
    writer.writerows([*([columns] if header else []), *([second] if second else []), *lines])
    return written.getvalue()


def block_of(columns, rows, *, first=1, malformed=(), repaired=()):
    """A table as a block."""
    cells = {column: pa.array([row.get(column, "") for row in rows], pa.string()) for column in columns}
    numbers = pa.array(range(first, first + len(rows)), pa.int64())
    table = pa.table({**cells, ROW: numbers})
    return Block(first_row=first, table=table, malformed=malformed, repaired=repaired, bytes_read=0)


def recognised(columns, block, *, name="events.csv"):
    """What a table is recognised as."""
    return recognise(
        Rows(
            name=name,
            header=tuple(columns),
            headerless=False,
            notes=(),
            encoding="utf-8",
            delimiter=",",
            bytes_total=0,
            sample=block.table,
            layout=None,
            read=lambda _: iter([block]),
        )
    )


def plain(mapping):
    """A plain file with a mapping."""
    return Recognised(kind=KINDS["plain"], version=None, columns=mapping, headerless=False, notes=(), refusal=None)


def mapped(kind, *changes, columns=None, **more):
    """The usual event of a kind, changed, mapped: one row per set of changes."""
    columns, rows = sheet(kind, *(changes or ({},)), columns=columns)
    block = block_of(columns, rows, **more)
    plan = make_plan(recognised(columns, block), retrieved_at=FETCHED, sample=block.table)
    return map_block(block, plan)


def mapped_plain(*rows, mapping=None, dataset=None):
    """Rows of a plain file, mapped."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    block = block_of(columns, rows)
    plan = make_plan(plain({}), retrieved_at=FETCHED, sample=block.table, mapping=mapping, dataset=dataset)
    return map_block(block, plan)


def only(result):
    """The one row that was kept."""
    assert result.rejected.num_rows == 0, result.rejected.drop_columns("values").to_pylist()
    [row] = result.rows.to_pylist()
    return row


def refused(result):
    """Field, text and reason of the one row that was not."""
    assert result.rows.num_rows == 0
    [row] = result.rejected.to_pylist()
    return row["field"], row["raw"], row["reason"]
