"""GDELT 2.0 events, as leads: found by a machine in the news, and counted nowhere until somebody has read them."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.cells import Cells
from geo.imports.mapping.coded import kinds, places_coded
from geo.imports.mapping.draft import DEATHS, Draft, lists
from geo.imports.mapping.names import OUTSIDE
from geo.imports.mapping.reading import by_text
from geo.imports.mapping.tables import What, cameo_kinds, countries_by
from geo.imports.mapping.where import WhereColumns, where
from geo.vocabulary import DatePrecision, Status

_WHERE: Final = WhereColumns(
    place=("ActionGeo_FullName",),
    district="",
    province="ActionGeo_FullName",
    country="ActionGeo_CountryCode",
    longitude="ActionGeo_Long",
    latitude="ActionGeo_Lat",
)
"""Place and province are parts of one name, and the country is a code."""
NOT_KEPT = "is a CAMEO code of talk, aid or thought, of which no lead is made"


def gdelt_draft(cells: Cells) -> Draft:
    """Read GDELT's columns; the place is that of the action."""
    code = cells.text("EventCode")
    _reject_talk(cells, code)
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
        deaths=dict.fromkeys(DEATHS, pa.nulls(cells.rows, pa.int64())),
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
    """Return addresses of the web; null for anything else, shape (rows,)."""
    good = pc.match_substring_regex(texts, r"^https?://[^\s\pZ/]+\.[^\s\pZ/]+(/[^\s\pZ]*)?$")
    return pc.if_else(pc.fill_null(good, False), texts, pa.scalar(None, pa.string()))  # noqa: FBT003  # filled in


def _reject_talk(cells: Cells, code: pa.Array) -> None:
    known = _known(code)
    talk = np.asarray(
        by_text(code, lambda text: text is not None and text not in known and text.isdecimal(), pa.bool_())
    )
    at = np.flatnonzero(talk)
    cells.ledger.reject(at, field="EventCode", reason=NOT_KEPT)


def _known(code: pa.Array) -> dict[str, What]:
    """Return the kinds of the codes in a file: that of the longest beginning in the table."""
    beginnings = {"".join(known): what for known, what in cameo_kinds().items()}
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
