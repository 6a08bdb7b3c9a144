"""UCDP GED files, final and candidate, of any version: columns that a version lacks are simply empty."""

import re
from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.datasets.dataset import SIDES
from geo.imports.blocks import Rows
from geo.imports.fields.cell_values import by_text, joined
from geo.imports.fields.counts import People
from geo.imports.fields.days import in_order
from geo.imports.fields.drafted_rows import (
    BETWEEN,
    Cells,
    Draft,
    dates_coded,
    kinds,
    lists,
    number_of_names,
    people_columns,
    places_coded,
)
from geo.imports.fields.place_columns import WhereColumns, where
from geo.imports.fields.published_tables import countries_by, kinds_in
from geo.imports.file_kind import FileKind, Publisher, names_in
from geo.incident.vocabulary import About, ClaimantKind
from geo.language.messages import say

UCDP_GED: Final = names_in(
    """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
    dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
    number_of_sources source_article source_office source_date source_headline source_original where_prec
    where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id
    region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high
    low gwnoa gwnob"""
)
"""Columns of UCDP's georeferenced events, final and candidate, since 21.1; older files have fewer."""

_COLUMNS = ("low", "best", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
"""Columns of deaths, in the order of DEATHS."""
_WHERE: Final = WhereColumns(
    place=("where_coordinates", "where_description", "adm_2", "adm_1", "country"),
    district="adm_2",
    province="adm_1",
    country="country",
)

MOST_SOURCES = 10_000
"""More sources than any event has; larger numbers are ignored as mistakes."""


def ucdp_draft(cells: Cells) -> Draft:
    """Read UCDP's columns."""
    known = {"".join(code): what for code, what in kinds_in("ucdp_types_of_violence", "type_of_violence").items()}
    category, subtype, words = kinds(
        cells.codes("type_of_violence").cast(pa.string()), known, cells, "type_of_violence"
    )
    start, end = in_order(cells.days("date_start"), cells.days("date_end"), cells.ledger)
    source = cells.first(("source_office", "source_article", "source_original"))
    return Draft(
        source_id=cells.identifiers("id"),
        category=category,
        subtype=subtype,
        kind_words=words,
        start=start,
        end=end,
        date_precision=dates_coded(cells, "ucdp", "date_prec", missing=5),
        **_where(cells),
        people=_people(cells),
        actors=lists(cells, ("side_a", "side_b"), between=BETWEEN),
        words=_words(cells),
        source_text=source,
        source_url=pa.nulls(cells.rows, pa.string()),
        sources=_sources(cells, source),
        searched=(cells.text("dyad_name"), cells.text("where_description")),
    )


def _where(cells: Cells) -> dict[str, pa.Array]:
    ids, codes = cells.codes("country_id").cast(pa.string()), countries_by("gleditsch_ward")
    code = by_text(ids, lambda code: codes.get(code or ""), pa.string())
    return where(cells, _WHERE, places_coded(cells, "ucdp", "where_prec", missing=4), code=code)


def _people(cells: Cells) -> dict[str, pa.Array]:
    low, best, high, *sides = map(cells.people, _COLUMNS)
    parts = {name: side.best for name, side in zip(SIDES, sides, strict=True)}
    return people_columns({About.KILLED: People(low.low, best.best, high.high)}, **parts)


def _words(cells: Cells) -> pa.Array:
    """Return who fought whom, and the headline or else the article."""
    headline = cells.first(("source_headline", "source_article"))
    return pc.coalesce(joined([cells.text("dyad_name"), headline], ". "), headline)


def _sources(cells: Cells, named: pa.Array) -> pa.Array:
    """Return the number of sources as given, or of those named if UCDP has not counted them (−1)."""
    counted = cells.codes("number_of_sources")
    given = pc.and_(pc.greater(counted, 0), pc.less_equal(counted, MOST_SOURCES))
    return pc.coalesce(pc.if_else(given, counted, None).cast(pa.int32()), number_of_names(named))


def _unchecked(columns: Mapping[str, str], rows: Rows) -> bool:
    """Tell whether some events have yet to be checked, as only in candidate files."""
    if "code_status" not in columns:
        return False
    values = pc.unique(rows.sample[columns["code_status"]]).to_pylist()
    return any(value.strip().lower().startswith("check") for value in values)


def _release(name: str) -> str | None:
    """Read UCDP's release from the name of a file, the only place that has it.

    >>> _release("GEDEvent_v26_0_8.csv"), _release("ged251-csv.zip"), _release("GEDEvent_v26_01_26_06.csv")
    ('26.0.8', '25.1', '26.0.1-6')
    """
    if found := re.search(r"ged(\d\d)(\d)\b", name, re.IGNORECASE):
        return f"{found[1]}.{found[2]}"
    if found := re.search(r"v(\d\d)_(\d\d)_\1_(\d\d)(?!\d)", name, re.IGNORECASE):
        return f"{found[1]}.0.{int(found[2])}-{int(found[3])}"
    if found := re.search(r"(?:v|ged[_-])(\d\d)[._](\d{1,2})(?:[._](\d{1,2}))?(?!\d)", name, re.IGNORECASE):
        return ".".join(str(int(part)) for part in found.groups() if part is not None)
    return None


def _refined(columns: Mapping[str, str], rows: Rows) -> tuple[str, str | None]:
    """Tell candidate files, which are monthly, by their release or by events that have yet to be checked."""
    version = _release(rows.name)
    candidate = version.count(".") > 1 if version else rows.headerless or _unchecked(columns, rows)
    return "ucdp-candidate" if candidate else "ucdp-ged", version


_ALIKE: Final[dict[str, Any]] = {
    "draft": ucdp_draft,
    "publisher_short": "UCDP",
    "columns": UCDP_GED,
    "also": {"best": ("best_est",), "low": ("low_est",), "high": ("high_est",)},
    "called": {"date": "date_start"},
    "family": "ucdp",
}
KINDS: Final = (
    FileKind(
        code="ucdp-ged",
        words=say("kind-ucdp"),
        offered=(say("import-ucdp"), say("import-ucdp-about")),
        publisher=Publisher(
            title="UCDP GED",
            name="UCDP (Uppsala Conflict Data Program)",
            url="https://ucdp.uu.se/downloads/",
            licence="CC BY 4.0",
            lets_pass_on=True,
            reference=(
                "Sundberg, R. and Melander, E. (2013): Introducing the UCDP Georeferenced Event Dataset. Journal of "
                "Peace Research 50(4), doi:10.1177/0022343313484347. Uppsala Conflict Data Program (UCDP), Uppsala "
                "University: UCDP Georeferenced Event Dataset"
            ),
            kind=ClaimantKind.NGO,
            note=say("claimant-ucdp-about"),
        ),
        product="UCDP GED",
        needed=names_in("type_of_violence date_start"),
        distinctive=names_in(
            """best low high where_prec date_prec event_clarity priogrid_gid dyad_name dyad_new_id conflict_name
            conflict_new_id
            side_a side_b deaths_a deaths_b deaths_civilians deaths_unknown gwnoa gwnob code_status active_year
            geom_wkt"""
        ),
        least=3,
        usual=names_in("date_end best low high latitude longitude where_prec date_prec side_a side_b"),
        ids=("id",),
        values={
            "id": r"\d+(\.0)?",
            "year": r"(19|20)\d\d(\.0)?",
            "type_of_violence": r"[1-4](\.0)?",
            "latitude": r"-?\d+(\.\d+)?",
            "longitude": r"-?\d+(\.\d+)?",
            "best": r"\d+(\.0)?",
        },
        refined=_refined,
        **_ALIKE,
    ),
    FileKind(
        code="ucdp-candidate",
        words=say("kind-ucdp-candidate"),
        publisher=Publisher(
            title="UCDP Candidate Events",
            name=say("claimant-ucdp-candidate"),
            url="https://ucdp.uu.se/downloads/",
            licence="CC BY 4.0",
            lets_pass_on=True,
            reference=(
                "Hegre, H., Croicu, M., Eck, K. and Högbladh, S. (2020): Introducing the UCDP Candidate Events "
                "Dataset. Research & Politics 7(3). Uppsala Conflict Data Program (UCDP), Uppsala University: UCDP "
                "Candidate Events Dataset"
            ),
            kind=ClaimantKind.NGO,
            note=say("claimant-ucdp-candidate-about"),
        ),
        **_ALIKE,
    ),
)
