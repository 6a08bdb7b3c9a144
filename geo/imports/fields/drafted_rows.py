"""The cells of a block by field, and drafts of its rows, not yet checked against the boundaries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self, TypeAlias

import ftfy
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.datasets.dataset import PEOPLE_COLUMNS, Deaths
from geo.imports.blocks import ROW, Block
from geo.imports.fields.cell_values import Ledger, Places, Repair, by_text, joined, read_column, shown
from geo.imports.fields.column_mapping import Plan
from geo.imports.fields.coordinates import DEGREES
from geo.imports.fields.countries import country_named
from geo.imports.fields.counts import CODE, IDENTIFIER, KILOMETRES, People, read_people
from geo.imports.fields.days import Dates, dates_of_parts, read_dates_column
from geo.imports.fields.published_tables import UNCLASSIFIED, What, dates_by_code, places_by_code
from geo.incident.vocabulary import About, DatePrecision, Status
from geo.language.messages import say

# The cells of a block by field, cleaned of what keyboards, spreadsheets and wrong encodings left in them.

MISSING: Final = ("", "-", "NA", "N/A", "n/a", "NULL", "null", "None", "NaN", "nan", "#N/A")
"""Texts that files write for missing values."""
_LETTER_OR_DIGIT: Final = r"[\pL\pN]"
"""Without one, an identifier could not tell rows apart."""

_STRAY: Final = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{00A0}\x{00AD}\x{061C}\x{180E}\x{200B}\x{200E}\x{200F}\x{202A}-\x{202F}"
    r"\x{2060}-\x{2064}\x{2066}-\x{206F}\x{FEFF}\x{FFF9}-\x{FFFB}]"
)
"""Control characters, direction marks, and special or invisible spaces; the joiners of Persian words stay."""
_ESCAPE_SEQUENCE: Final = r"\x1B\[[0-?]*[ -/]*[@-~]?|\x1B\][^\x07\x1B]*(?:\x07|\x1B\\)"
"""Terminal escape sequences for colours and window titles, which would be text without their first character."""
_SPACES: Final = r"[\x1f\x{00A0}\x{202F}]"
"""Stray characters that separate words, and become spaces."""
_GARBLED: Final = r"[ÂÃÄÅÎÏÐÑØÙÚÛâ][\x{0080}-\x{00BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ØÙÚÛ][^\x00-\x7F]"
"""Letters that UTF-8 turns into when it is read as Windows-1252."""


GEOMETRY: Final = ("geometry longitude", "geometry latitude")
"""Fields of the columns that are made from a file's geometries."""


_Countries: TypeAlias = pa.Array | Callable[[], pa.Array] | None
"""Country codes, or a function that returns them, called only if needed."""


