"""Which column of a file holds which field, guessed or confirmed; and unused columns that may be missed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError

from geo.datasets.folder import DataFolder, changing, replace_file
from geo.imports.blocks import ROW
from geo.imports.fields.coordinates import WHOLE_KM, degrees, point
from geo.imports.fields.countries import country_named
from geo.imports.fields.counts import NO_FIGURE, people
from geo.imports.fields.days import ORDER_FIELD, DayOrder, dates_seen, read_dates
from geo.imports.fields.published_tables import table
from geo.imports.file_kind import FileKind, Recognised
from geo.incident.record import Record
from geo.incident.vocabulary import About
from geo.language.folding import fold
from geo.places.gazetteer import NO_PLACES, Gazetteer, NamedPlace

PLAIN_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {line["field"]: tuple(line["names"].split(";")) for line in table("plain_fields")}
)
"""Fields that a plain file can be mapped to, each with its known column names, the likeliest first."""
DATES: Final = ("date_start", "year")
"""Fields of which one is required, or no row can be an incident."""
PLACES: Final = (("country",), ("latitude", "longitude"), ("coordinates",), ("province",), ("place",))
"""Groups of fields of which one is required as well, unless the file has geometries."""

PARTS_OF_KILLED: Final = ("killed_civilians", "killed_soldiers", "killed_police", "killed_fighters")
"""Fields of people killed in disjoint groups."""

# What a column is likely to hold if its name is in no list.

_KILLED: Final = re.compile(
    r"\b(killed|kill|dead|deaths?|fatalit\w*|kia|tues?|morts?|getotete?|tote|muertos?|погиб\w*|убит\w*|кушта\w*)\b"
    r"|کشته|ہلاک|وژل|مړه|قتلى|شهدا"
)
_INJURED: Final = re.compile(
    r"\b(injur\w*|n?wound\w*|wia|verletzte[nr]?|verwundete[nr]?|blesse\w*|heridos?|yaralı|ранен\w*|мачрух\w*|захми\w*)\b"
    r"|زخمی|زخمیان|مجروح|جرحی|تپیان"
)
_CROSSED: Final = re.compile(
    r"\b((individuals?|people|persons?) (crossed|crossing|returned|deported)|crossed|returnees?|deportees?|ruckkehrer|"
    r"abgeschobene|rapatries|retornados|deportados|возвращенц\w*|депортирован\w*)\b"
    r"|عودت کنندگان|عودت کننده گان|بازگشت کنندگان|اخراج شدگان|راستنیدونکی"
)
"""Names of people who crossed; not of displaced or affected people, who may be anywhere, nor of families."""
_MAY_HAVE_CROSSED: Final = re.compile(
    r"\b(individuals|refugees|refugies|fluchtlinge|refugiados|беженц\w*)\b|پناهندگان|مهاجرین|لاجئین"
)
"""Names of people who crossed if the table is about crossings, as _OF_CROSSINGS tells."""
_OF_CROSSINGS: Final = re.compile(
    r"\bcross(ing|ed)\b|border point|\bbcp\b|\b(in|out)?flow\b|\breturn|deport|repatriat|ruckkehr|возвращ|пересеч|"
    r"عودت|عبور|گذرگاه"
)
_PEOPLE: Final = re.compile(
    rf"{_KILLED.pattern}|injur|wound|{_INJURED.pattern}|{_CROSSED.pattern}|{_MAY_HAVE_CROSSED.pattern}|"
    r"\b(in|out)flows?\b|casualt|victims?\b|losses|تلفات|жертв"
)
_NOT_KILLED: Final = re.compile(
    rf"injur|wound|{_INJURED.pattern}|date|cause|by$|\bname|source|note|female|male\b|\b(wo)?men\b|child|boys|girls|"
    r"minors|adults|\bper\b|rate|ratio|penalt|threat|cluster|or more|differ"
)
_GROUPS: Final = (
    ("killed_civilians", re.compile(r"civil|zivil|мирн|ملکی|غیرنظامی|шаҳрванд")),
    (
        "killed_soldiers",
        re.compile(r"soldier|militar|troop|army|security|forces|\bsfs?\b|soldat|солдат|военн|نظامی|عسکر"),
    ),
    ("killed_police", re.compile(r"polic|polizei|полиц|پولیس|پلیس")),
    (
        "killed_fighters",
        re.compile(r"militant|fighter|insurgent|terrorist|extremist|combatant|attacker|kämpfer|боевик|جنگجو"),
    ),
)
_DATE: Final = re.compile(r"\b(date|datum|fecha|дата|сана|tarih|day of|when)\b|تاریخ|نېټه|تاريخ")
_OTHER_DATE: Final = re.compile(
    r"publi|creat|submi|modif|updat|entry|entered|reported|report date|record|upload|interview|survey|today|export|"
    r"access|retriev|birth|death|added|received|download|scrap|version|pub date"
)
_LATITUDE: Final = re.compile(r"\b(lat|latitude|latitud|широта)\b|عرض")
_LONGITUDE: Final = re.compile(r"\b(lon|lng|long|longitude|longitud|долгота)\b|طول")
_PLACE: Final = re.compile(
    r"\b(x|y|coord\w*|location|gps|lat\w*|lon\w*|province|district|village|place|geo\w*)\b|محل|ولایت"
)


def _affected(what: str) -> re.Pattern[str]:
    return re.compile(rf"#affected(?=.*\+({what}))(\+({what}|total|all|num|ind))+$")


_HASHTAGS: Final = (
    ("date_start", re.compile(r"#date(\+(occurred|start|event|incident))?(\+|$)")),
    ("date_end", re.compile(r"#date\+end")),
    ("latitude", re.compile(r"#geo\+lat")),
    ("longitude", re.compile(r"#geo\+lon")),
    ("coordinates", re.compile(r"#geo\+(coord|point|wkt)")),
    ("country", re.compile(r"#country")),
    ("province", re.compile(r"#adm1(\+name)?(\+[a-z]{2})?$")),
    ("district", re.compile(r"#adm2(\+name)?(\+[a-z]{2})?$")),
    ("place", re.compile(r"#loc(\+name)?")),
    ("killed_civilians", re.compile(r"#affected.*\+killed.*\+civilians?|#affected.*\+civilians?.*\+killed")),
    ("killed", _affected("killed")),
    ("injured", _affected("injured|wounded")),
    ("crossed", _affected("crossed|returnees|deportees")),
    ("category", re.compile(r"#(event|cause)\+type")),
    ("id", re.compile(r"#(meta\+id|event\+(code|id))")),
    ("summary", re.compile(r"#(description|comment)")),
    ("actors", re.compile(r"#(org|group)")),
    ("source", re.compile(r"#meta\+source")),
)
_SAMPLE_SIZE: Final = 200
_MOSTLY: Final = 0.8
_HALF: Final = 0.5
_BARE_STARTS: Final = frozenset(("start", "begin", "from", "since", "von", "seit", "depuis", "desde"))
_STARTS: Final = _BARE_STARTS | {"date start", "start date", "begin date", "date from", "date début"}
_BARE_ENDS_OF_SPANS: Final = frozenset(("end", "until", "till", "to", "through", "bis", "hasta"))
"""May also be about a survey, or about where something went."""
_PART_NAMES: Final = ("year", "month", "day")


def guess_columns(sample: pa.Table) -> dict[str, str]:
    """Guess the columns of a file by field; each column is used once."""
    names = [name for name in sample.column_names if name != ROW]
    bare = _BARE_STARTS | _BARE_ENDS_OF_SPANS
    guessed = _by_name([name for name in names if plain_words(name) not in bare or _mostly(sample, name, _is_day)])
    guessed = _without_what_does_not_fit(guessed, sample)
    if plain_words(guessed.get("date_start", "")) in _WEAK_DATES:
        guessed |= _better_date(names, sample)
    for field, guess in _COLUMN_TESTS.items():
        if field not in guessed and not (field == "date_start" and "year" in guessed):
            left = [name for name in names if name not in guessed.values()]
            found = next((name for name in left if guess(name, sample)), None)
            if found is not None:
                guessed[field] = found
    if "crossed" not in guessed:
        guessed |= _crossed_column([name for name in names if name not in guessed.values()], sample)
    if plain_words(guessed.get("date_end", "")) in _BARE_ENDS_OF_SPANS and not _ends_a_span(guessed, names):
        del guessed["date_end"]
    guessed = _without_bare_ends(guessed)
    return {field: guessed[field] for field in PLAIN_FIELDS if field in guessed}


def _ends_a_span(guessed: Mapping[str, str], names: Sequence[str]) -> bool:
    """Tell whether a column called End belongs to the date, and not to the Start of a survey."""
    if plain_words(guessed.get("date_start", "start")) in _STARTS:
        return True
    words = {plain_words(name) for name in names}
    return words.isdisjoint(_STARTS | _SURVEYED)


_WEAK_DATES: Final = frozenset(("start", "begin", "day", "when", "date time", "datetime", "data", "date"))
"""Names that may also be about when a form was filled in."""
_SURVEYED: Final = frozenset(("uuid", "submission time", "instanceid", "meta instanceid", "formhub uuid", "today"))
_OF_INCIDENT: Final = re.compile(
    r"inciden|event|attack|occur|happen|strike|clash|crossing|инцидент|событи|حادثه|واقعه|پېښ"
)


def _better_date(names: Sequence[str], sample: pa.Table) -> dict[str, str]:
    """Return a column that is more clearly the date of the incident than one of _WEAK_DATES."""
    surveyed = any(plain_words(name) in _SURVEYED for name in names)
    for name in names:
        words = plain_words(name)
        named = _DATE.search(words) and (_OF_INCIDENT.search(words) or surveyed)
        if named and words not in _WEAK_DATES and _is_date_column(name, sample):
            return {"date_start": name}
    return {}


def _without_bare_ends(guessed: Mapping[str, str]) -> dict[str, str]:
    """Leave out columns called low and high, or best alone, without clearer figures: they may be about anything."""
    bare = {field for field in _ENDS if field in guessed and plain_words(guessed[field]) in _BARE_ENDS}
    alone = bare == {*_ENDS} & guessed.keys() and not ("killed" in bare and len(bare) > 1)
    return {field: column for field, column in guessed.items() if not (alone and field in bare)}


_ENDS: Final = ("killed", "killed_low", "killed_high")
_BARE_ENDS: Final = frozenset(("best", "low", "high"))


def _by_name(names: Sequence[str]) -> dict[str, str]:
    """Match column names with those of PLAIN_FIELDS, and HXL hashtags with fields."""
    named = {_key(name): name for name in reversed(names)} | {plain_words(name): name for name in reversed(names)}
    known = {spelling: field for field, spellings in PLAIN_FIELDS.items() for spelling in map(plain_words, spellings)}
    parts = {field: named[word] for word, field in known.items() if field in _PART_NAMES and word in named}
    guessed: dict[str, str] = {}
    for field, spellings in PLAIN_FIELDS.items():
        for spelling in map(plain_words, spellings):
            column = named.get(spelling)
            if column is None or column in guessed.values():
                continue
            if field == "date_start" and column == parts.get("day") and "month" in parts:
                continue
            guessed[field] = column
            break
    for field, tag in _HASHTAGS:
        tagged = next((name for name in names if tag.match(name) and name not in guessed.values()), None)
        if tagged is not None:
            guessed.setdefault(field, tagged)
    if "date_start" in guessed:
        guessed = {field: column for field, column in guessed.items() if field not in _PART_NAMES}
    return guessed


def _without_what_does_not_fit(guessed: Mapping[str, str], sample: pa.Table) -> dict[str, str]:
    """Use a place column that contains points as coordinates, and leave out coordinates that are none."""
    found = dict(guessed)
    if "coordinates" not in found and "latitude" not in found:
        for field in ("place", "district"):
            if field in found and _mostly(sample, found[field], _is_point):
                found["coordinates"] = found.pop(field)
                break
    for field, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if field in found and other not in found and plain_words(found[field]) in {"x", "y"}:
            del found[field]
    if "coordinates" in found and not _mostly(sample, found["coordinates"], _is_point, least=_HALF):
        del found["coordinates"]
    if "crossed" in found and not _is_of_people(found["crossed"], sample, About.CROSSED):
        del found["crossed"]
    return found


def _is_point(text: str) -> bool:
    return point(text).value is not None


def _is_point_there(text: str) -> bool:
    """Tell whether a text is a point in or near the region; “1/3” is one elsewhere, “34, 69” may be anything."""
    found = point(text).value
    return found is not None and found.within_km < WHOLE_KM and 20 <= found.lat <= 45 and 55 <= found.lon <= 85  # noqa: PLR2004  # degrees


def _mostly(sample: pa.Table, column: str, fits: Callable[[str], bool], *, least: float = _MOSTLY) -> bool:
    """Tell whether most values of a column fit; never for a column without values."""
    values = [text for text in pc.unique(sample[column]).slice(0, _SAMPLE_SIZE).to_pylist() if text and text.strip()]
    return bool(values) and sum(map(fits, values)) >= least * len(values)


def _is_day(text: str) -> bool:
    read = read_dates(text)
    return not read.fault and not text.strip().isdecimal() and not _YEAR_AND_NUMBER.fullmatch(text.strip())


_YEAR_AND_NUMBER: Final = re.compile(r"\d{4}\s*[-/.]\s*\d{1,3}")
"""May be a month, a day of the year, or a case number."""


def _is_date_column(name: str, sample: pa.Table) -> bool:
    words = plain_words(name)
    return not _OTHER_DATE.search(words) and _mostly(sample, name, _is_day) and not words.startswith("time ")


def _is_all(form: re.Pattern[str], about: About) -> Callable[[str, pa.Table], bool]:
    """Return a test for columns of figures for all people of a measure, whose names match `form`."""

    def fits(name: str, sample: pa.Table) -> bool:
        words = plain_words(name)
        whole = form.search(words) and _OF_ALL.issuperset(form.sub(" ", words).split())
        return bool(whole) and _is_of_people(name, sample, about)

    return fits


def _crossed_column(names: Sequence[str], sample: pa.Table) -> dict[str, str]:
    """Return the column of all people who crossed; of several, the only one called a total, or none.

    A column of individuals or refugees counts only if another column is about crossings.
    """
    of_crossings = any(_OF_CROSSINGS.search(plain_words(name)) for name in sample.column_names)
    forms = (_CROSSED, _MAY_HAVE_CROSSED) if of_crossings else (_CROSSED,)
    fitting = [name for name in names if any(_is_all(form, About.CROSSED)(name, sample) for form in forms)]
    if len(fitting) > 1:
        fitting = [name for name in fitting if _TOTAL.search(plain_words(name))]
    return {"crossed": fitting[0]} if len(fitting) == 1 else {}


_TOTAL: Final = re.compile(r"\b(total|totals|all|altogether|sum|gesamt|insgesamt|всего)\b|مجموع")


_OF_ALL: Final = frozenset(
    """a all altogether amount confirmed count der des die total totals number numbers no nr num n of the people persons
    individual individuals person humans in reported sum est estimated zahl anzahl nombre de des le les numero número
    total gesamt insgesamt людей человек число всего количество تعداد نفر شمار عدد مجموع incident event""".split()  # noqa: SIM905  # long lists read better as text
)
"""Words with which a column of killed is still about all of them; others may limit it to one side."""


def _is_of_people(name: str, sample: pa.Table, about: About = About.KILLED) -> bool:
    """Tell whether at least half of a column's values are numbers of people of a measure."""
    return _mostly(sample, name, lambda text: people(text, about).value != NO_FIGURE, least=_HALF)


