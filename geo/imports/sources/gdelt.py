"""GDELT events, as leads: extracted from the news by software, and counted nowhere until somebody has read them.

Version 2.0 (codebook of 19 February 2015) has appeared every 15 minutes since then. Version 1.0 is daily, and has the
address of the news only since April 2013. Neither has a header.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.datasets.dataset import PEOPLE_COLUMNS
from geo.imports.blocks import Rows
from geo.imports.fields.cell_values import by_text
from geo.imports.fields.countries import OUTSIDE
from geo.imports.fields.drafted_rows import Cells, Draft, kinds, lists, places_coded
from geo.imports.fields.place_columns import WhereColumns, where
from geo.imports.fields.published_tables import What, countries_by, kinds_in
from geo.imports.file_kind import FileKind, Publisher, names_in
from geo.incident.vocabulary import ClaimantKind, DatePrecision, Status
from geo.language.messages import say

_ACTOR: Final = names_in(
    """Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"""
)
_GEO: Final = names_in("Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID")
_BEFORE_PLACES: Final = (
    *names_in("GLOBALEVENTID SQLDATE MonthYear Year FractionDate"),
    *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR),
    *names_in("IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale"),
    *names_in("NumMentions NumSources NumArticles AvgTone"),
)
_PLACES: Final = ("Actor1Geo", "Actor2Geo", "ActionGeo")
_ADDED: Final = ("DATEADDED", "SOURCEURL")
GDELT: Final = (*_BEFORE_PLACES, *(f"{place}_{part}" for place in _PLACES for part in _GEO), *_ADDED)
"""Columns of GDELT 2.0's events."""
GDELT_1: Final = tuple(name for name in GDELT if not name.endswith("_ADM2Code"))
"""Columns of GDELT 1.0's events; files from before April 2013 lack the last one."""

_WHERE: Final = WhereColumns(
    place=("ActionGeo_FullName",),
    district="",
    province="ActionGeo_FullName",
    country="ActionGeo_CountryCode",
    longitude="ActionGeo_Long",
    latitude="ActionGeo_Lat",
)
"""Place and province are parts of one name, and the country is a code."""
NOT_KEPT = say("reject-cameo")


def gdelt_draft(cells: Cells) -> Draft:
    """Read GDELT's columns; the place is that of the action."""
    code = cells.text("EventCode")
    _reject_unmapped_codes(cells, code)
    category, subtype, words = kinds(code, _known(code), cells, "EventCode")
    day = cells.days("SQLDATE")
    unknown = pa.nulls(cells.rows, pa.string())
    return Draft(
        source_id=cells.identifiers("GLOBALEVENTID"),
        category=category,
        subtype=subtype,
        kind_words=words,
        start=day,
        end=day,
        date_precision=pa.repeat(DatePrecision.DAY.value, cells.rows),
        **_where(cells),
        people=dict.fromkeys(PEOPLE_COLUMNS, pa.nulls(cells.rows, pa.int64())),
        actors=lists(cells, ("Actor1Name", "Actor2Name"), between="\x1f"),
        words=unknown,
        source_text=unknown,
        source_url=web_addresses(cells.text("SOURCEURL")),
        sources=pa.repeat(pa.scalar(1, pa.int32()), cells.rows),
        status=Status.LEAD,
    )


def _where(cells: Cells) -> dict[str, pa.Array]:
    place, province = (by_text(cells.text("ActionGeo_FullName"), _part(number), pa.string()) for number in (0, -2))
    precision = places_coded(cells, "gdelt", "ActionGeo_Type", missing=1)
    code = by_text(cells.text(_WHERE.country), _country, pa.string())
    return where(cells, _WHERE, precision, place=place, province=province, country_code=code)


def web_addresses(texts: pa.Array) -> pa.Array:
    """Return web addresses, with null for anything else; shape (rows,)."""
    good = pc.match_substring_regex(texts, r"^https?://[^\s\pZ/]+\.[^\s\pZ/]+(/[^\s\pZ]*)?$")
    return pc.if_else(pc.fill_null(good, False), texts, pa.scalar(None, pa.string()))  # noqa: FBT003  # fill value


