"""Plain files: any columns, read by a mapping that the user confirms."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.datasets.dataset import OTHER_MEASURES
from geo.imports.fields.cell_values import Repair, by_text, joined
from geo.imports.fields.column_mapping import PARTS_OF_KILLED, plain_words
from geo.imports.fields.counts import People, added, at_least, without_codes
from geo.imports.fields.days import coarser, from_to
from geo.imports.fields.drafted_rows import BETWEEN, Cells, Draft, kinds, lists, number_of_names, people_columns, spread
from geo.imports.fields.place_columns import WhereColumns, where
from geo.imports.fields.published_tables import UNCLASSIFIED, What, dates_by_code, places_by_code, table
from geo.imports.file_kind import FileKind
from geo.imports.sources.gdelt import web_addresses
from geo.incident.vocabulary import About, Category, DatePrecision, LocationPrecision, Subtype, Trait
from geo.language.folding import fold
from geo.language.messages import say
from geo.places.locating import locate_province

_WHERE: Final = WhereColumns(
    place=("place", "district", "province", "country"), district="district", province="province", country="country"
)
_SUBTYPES: Final = {
    **{fold(code.words): code for code in Subtype},
    **{fold(name): Subtype(line["subtype"]) for line in table("plain_kinds") for name in line["names"].split(";")},
}
"""Subtypes by their words in the record, and by other words common in people's tables."""
_CATEGORIES: Final = {code.category.value: code for code in Subtype if Trait.UNSPECIFIED in code.traits}


def plain_draft(cells: Cells) -> Draft:
    """Read the columns that the mapping names; everything but a date and a place may be missing."""
    people = _people(cells)
    category, subtype, words = _kinds(cells, people)
    place = where(cells, _WHERE, _precision(cells))
    start, end, date_precision = _dates(cells, partial(_row_country, place))
    source = cells.text("source")
    return Draft(
        source_id=cells.identifiers("id"),
        category=category,
        subtype=subtype,
        kind_words=words,
        start=start,
        end=end,
        date_precision=date_precision,
        **place,
        people=people,
        actors=lists(cells, ("actors", "actor_2")),
        words=pc.coalesce(cells.text("summary"), _own_word(cells, subtype)),
        source_text=source,
        source_url=web_addresses(cells.text("url")),
        sources=number_of_names(source),
        title=cells.text("title") if cells.has("title") else None,
    )