def _is_part(group: re.Pattern[str]) -> Callable[[str, pa.Table], bool]:
    def fits(name: str, sample: pa.Table) -> bool:
        words = plain_words(name)
        about = _KILLED.search(words) and group.search(words) and not _NOT_KILLED.search(words)
        return bool(about) and _is_of_people(name, sample)

    return fits


def _parts_left(columns: Mapping[str, str], sample: pa.Table) -> tuple[str, ...]:
    """Return the columns of figures of people killed that are not mapped to a field."""
    left = [name for name in sample.column_names if name != ROW and name not in columns.values()]
    about = [name for name in left if _KILLED.search(words := plain_words(name)) and not _NOT_KILLED.search(words)]
    return tuple(name for name in about if _is_of_people(name, sample))


def _is_coordinate(within: tuple[float, float], named: re.Pattern[str]) -> Callable[[str, pa.Table], bool]:
    def fits(name: str, sample: pa.Table) -> bool:
        def lies_there(text: str) -> bool:
            read = degrees(text)
            return not read.fault and within[0] <= read.value <= within[1] and "." in text

        return _mostly(sample, name, lies_there) and (
            bool(named.search(plain_words(name))) or name.startswith("column ")
        )

    return fits


def _is_country_column(name: str, sample: pa.Table) -> bool:
    if _NOT_OF_PLACES.search(plain_words(name)):
        return False
    return _mostly(sample, name, lambda text: not text.strip().isdecimal() and country_named(text) is not None)