class Cells:
    """The readable rows of a block, by field; repairs and faults go to the ledger."""

    def __init__(self, block: Block, plan: Plan, ledger: Ledger) -> None:
        self.rows = block.table.num_rows
        self.ledger = ledger
        self._table = block.table
        self._columns = {**plan.columns, **dict(zip(GEOMETRY, plan.point or (), strict=False))}
        self.by_name, self.gazetteer = plan.by_name, plan.gazetteer
        self.geometry_km = np.zeros(self.rows)
        """Radius of the shapes that points stand for, shape (rows,); 0 for points."""
        self.geometry_country: pa.Array | None = None
        """Country codes of areas that no point stands for, SEVERAL if in more than one; None without any."""
        shapes = [one for one in block.repaired if one.within_km or one.country]
        at = np.searchsorted(block.table[ROW], [one.row for one in shapes])
        self.geometry_km[at] = [one.within_km for one in shapes]
        if any(one.country for one in shapes):
            countries = np.full(self.rows, None, object)
            countries[at] = [one.country or None for one in shapes]
            self.geometry_country = pa.array(countries, pa.string())
        self.parts_left = plan.parts_left
        self._day_first = plan.day_first
        self._texts: dict[str, pa.Array] = {}
        self._countries: dict[str, pa.Array] = {}

    def has(self, field: str) -> bool:
        """Tell whether the file has a column for a field."""
        return self._columns.get(field) in self._table.column_names

    def column(self, field: str) -> str:
        """Return the file's name for a field, or "" if it has no column for it."""
        return self._columns.get(field, "") if self.has(field) else ""

    def text(self, field: str) -> pa.Array:
        """Return texts, repaired and trimmed, shape (rows,); null if a cell is empty or the column missing."""
        if field not in self._texts:
            self._texts[field] = self._read(field)
        return self._texts[field]

    def countries(self, field: str) -> pa.Array:
        """Return the codes of the countries that a field names, shape (rows,); null unless it names exactly one."""
        if field not in self._countries:
            self._countries[field] = by_text(self.text(field), country_named, pa.string())
        return self._countries[field]

    def left_out(self, column: str) -> pa.Array:
        """Return the texts of a column that is not mapped to a field, stripped of white space; shape (rows,)."""
        return pc.utf8_trim_whitespace(self._table[column].combine_chunks())

    def first(self, fields: Sequence[str]) -> pa.Array:
        """Return each row's text in the first of the fields that has one."""
        return pc.coalesce(*(self.text(field) for field in fields))

    def people(self, field: str, about: About = About.KILLED) -> People:
        """Return numbers of people of a measure; texts without a figure reject no row."""
        return read_people(self.text(field), about=about, field=field, ledger=self.ledger)

    def codes(self, field: str) -> pa.Array:
        """Return precision codes; null for anything else."""
        return read_column(self.text(field), CODE, field=field, ledger=self.ledger)

    def identifiers(self, *fields: str) -> pa.Array:
        """Return each row's identifier in the first of the fields that has one; null without a letter or digit."""
        given = read_column(self.first(fields), IDENTIFIER, field=fields[0], ledger=self.ledger)
        return pc.if_else(pc.match_substring_regex(given, _LETTER_OR_DIGIT), given, None)

    def kilometres(self, field: str) -> pa.Array:
        """Return radii, km."""
        return read_column(self.text(field), KILOMETRES, field=field, ledger=self.ledger)

    def degrees(self, field: str) -> pa.Array:
        """Return coordinates, degrees, not yet checked against the globe."""
        return read_column(self.text(field), DEGREES, field=field, ledger=self.ledger)

    def days(self, field: str, country: _Countries = None) -> pa.Array:
        """Return days; times with an offset from UTC are turned into the local day of the country."""
        return self._dates(field, country, only_days=True).start

    def dates(self, field: str, country: _Countries = None) -> Dates:
        """Return the first and last day that dates may mean, and their precision."""
        return self._dates(field, country, only_days=False)

    def _dates(self, field: str, country: _Countries, *, only_days: bool) -> Dates:
        given: dict[str, Any] = {"field": field, "ledger": self.ledger, "country": country, "only_days": only_days}
        return read_dates_column(self.text(field), day_first=self._day_first, **given)

    def dates_of_parts(self, year: str, month: str, day: str) -> Dates:
        """Return dates from three columns; a month or day that is 0 or missing is not known."""
        parts = (self.text(field) for field in (year, month, day))
        return dates_of_parts(*parts, field=year, ledger=self.ledger)

    def _read(self, field: str) -> pa.Array:
        if not self.has(field):
            return pa.nulls(self.rows, pa.string())
        cells = self._table[self._columns[field]].combine_chunks()
        if not _is_plain(cells):
            cells = self._without_strays(cells, field)
            if not pc.all(pc.string_is_ascii(cells)).as_py():
                cells = self._recoded(cells, field)
        trimmed = pc.utf8_trim_whitespace(cells)
        missing = pc.is_in(trimmed, value_set=pa.array(MISSING))
        return pc.if_else(missing, pa.scalar(None, pa.string()), trimmed)

    def _without_strays(self, cells: pa.Array, field: str) -> pa.Array:
        at = np.flatnonzero(pc.match_substring_regex(cells, _STRAY))
        if not len(at):
            return cells
        self.ledger.repair(Repair.STRAY_CHARACTERS, at, f"{field}: {Repair.STRAY_CHARACTERS.words}")
        texts = pc.replace_substring_regex(pc.replace_substring_regex(cells, _ESCAPE_SEQUENCE, ""), _SPACES, " ")
        return pc.replace_substring_regex(texts, _STRAY, "")

    def _recoded(self, cells: pa.Array, field: str) -> pa.Array:
        suspect = pc.match_substring_regex(cells, _GARBLED)
        encoded = cells.filter(suspect).dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        fixed = [ftfy.fix_encoding(text) for text in texts]
        changed = np.array([new != old for new, old in zip(fixed, texts, strict=True)], bool)[encoded.indices]
        said = [f"{field}: {Repair.MOJIBAKE.words}: {shown(text)}" for text in fixed]
        at = np.flatnonzero(suspect)[changed]
        self.ledger.repair(Repair.MOJIBAKE, at, pa.array(said, pa.string()).take(encoded.indices.filter(changed)))
        return pc.replace_with_mask(cells, suspect, pa.array(fixed, pa.string()).take(encoded.indices))


_PLAIN_BYTES: Final = np.zeros(256, bool)
_PLAIN_BYTES[[*b"\t\n\r", *range(0x20, 0x80)]] = True