def _kinds(cells: Cells, people: Mapping[str, pa.Array]) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return category, subtype and words by the record's vocabulary: of a subtype, else of a category, else of none.

    In a file without kinds of incidents, rows in which people crossed are crossings.
    """
    if not cells.has("subtype") and not cells.has("category"):
        crossed = pc.fill_null(pc.greater(pc.coalesce(people["crossed_high"], people["crossed_low"]), 0), False)  # noqa: FBT003  # filled in
        kinds_of = (_kind(_CATEGORIES[Category.CROSSING.value]), UNCLASSIFIED)
        values = ((what.category.value, what.subtype.value, what.words) for what in kinds_of)
        return tuple(pc.if_else(crossed, *both) for both in zip(*values, strict=True))
    keys = joined([cells.text("subtype"), cells.text("category")], BETWEEN)
    known = {text: what for text in pc.unique(keys).to_pylist() if (what := _what(*text.split(BETWEEN)[:2]))}
    return kinds(keys, known, cells, "subtype" if cells.has("subtype") else "category")


def _own_word(cells: Cells, subtype: pa.Array) -> pa.Array:
    """Return the file's own word for the kind of an incident, if the record's vocabulary does not have it."""
    unknown = pc.equal(subtype, Subtype.UNCLASSIFIED.value)
    return pc.if_else(unknown, cells.first(("subtype", "category")), None)


def _what(subtype: str, category: str) -> What | None:
    given = [fold(text.replace("_", " ")) for text in (subtype, category)]
    found = next((_SUBTYPES[text] for text in given if text in _SUBTYPES), None)
    if found:
        return What(category=found.category, subtype=found, words=found.words.capitalize())
    alone = next((_CATEGORIES[text] for text in reversed(given) if text in _CATEGORIES), None)
    return None if alone is None else _kind(alone)


def _kind(unspecified: Subtype) -> What:
    category = unspecified.category
    return What(category=category, subtype=unspecified, words=category.value.capitalize())


_PLACE_WORDS: Final = {
    **{code.value.replace("_", " "): code for code in LocationPrecision},
    **{fold(code.label): code for code in LocationPrecision},
    **dict.fromkeys(("town", "village", "city", "approximate", "settlement", "neighbourhood"), LocationPrecision.NEAR),
    **dict.fromkeys(("gps", "point", "precise", "coordinates"), LocationPrecision.EXACT),
    **dict.fromkeys(("admin2", "adm2", "admin 2"), LocationPrecision.DISTRICT),
    **dict.fromkeys(("admin1", "adm1", "admin 1", "region", "state"), LocationPrecision.PROVINCE),
    **dict.fromkeys(("admin0", "adm0", "national"), LocationPrecision.COUNTRY),
}
_PLACE_CODES: Final = {"geo precision": ("acled", "geo_precision"), "where prec": ("ucdp", "where_prec")}
_DATE_CODES: Final = {"time precision": ("acled", "time_precision"), "date prec": ("ucdp", "date_prec")}
"""Publisher and field whose codes a column of that name holds, in any file."""


def _precision(cells: Cells) -> tuple[pa.Array, pa.Array]:
    """Return precision and radius as stated; a row that states none is approximate, within 5 km."""
    coded = _PLACE_CODES.get(plain_words(cells.column("location_precision")))
    known = {str(code): place for code, place in places_by_code(*coded).items()} if coded else {}
    words = {**_PLACE_WORDS, **{code: place.precision for code, place in known.items()}}
    named = _stated(cells, "location_precision", words, LocationPrecision.PROVINCE)
    precision = pc.coalesce(named, pa.scalar(LocationPrecision.NEAR.value))
    usual = by_text(precision, lambda code: LocationPrecision(code or "").usual_km, pa.float64())
    radii = {code: place.uncertainty_km for code, place in known.items()}
    by_code = by_text(cells.text("location_precision"), lambda text: radii.get(text or ""), pa.float64())
    return precision, pc.coalesce(cells.kilometres("uncertainty_km"), by_code, usual)


def _stated(cells: Cells, field: str, words: Mapping[str, StrEnum], unknown: StrEnum) -> pa.Array:
    """Return the codes that a column states; anything else is noted, and replaced by `unknown`."""
    text = cells.text(field)
    codes = by_text(
        text, lambda one: (found := words.get(fold(one or "").replace("_", " "))) and found.value, pa.string()
    )
    lost = pc.and_(text.is_valid(), codes.is_null())
    cells.ledger.repair(
        Repair.PRECISION_MISSING, np.flatnonzero(lost), f"{field}: {Repair.PRECISION_MISSING.words}: {unknown}"
    )
    return pc.if_else(lost, unknown.value, codes)


_DATE_WORDS: Final = {code.value: code for code in DatePrecision}


def _row_country(place: Mapping[str, pa.Array]) -> pa.Array:
    """Return the codes of the countries that rows name, or else of the country in which the point lies."""
    code = place["country_code"]
    lon, lat = (np.asarray(place[name].fill_null(np.nan), float) for name in ("lon", "lat"))
    found = locate_province(lon, lat)["country"].to_numpy(object)
    return pc.coalesce(code, pa.array(found, pa.string(), from_pandas=True))


def _dates(cells: Cells, country: Callable[[], pa.Array]) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return first day, last day and precision, no finer than a column says; days are local to the row's country."""
    coded = _DATE_CODES.get(plain_words(cells.column("date_precision")))
    words = {**_DATE_WORDS, **{str(code): known for code, known in (dates_by_code(*coded) if coded else {}).items()}}
    named = _stated(cells, "date_precision", words, DatePrecision.MONTH)
    if not cells.has("date_start"):
        read = cells.dates_of_parts("year", "month", "day")
    else:
        read = cells.dates("date_start", country)
        if cells.has("date_end"):
            read = from_to(read, cells.dates("date_end", country), cells.ledger)
    precision = pc.coalesce(coarser(named, read.precision), pa.scalar(DatePrecision.DAY.value))
    first, last = spread(read.start, precision)
    alone = pc.equal(read.start, read.end)
    return pc.if_else(alone, first, read.start), pc.if_else(alone, last, read.end), precision


def _people(cells: Cells) -> dict[str, pa.Array]:
    """Return a figure per measure, or the ends of a range; of only figures for groups of killed, their sum."""
    parts = {field: _figures(cells, field) for field in PARTS_OF_KILLED if cells.has(field)}
    best = _figures(cells, "killed")
    if parts and not cells.has("killed"):
        best = at_least(added(list(parts.values())), _may_be_more(cells))
    civilians = {"killed_civilians": parts["killed_civilians"].best} if "killed_civilians" in parts else {}
    others = {about: _ranged(cells, about, _figures(cells, about, about)) for about in OTHER_MEASURES}
    return people_columns({About.KILLED: _ranged(cells, About.KILLED, best), **others}, **civilians)


def _ranged(cells: Cells, about: About, best: People) -> People:
    """Return the figures with the ends of ranges that have columns of their own."""
    low, high = (_figures(cells, f"{about}_{end}", about) for end in ("low", "high"))
    return People(pc.coalesce(low.low, best.low), best.best, pc.coalesce(high.high, best.high))


def _figures(cells: Cells, field: str, about: About = About.KILLED) -> People:
    return without_codes(cells.people(field, about), field=field, ledger=cells.ledger)


def _may_be_more(cells: Cells) -> pa.Array:
    """Tell in which rows an unused column of people killed has anything but 0, shape (rows,)."""
    texts = [cells.left_out(column) for column in cells.parts_left]
    none = [pc.fill_null(pc.match_substring_regex(text, r"^0+([.,]0+)?$"), False) for text in texts]  # noqa: FBT003
    more = np.logical_or.reduce([~np.asarray(zero, bool) for zero in none]) if none else np.zeros(cells.rows, bool)
    return pa.array(more)


KINDS: Final = (
    FileKind(
        code="plain",
        words=say("kind-plain"),
        offered=(say("import-any-table"), say("import-any-table-about")),
        draft=plain_draft,
        called={"date": "date_start"},
    ),
)
