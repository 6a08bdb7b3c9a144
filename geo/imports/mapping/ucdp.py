"""UCDP GED files, final and candidate, of any version: columns that a version lacks are simply empty."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.cells import Cells
from geo.imports.mapping.coded import dates_coded, kinds, places_coded
from geo.imports.mapping.draft import BETWEEN, DEATHS, Draft, lists, number_of_names
from geo.imports.mapping.reading import by_text, joined
from geo.imports.mapping.repair import Repair
from geo.imports.mapping.tables import countries_by, ucdp_kinds
from geo.imports.mapping.where import WhereColumns, where

_COLUMNS = ("low", "best", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
"""In the order of DEATHS."""
_WHERE: Final = WhereColumns(
    place=("where_coordinates", "where_description", "adm_2", "adm_1", "country"),
    district="adm_2",
    province="adm_1",
    country="country",
)

MOST_SOURCES = 10_000
"""More than any event has; a larger number is a mistake."""


def ucdp_draft(cells: Cells) -> Draft:
    """Read UCDP's columns."""
    known = {"".join(code): what for code, what in ucdp_kinds().items()}
    category, subtype, words = kinds(
        cells.codes("type_of_violence").cast(pa.string()), known, cells, "type_of_violence"
    )
    start, end = both_days(cells, "date_start", "date_end")
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
        deaths={name: cells.counts(field) for name, field in zip(DEATHS, _COLUMNS, strict=True)},
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


def both_days(cells: Cells, first: str, last: str) -> tuple[pa.Array, pa.Array]:
    """Read start and end; one that is missing is taken as the other, and an end before the start exchanged."""
    start, end = cells.days(first), cells.days(last)
    lone = np.flatnonzero(pc.xor(start.is_null(), end.is_null()))
    cells.ledger.repair(Repair.DATE_MISSING, lone)
    start, end = pc.coalesce(start, end), pc.coalesce(end, start)
    turned = pc.fill_null(pc.less(end, start), False)  # noqa: FBT003  # what is filled in
    cells.ledger.repair(Repair.DATES_EXCHANGED, np.flatnonzero(turned))
    return pc.if_else(turned, end, start), pc.if_else(turned, start, end)


def _words(cells: Cells) -> pa.Array:
    """Return the headline, else the article that is named, with who fought whom."""
    told = cells.first(("source_headline", "source_article"))
    return pc.coalesce(joined([cells.text("dyad_name"), told], ". "), told)


def _sources(cells: Cells, named: pa.Array) -> pa.Array:
    """Take the number of sources that the file gives, which is −1 where UCDP has not counted them."""
    counted = cells.codes("number_of_sources")
    given = pc.and_(pc.greater(counted, 0), pc.less_equal(counted, MOST_SOURCES))
    return pc.coalesce(pc.if_else(given, counted, None).cast(pa.int32()), number_of_names(named))