_NOT_OF_PLACES: Final = re.compile(
    r"nationalit|citizen|ethnic|origin|target|victim|perpetrat|attacker|accus|blame|suspect|claim|actor|side|party|group|"
    r"registr|residen|source|publi|media|outlet|report|donor|funder|author|flow|direction|movement"
)
"""Words in names of columns whose countries are of people, publications or directions, not places: a flow “in” is not
of India."""


_COLUMN_TESTS: Final[Mapping[str, Callable[[str, pa.Table], bool]]] = MappingProxyType(
    {
        "date_start": _is_date_column,
        "coordinates": lambda name, sample: _mostly(sample, name, _is_point_there),
        "latitude": _is_coordinate((23.0, 42.0), _LATITUDE),
        "longitude": _is_coordinate((60.0, 80.0), _LONGITUDE),
        "country": _is_country_column,
        **{field: _is_part(group) for field, group in _GROUPS},
        "killed": _is_all(_KILLED, About.KILLED),
        "injured": _is_all(_INJURED, About.INJURED),
    }
)
"""Tests by name and values of a column for fields that were not found by name."""


def lacking(columns: Iterable[str], *, placed: bool) -> tuple[str, ...]:
    """Return the required fields of which none is mapped, dates before places; `placed` if there are geometries.

    >>> lacking(["date_start", "country"], placed=False), lacking(["country"], placed=False)
    ((), ('date_start', 'year'))
    """
    given = set(columns)
    if not given.intersection(DATES):
        return DATES
    if placed or any(given.issuperset(group) for group in PLACES):
        return ()
    return tuple(field for group in PLACES for field in group)


