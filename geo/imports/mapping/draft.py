"""What a dataset's rows say, field by field, before they are held against the boundaries."""

from dataclasses import dataclass, fields, replace
from typing import Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.cells import Cells
from geo.imports.mapping.reading import by_text, joined
from geo.vocabulary import DatePrecision, Status

DEATHS: Final = (
    "killed_low",
    "killed_best",
    "killed_high",
    "killed_side_a",
    "killed_side_b",
    "killed_civilians",
    "killed_unknown",
)
NO_PLACE: Final = "place not named"
BETWEEN: Final = "\x1f"
"""Stands between texts that are looked up together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Columns of one block, each of shape (rows,); text unless said otherwise, null where the dataset says nothing."""

    source_id: pa.Array
    category: pa.Array
    subtype: pa.Array
    kind_words: pa.Array
    """How a title calls the kind."""
    start: pa.Array
    """Days."""
    end: pa.Array
    """Days."""
    date_precision: pa.Array
    place: pa.Array
    district: pa.Array
    province: pa.Array
    """As the file names it."""
    country: pa.Array
    """As the file names it."""
    country_code: pa.Array
    """AF, PK or TJ, OUTSIDE for another country."""
    lon: pa.Array
    """Degrees, not yet held against the globe."""
    lat: pa.Array
    precision: pa.Array
    """Of the place, by the precision code alone."""
    uncertainty_km: pa.Array
    """Kilometres; null where it depends on the province."""
    deaths: dict[str, pa.Array]
    """By DEATHS, int64."""
    actors: pa.ListArray
    words: pa.Array
    """What the dataset itself says of the event."""
    source_text: pa.Array
    source_url: pa.Array
    sources: pa.Array
    """How many sources are named, int32, at least 1."""
    status: Status = Status.REPORTED
    title: pa.Array | None = None
    """Where the file has titles of its own."""
    searched: tuple[pa.Array, ...] = ()
    """Further texts that a search looks through."""

    def with_places(self) -> Self:
        """Say of places that the file does not name that it does not."""
        return replace(self, place=self.place.fill_null(NO_PLACE))

    def filter(self, kept: pa.Array) -> Self:
        """Return only some of the rows."""
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        arrays = {name: column.filter(kept) for name, column in columns.items() if isinstance(column, pa.Array)}
        deaths = {name: column.filter(kept) for name, column in self.deaths.items()}
        return replace(self, **arrays, deaths=deaths, searched=tuple(texts.filter(kept) for texts in self.searched))


def lists(cells: Cells, fields: tuple[str, ...], *, between: str = ";") -> pa.ListArray:
    """Gather the names in several fields, each perhaps a list, without repetition; shape (rows,)."""
    texts = joined([cells.text(field) for field in fields], BETWEEN)

    def names(text: str | None) -> list[str]:
        parts = (text or "").replace(between, BETWEEN).split(BETWEEN)
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    return by_text(texts, names, pa.list_(pa.string()))


def number_of_names(texts: pa.Array, *, between: str = ";") -> pa.Array:
    """Count the names in lists, at least 1; shape (rows,), int32."""
    filled = pc.fill_null(texts, "")
    commas = pc.count_substring(filled, between)
    ends = pc.match_substring_regex(filled, f"{between}\\s*$")
    return pc.max_element_wise(pc.subtract(pc.add(commas, 1), ends.cast(pa.int32())), pa.scalar(1, pa.int32()))


def spread(days: pa.Array, precision: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return the first and last day that a date may mean: itself, the week around it within its year, or its month."""
    day = days.cast(pa.int32()).fill_null(0).to_numpy().astype("datetime64[D]")
    first, last = day.copy(), day.copy()
    week, month = (np.asarray(pc.equal(precision, code.value)) for code in (DatePrecision.WEEK, DatePrecision.MONTH))
    year = day[week].astype("datetime64[Y]")
    first[week] = np.maximum(day[week] - 3, year.astype("datetime64[D]"))
    last[week] = np.minimum(day[week] + 3, (year + 1).astype("datetime64[D]") - 1)
    months = day[month].astype("datetime64[M]")
    first[month], last[month] = months.astype("datetime64[D]"), (months + 1).astype("datetime64[D]") - 1
    missing = np.asarray(days.is_null())
    return tuple(pa.array(ends, pa.date32(), mask=missing) for ends in (first, last))