def _is_plain(cells: pa.Array) -> bool:
    """Tell whether texts are ASCII without control characters, from all their bytes at once, which is fast."""
    _, ends, held = cells.buffers()
    if not len(cells) or held is None:
        return True
    offsets = np.frombuffer(ends, np.int32)[cells.offset : cells.offset + len(cells) + 1]
    text = np.frombuffer(held, np.uint8)[offsets[0] : offsets[-1]]
    return not ((text < 0x20) | (text >= 0x80)).any() or bool(_PLAIN_BYTES[text].all())  # noqa: PLR2004  # of ASCII


# Columns of codes, looked up in the published tables.


def places_coded(cells: Cells, dataset: str, field: str, *, missing: int) -> tuple[pa.Array, pa.Array]:
    """Return location precision and radius, km, by a column of precision codes.

    `missing` is the code assumed for cells with none or an unknown one, which is noted as a repair.
    """
    meanings = places_by_code(dataset, field)
    words = {code: place.precision.value for code, place in meanings.items()}
    at = _codes(cells, field, words, missing=missing)
    return _looked_up(at, list(words.values()), pa.string()), _looked_up(
        at, [place.uncertainty_km for place in meanings.values()], pa.float64()
    )


def dates_coded(cells: Cells, dataset: str, field: str, *, missing: int) -> pa.Array:
    """Return date precision by a column of precision codes; see `places_coded`."""
    words = {code: date.value for code, date in dates_by_code(dataset, field).items()}
    return _looked_up(_codes(cells, field, words, missing=missing), list(words.values()), pa.string())


def kinds(keys: pa.Array, known: Mapping[str, What], cells: Cells, field: str) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return category, subtype and words by keys of shape (rows,); unknown keys are unclassified, and noted."""
    encoded = keys.dictionary_encode(null_encoding="encode")
    found = [known.get(key or "") for key in encoded.dictionary.to_pylist()]
    at = np.asarray(encoded.indices)
    unknown = np.array([what is None for what in found], bool)[at]
    cells.ledger.repair(Repair.KIND_UNKNOWN, np.flatnonzero(unknown), f"{field}: {Repair.KIND_UNKNOWN.words}")
    whats = [what or UNCLASSIFIED for what in found]
    return (
        _looked_up(at, [what.category.value for what in whats], pa.string()),
        _looked_up(at, [what.subtype.value for what in whats], pa.string()),
        _looked_up(at, [what.words for what in whats], pa.string()),
    )


def _codes(cells: Cells, field: str, words: Mapping[int, str], *, missing: int) -> Places:
    """Return each row's position among the codes of a table."""
    codes = np.asarray(cells.codes(field).fill_null(-1))
    known = np.array(list(words))
    order = np.argsort(known)
    at = order[np.clip(np.searchsorted(known[order], codes), 0, len(known) - 1)]
    unknown = known[at] != codes
    said = f"{field}: {Repair.PRECISION_MISSING.words}: {words[missing]}"
    cells.ledger.repair(Repair.PRECISION_MISSING, np.flatnonzero(unknown), said)
    return np.where(unknown, list(words).index(missing), at)


def _looked_up(at: Places, meanings: Sequence[Any], kind: pa.DataType) -> pa.Array:
    return pa.array(meanings, kind).take(pa.array(at))


# Drafts of a dataset's rows, not yet checked against the boundaries.

NO_PLACE: Final = say("place-not-named")
BETWEEN: Final = "\x1f"
"""Separator of texts that are looked up together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Columns of one block, each of shape (rows,); text unless noted otherwise, null if the dataset has no value."""

    source_id: pa.Array
    category: pa.Array
    subtype: pa.Array
    kind_words: pa.Array
    """Name of the kind in a title."""
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
    """Degrees, not yet checked against the globe."""
    lat: pa.Array
    precision: pa.Array
    """Location precision, by the precision code alone."""
    uncertainty_km: pa.Array
    """Kilometres; null where it depends on the province."""
    people: dict[str, pa.Array]
    """By PEOPLE_COLUMNS, int64."""
    actors: pa.ListArray
    words: pa.Array
    """The dataset's own description of the event."""
    source_text: pa.Array
    source_url: pa.Array
    sources: pa.Array
    """How many sources are named, int32, at least 1."""
    status: Status = Status.REPORTED
    title: pa.Array | None = None
    """If the file has titles of its own."""
    summary: pa.Array | None = None
    """If the file has summaries that are used as they are, not quoted."""
    statuses: pa.Array | None = None
    """Codes of Status, if rows have their own."""
    event_group: pa.Array | None = None
    provinces_stated: bool = False
    """Whether a row that names no province has none, rather than the one in which its point lies."""
    searched: tuple[pa.Array, ...] = ()
    """Further texts that a search looks through."""

    def with_places(self) -> Self:
        """Fill in missing place names with a text that says so."""
        return replace(self, place=self.place.fill_null(NO_PLACE))

    def filter(self, kept: pa.Array) -> Self:
        """Return only some of the rows."""
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        arrays = {name: column.filter(kept) for name, column in columns.items() if isinstance(column, pa.Array)}
        people = {name: column.filter(kept) for name, column in self.people.items()}
        return replace(self, **arrays, people=people, searched=tuple(texts.filter(kept) for texts in self.searched))