def may_be_missed(name: str) -> str | None:
    """Return what an unused column seems to hold: people, dates or places; None for anything else.

    >>> may_be_missed("Total killed"), may_be_missed("Y_COORD"), may_be_missed("colour")
    ('people', 'places', None)
    """
    words = plain_words(name)
    for what, form in (("people", _PEOPLE), ("dates", _DATE), ("places", _PLACE)):
        if form.search(words):
            return what
    return None


def _key(name: str) -> str:
    """Normalise a column's name for lookup: its words without articles, and the last part of nested names.

    >>> _key("g1/incident_date"), _key("Date of the incident"), _key("Where: Province"), _key("Killed/Injured")
    ('incident date', 'date of incident', 'province', 'killed injured')
    """
    *above, last = re.split(r"/|:\s", name)
    both = above and any(form.fullmatch(plain_words(above[-1])) for form in (_KILLED, _INJURED))
    words = plain_words(name if both else last).split()
    return " ".join(word for word in words if word not in {"the", "a", "an"})


_MAX_NAME: Final = 500


def plain_words(name: str) -> str:
    """Split the first 500 characters of a column's name into words, in lower case.

    >>> plain_words("EventDate"), plain_words("killed_low"), plain_words("Killed: Civilians")
    ('event date', 'killed low', 'killed civilians')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:_MAX_NAME])
    return " ".join(fold(re.sub(r"[\W_]+", " ", spaced)).split())


# Confirmed mappings, kept for the next file with the same columns.

MAPPINGS_FILE: Final = "mappings.json"
"""In the folder of datasets, beside them."""

_MAX_MAPPINGS: Final = 200
"""Largest number of mappings kept; the oldest are dropped."""


class _ConfirmedMapping(Record):
    """A mapping, and the columns of the file it was confirmed for."""

    columns: tuple[str, ...]
    """In alphabetical order, so that the order in the file does not matter."""
    mapping: dict[str, str]
    """Column by field."""


_ALL: Final = TypeAdapter(tuple[_ConfirmedMapping, ...])


def kept_mapping(folder: DataFolder, columns: Iterable[str]) -> dict[str, str] | None:
    """Return the columns by field confirmed for a file with these columns; None if there are none."""
    wanted = tuple(sorted(columns))
    return next((kept.mapping for kept in _read(folder) if kept.columns == wanted), None)


def keep_mapping(folder: DataFolder, columns: Iterable[str], mapping: Mapping[str, str]) -> None:
    """Keep the columns by field of a file with these columns, replacing an earlier mapping.

    Raises DatasetBusyError if somebody else keeps the folder locked for too long.
    """
    new = _ConfirmedMapping(columns=tuple(sorted(columns)), mapping=dict(mapping))
    with changing(folder.path):
        others = [kept for kept in _read(folder) if kept.columns != new.columns]
        content = _ALL.dump_json((*others, new)[-_MAX_MAPPINGS:], indent=1)
        replace_file(folder.path / MAPPINGS_FILE, content.decode() + "\n")


def _read(folder: DataFolder) -> tuple[_ConfirmedMapping, ...]:
    """Return all mappings, oldest first; none if the file is invalid, since mappings can be guessed again."""
    with suppress(OSError, ValidationError):
        return _ALL.validate_json((folder.path / MAPPINGS_FILE).read_bytes())
    return ()


# The plan of an import: the kind of file, its columns by field, and options.

_MAX_ID_LENGTH: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that mapping a block needs besides its rows; small and picklable, so it can be sent to a worker."""

    kind: FileKind
    dataset: str
    """Id of the dataset, a slug."""
    source_version: str | None
    retrieved_at: datetime
    """When the file was fetched from its publisher; aware."""
    columns: Mapping[str, str]
    """Column of the file by field: the publisher's own column names, or for plain files those of PLAIN_FIELDS."""
    day_first: bool = True
    """Whether 03/04/2025 is 3 April."""
    order: DayOrder | None = None
    """The order of day and month as stated by the user; None if it was detected."""
    point: tuple[str, str] | None = None
    """Columns of longitude and latitude made from the file's geometries, which take precedence over others."""
    by_name: bool = False
    """Whether rows without a point are placed by name."""
    parts_left: tuple[str, ...] = ()
    """Columns of people killed not mapped to a field, if figures of groups are added up for want of a total."""
    gazetteer: Gazetteer = NO_PLACES
    """Places looked up before those that come with the program."""

    @property
    def mapping(self) -> dict[str, str]:
        """The mapping to keep for the next file with the same columns."""
        return {**self.columns, **({ORDER_FIELD: self.order.value} if self.order else {})}


