"""Plain files: any columns, by a mapping that the user confirms."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.fields.cell_values import by_text, joined
from geo.imports.fields.code_tables import What, kinds
from geo.imports.fields.counts import People
from geo.imports.fields.drafted_rows import BETWEEN, Cells, Draft, killed, lists, number_of_names, spread
from geo.imports.fields.place_columns import WhereColumns, where
from geo.imports.file_kind import FileKind
from geo.imports.sources.gdelt import web_addresses
from geo.imports.sources.ucdp import both_days
from geo.incident.vocabulary import Category, DatePrecision, LocationPrecision, Subtype, Trait
from geo.language.folding import fold
from geo.language.messages import say

_WHERE: Final = WhereColumns(
    place=("place", "district", "province", "country"), district="district", province="province", country="country"
)
_SUBTYPES: Final = {fold(code.words): code for code in Subtype}
_CATEGORIES: Final = {code.category.value: code for code in Subtype if Trait.UNSPECIFIED in code.traits}


def plain_draft(cells: Cells) -> Draft:
    """Read the columns that the mapping names; everything but a date and a place may be missing."""
    category, subtype, words = _kinds(cells)
    start, end, date_precision = _dates(cells)
    source = cells.text("source")
    return Draft(
        source_id=cells.identifiers("id"),
        category=category,
        subtype=subtype,
        kind_words=words,
        start=start,
        end=end,
        date_precision=date_precision,
        **where(cells, _WHERE, _precision(cells)),
        deaths=_deaths(cells),
        actors=lists(cells, ("actors", "actor_2")),
        words=cells.text("summary"),
        source_text=source,
        source_url=web_addresses(cells.text("url")),
        sources=number_of_names(source),
        title=cells.text("title") if cells.has("title") else None,
    )


def _kinds(cells: Cells) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Take a subtype of the record's vocabulary, else a category alone, else none."""
    if not cells.has("subtype") and not cells.has("category"):
        unclassified = (Category.OTHER.value, Subtype.UNCLASSIFIED.value, "Incident")
        return tuple(pa.repeat(value, cells.rows) for value in unclassified)
    keys = joined([cells.text("subtype"), cells.text("category")], BETWEEN)
    known = {text: what for text in pc.unique(keys).to_pylist() if (what := _what(*text.split(BETWEEN)[:2]))}
    return kinds(keys, known, cells, "subtype" if cells.has("subtype") else "category")


def _what(subtype: str, category: str) -> What | None:
    given = [fold(text.replace("_", " ")) for text in (subtype, category)]
    found = next((_SUBTYPES[text] for text in given if text in _SUBTYPES), None)
    if found:
        return What(category=found.category, subtype=found, words=found.words.capitalize())
    alone = next((_CATEGORIES[text] for text in reversed(given) if text in _CATEGORIES), None)
    if alone is None:
        return None
    return What(category=alone.category, subtype=alone, words=alone.category.value.capitalize())


def _precision(cells: Cells) -> tuple[pa.Array, pa.Array]:
    """Take the precision named and the radius given; a point without either is near, within 5 km."""
    codes = {code.value: code.value for code in LocationPrecision}
    named = by_text(
        cells.text("location_precision"), lambda text: codes.get(fold(text or "").replace(" ", "_")), pa.string()
    )
    precision = pc.coalesce(named, pa.scalar(LocationPrecision.NEAR.value))
    usual = by_text(precision, lambda code: LocationPrecision(code or "").usual_km, pa.float64())
    return precision, pc.coalesce(cells.kilometres("uncertainty_km"), usual)


def _dates(cells: Cells) -> tuple[pa.Array, pa.Array, pa.Array]:
    codes = {code.value: code.value for code in DatePrecision}
    named = by_text(cells.text("date_precision"), lambda text: codes.get(fold(text or "")), pa.string())
    if cells.has("date_end"):
        return *both_days(cells, "date_start", "date_end"), pc.coalesce(named, pa.scalar(DatePrecision.DAY.value))
    read = cells.dates("date_start")
    precision = pc.coalesce(named, read.precision, pa.scalar(DatePrecision.DAY.value))
    first, last = spread(read.start, precision)
    whole = pc.equal(read.start, read.end)
    return pc.if_else(whole, first, read.start), pc.if_else(whole, last, read.end), precision


def _deaths(cells: Cells) -> dict[str, pa.Array]:
    """Take one figure for low, best and high, or the ends of a range where the file has them."""
    best, low, high = (cells.people(field) for field in ("killed", "killed_low", "killed_high"))
    return killed(People(pc.coalesce(low.low, best.low), best.best, pc.coalesce(high.high, best.high)))


KINDS: Final = (
    FileKind(
        code="plain",
        words=say("kind-plain"),
        offered=(say("import-any-table"), say("import-any-table-about")),
        draft=plain_draft,
        called={"date": "date_start"},
    ),
)