def people_columns(found: Mapping[About, People], **parts: pa.Array) -> dict[str, pa.Array]:
    """Return the columns by PEOPLE_COLUMNS, from figures by measure, killed at least, and known parts of the killed."""
    unknown = pa.nulls(len(found[About.KILLED].low), pa.int64())
    ends = {f"{about}_{end}": getattr(people, end) for about, people in found.items() for end in ("low", "high")}
    return {**dict.fromkeys(PEOPLE_COLUMNS, unknown), **ends, "killed_best": found[About.KILLED].best, **parts}


def lists(cells: Cells, fields: tuple[str, ...], *, between: str = ";") -> pa.ListArray:
    """Collect the names in several fields, each possibly a list, without repetition; shape (rows,)."""
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


# The outcome of a block: kept, repaired and rejected rows, which together are all of its rows.


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a block's rows; `accepted + repaired + rejected.num_rows` is always their number."""

    accepted: int
    """Kept rows in which nothing had to be repaired."""
    repaired: int
    """Kept rows in which something was repaired."""
    rejected: pa.Table
    """REJECTED_SCHEMA, then `values`, the original cells of the row; null if the row could not be read."""
    repairs: Mapping[Repair, int]
    """Kept rows by kind of repair; a row with two kinds counts in both."""
    flags: Mapping[str, int]
    """Kept rows by flag."""
    counts: Mapping[str, Mapping[str, int]]
    """Rows by topic and value, such as the countries of rows rejected as outside."""
    sums: Deaths
    """Deaths in the kept rows."""
    rejected_sums: Deaths
    """Deaths in the rejected rows, as far as their figures can be read."""
    figures: int
    """Kept rows that give a figure of people killed."""
    rejected_figures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedBlock(Outcome):
    """One block's rows as incidents, and what became of all of them."""

    rows: pa.Table
    """IMPORT_SCHEMA, then `raw` and `geometry`, in the order of the file."""


REJECTED_SCHEMA: Final = pa.schema(
    [("row", pa.int64()), ("field", pa.string()), ("raw", pa.string()), ("reason", pa.string())]
)
"""Number of the row in the file, the column at fault, its text, and the reason for rejecting the row."""


# Rejected rows, each in full, with the column at fault, its text and the reason.


def rejected_rows(block: Block, plan: Plan, ledger: Ledger) -> pa.Table:
    """Return the rejected rows, including those that could not be read, in the order of the file."""
    raw, numbers = block.table.drop_columns([ROW]), block.table[ROW].combine_chunks()
    at, field, reason = ledger.faults()
    column = by_text(field, lambda name: column_of(str(name), plan), pa.string())
    values = as_struct(raw).take(pa.array(at))
    found = pa.table(
        [numbers.take(pa.array(at)), column, _texts_at_fault(raw, at, column), reason, values],
        [*REJECTED_SCHEMA.names, "values"],
    )
    if not block.malformed:
        return found
    unread = [{"row": m.row, "field": "", "raw": m.raw_text, "reason": m.reason} for m in block.malformed]
    lost = pa.Table.from_pylist(unread, REJECTED_SCHEMA).append_column("values", pa.nulls(len(unread), values.type))
    return pa.concat_tables([found, lost]).sort_by("row")


def column_of(field: str, plan: Plan) -> str:
    """Return the file's name for a field, or the field's own if no column holds it."""
    return plan.columns.get(plan.kind.called.get(field, field), field)


def _texts_at_fault(raw: pa.Table, at: Places, columns: pa.Array) -> pa.Array:
    """Return the cells of the columns named, one per row; "" if the file has no such column."""
    texts = pa.repeat(pa.scalar(""), len(at))
    for column in set(columns.to_pylist()) & set(raw.column_names):
        texts = pc.if_else(pc.equal(columns, column), raw[column].combine_chunks().take(pa.array(at)), texts)
    return texts


def as_struct(raw: pa.Table) -> pa.StructArray:
    """Return the rows of a table as one column of structs."""
    columns = [column.combine_chunks() for column in raw.columns]
    return pa.StructArray.from_arrays(columns, raw.column_names) if columns else pa.array([{}] * raw.num_rows)