def make_plan(  # noqa: PLR0913  # options of an import
    recognised: Recognised,
    *,
    retrieved_at: datetime,
    sample: pa.Table,
    dataset: str | None = None,
    mapping: Mapping[str, str] | None = None,
    point: tuple[str, str] | None = None,
    by_name: bool = False,
    gazetteer: tuple[NamedPlace, ...] = (),
) -> Plan:
    """Plan the import of a file.

    Parameters
    ----------
    recognised
        What the file was recognised as.
    retrieved_at
        When the file was fetched; aware.
    sample
        Its first rows, which tell whether days or months come first in its dates.
    dataset
        Id, or a name to make one from; the code of the kind of file if None.
    mapping
        Columns by field: override recognised ones, and in a plain file replace the guess; may also have a DayOrder
        under ORDER_FIELD, for ambiguous dates.
    point
        Columns of longitude and latitude made from the file's geometries.
    by_name, gazetteer
        Whether rows without a point are placed by name, and places to look up first.

    """
    guessed = guess_columns(sample) if recognised.kind.plain and mapping is None else recognised.columns
    columns = {**guessed, **(mapping or {})}
    said = columns.pop(ORDER_FIELD, None)
    order = DayOrder(said) if said else None
    adds_up = recognised.kind.plain and "killed" not in columns and any(part in columns for part in PARTS_OF_KILLED)
    return Plan(
        kind=recognised.kind,
        dataset=re.sub(r"[^a-z0-9]+", "-", (dataset or "").lower())[:_MAX_ID_LENGTH].strip("-") or recognised.kind.code,
        source_version=recognised.version,
        retrieved_at=retrieved_at,
        columns=columns,
        day_first=(order or dates_seen(sample, columns, recognised.kind.date_fields).order) is DayOrder.DAY_MONTH,
        order=order,
        point=None if point == (columns.get("latitude"), columns.get("longitude")) else point,
        by_name=by_name,
        parts_left=_parts_left(columns, sample) if adds_up else (),
        gazetteer=Gazetteer(gazetteer),
    )