def _reject_unmapped_codes(cells: Cells, code: pa.Array) -> None:
    known = _known(code)
    talk = np.asarray(
        by_text(code, lambda text: text is not None and text not in known and text.isdecimal(), pa.bool_())
    )
    at = np.flatnonzero(talk)
    cells.ledger.reject(at, field="EventCode", reason=NOT_KEPT)


def _known(code: pa.Array) -> dict[str, What]:
    """Return kinds by the codes in a file, each by its longest prefix that is in the table."""
    beginnings = {"".join(known): what for known, what in kinds_in("gdelt_cameo_codes", "code").items()}
    found = {}
    for text in pc.unique(code).to_pylist():
        for length in range(len(text or ""), 1, -1):
            if text[:length] in beginnings:
                found[text] = beginnings[text[:length]]
                break
    return found


def _country(code: str | None) -> str | None:
    found = countries_by("fips").get(code or "")
    return found.value if found else OUTSIDE if code else None


def _part(number: int) -> Callable[[str | None], str | None]:
    def part(name: str | None) -> str | None:
        parts = [text.strip() for text in (name or "").split(",")]
        return parts[number] or None if len(parts) >= (3 if number else 1) else None

    return part


def _notes(columns: Mapping[str, str]) -> Iterable[str]:
    del columns
    yield say("note-gdelt-leads")


def _refined(columns: Mapping[str, str], rows: Rows) -> tuple[str, str | None]:
    """Tell version 1.0 by what it lacks: district codes, and the time of day at which a row was added."""
    if any(name.endswith("_ADM2Code") for name in columns):
        return "gdelt", None
    added = rows.sample[columns["DATEADDED"]].to_pylist() if "DATEADDED" in columns else []
    return "gdelt" if any(len(value.strip()) > _DAY_LENGTH for value in added) else "gdelt-1", None


_DAY_LENGTH: Final = len("20130401")
_ALIKE: Final[dict[str, Any]] = {
    "draft": gdelt_draft,
    "publisher_short": "GDELT",
    "first": "ExportDate",
    "values": {
        "ExportDate": r"(19|20)\d{6}(\d{6})?",
        "GLOBALEVENTID": r"\d+",
        "SQLDATE": r"(19|20)\d{6}",
        "Year": r"(19|20)\d\d",
        "QuadClass": r"[1-4]",
    },
    "quoted": False,
    "called": {
        "id": "GLOBALEVENTID",
        "date": "SQLDATE",
        "country": "ActionGeo_CountryCode",
        "latitude": "ActionGeo_Lat",
        "longitude": "ActionGeo_Long",
    },
    "notes": _notes,
    "family": "gdelt",
}
_ABOUT: Final[dict[str, Any]] = {
    "name": "GDELT",
    "url": "https://www.gdeltproject.org/",
    "licence": say("licence-gdelt"),
    "lets_pass_on": True,
    "kind": ClaimantKind.MEDIA,
    "note": say("claimant-gdelt-about"),
    "leads": True,
}
KINDS: Final = (
    FileKind(
        code="gdelt",
        words=say("kind-gdelt"),
        offered=(say("import-gdelt"), say("import-gdelt-about")),
        publisher=Publisher(title="GDELT 2.0 events", reference="The GDELT Project: Event Database 2.0", **_ABOUT),
        product="GDELT",
        needed=names_in("GLOBALEVENTID SQLDATE EventCode ActionGeo_Type ActionGeo_Lat ActionGeo_Long"),
        columns=GDELT,
        refined=_refined,
        **_ALIKE,
    ),
    FileKind(
        code="gdelt-1",
        words=say("kind-gdelt-1"),
        publisher=Publisher(title="GDELT 1.0 events", reference="The GDELT Project: Event Database 1.0", **_ABOUT),
        columns=GDELT_1,
        last=1,
        **_ALIKE,
    ),
)
