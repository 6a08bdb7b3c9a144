"""Which column of a plain file holds what: guessed from names and values, and what of the rest may be missed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.blocks import ROW
from geo.imports.fields.coordinates import WHOLE_KM, degrees, point
from geo.imports.fields.countries import country_named
from geo.imports.fields.counts import people
from geo.imports.fields.days import read_dates
from geo.imports.fields.published_tables import table
from geo.language.folding import fold

PLAIN_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {line["field"]: tuple(line["names"].split(";")) for line in table("plain_fields")}
)
"""Fields that a plain file can be mapped to, each with the column names that are taken for it, the likeliest first."""
DATES: Final = ("date_start", "year")
"""One of these is needed, or no row can be an incident."""
PLACES: Final = (("country",), ("latitude", "longitude"), ("coordinates",), ("province",), ("place",))
"""One group of these is needed as well; a file with geometries needs none."""

PARTS_OF_KILLED: Final = ("killed_civilians", "killed_soldiers", "killed_police", "killed_fighters")
"""Fields of groups of people of which nobody is in two."""

# What a column is likely to hold where its name is in no list.

_KILLED: Final = re.compile(
    r"\b(killed|kill|dead|deaths?|fatalit\w*|kia|tues?|morts?|getotete?|tote|muertos?|погиб\w*|убит\w*|кушта\w*)\b"
    r"|کشته|ہلاک|وژل|مړه|قتلى|شهدا"
)
_PEOPLE: Final = re.compile(rf"{_KILLED.pattern}|casualt|victims?\b|losses|تلفات|жертв")
_NOT_KILLED: Final = re.compile(
    r"injur|wound|verletzt|bless|ранен|زخم|date|cause|by$|\bname|source|note|female|male\b|\b(wo)?men\b|child|boys|girls|"
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
    ("killed", re.compile(r"#affected(\+killed|\+(total|all|num|ind))+$")),
    ("category", re.compile(r"#(event|cause)\+type")),
    ("id", re.compile(r"#(meta\+id|event\+(code|id))")),
    ("summary", re.compile(r"#(description|comment)")),
    ("actors", re.compile(r"#(org|group)")),
    ("source", re.compile(r"#meta\+source")),
)
_LOOKED_AT: Final = 200
_MOSTLY: Final = 0.8
_HALF: Final = 0.5
_STARTS: Final = frozenset(
    ("start", "begin", "date start", "start date", "begin date", "date from", "date début", "from")
)
_BARE_END: Final = frozenset(("end", "until"))
_PART_NAMES: Final = ("year", "month", "day")


def guess_columns(sample: pa.Table) -> dict[str, str]:
    """Return the column of a file for each field that can be guessed; each column is used once."""
    names = [name for name in sample.column_names if name != ROW]
    guessed = _by_name(names)
    guessed = _without_what_does_not_fit(guessed, sample)
    if plain_words(guessed.get("date_start", "")) in _WEAK_DATES:
        guessed |= _better_date(names, sample)
    for field, guess in _LATER.items():
        if field not in guessed and not (field == "date_start" and "year" in guessed):
            left = [name for name in names if name not in guessed.values()]
            found = next((name for name in left if guess(name, sample)), None)
            if found is not None:
                guessed[field] = found
    starts = plain_words(guessed.get("date_start", "start")) in _STARTS
    if not starts and plain_words(guessed.get("date_end", "")) in _BARE_END:
        del guessed["date_end"]  # when a survey ended, say
    guessed = _without_bare_ends(guessed)
    return {field: guessed[field] for field in PLAIN_FIELDS if field in guessed}


_WEAK_DATES: Final = frozenset(("start", "begin", "day", "when", "date time", "datetime", "data", "date"))
"""Names that may as well be of when a form was filled in, say."""
_SURVEYED: Final = frozenset(("uuid", "submission time", "instanceid", "meta instanceid", "formhub uuid", "today"))
_OF_INCIDENT: Final = re.compile(
    r"inciden|event|attack|occur|happen|strike|clash|crossing|инцидент|событи|حادثه|واقعه|پېښ"
)


def _better_date(names: Sequence[str], sample: pa.Table) -> dict[str, str]:
    """Return a column that says better when an incident was than a name that may be of when a form was filled in."""
    surveyed = any(plain_words(name) in _SURVEYED for name in names)
    for name in names:
        words = plain_words(name)
        named = _DATE.search(words) and (_OF_INCIDENT.search(words) or surveyed)
        if named and words not in _WEAK_DATES and _is_date_column(name, sample):
            return {"date_start": name}
    return {}


def _without_bare_ends(guessed: Mapping[str, str]) -> dict[str, str]:
    """Leave out best, low and high that stand alone: they may be of anything."""
    bare = {field for field in _ENDS if field in guessed and plain_words(guessed[field]) in _BARE_ENDS}
    alone = bare == {*_ENDS} & guessed.keys() and not ("killed" in bare and len(bare) > 1)
    return {field: column for field, column in guessed.items() if not (alone and field in bare)}


_ENDS: Final = ("killed", "killed_low", "killed_high")
_BARE_ENDS: Final = frozenset(("best", "low", "high"))


def _by_name(names: Sequence[str]) -> dict[str, str]:
    """Match names with those of PLAIN_FIELDS, and hashtags with what they tag."""
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
    """Take a place whose texts are points for the coordinates, and leave out coordinates that are none."""
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
    return found


def _is_point(text: str) -> bool:
    return point(text).value is not None


def _is_point_there(text: str) -> bool:
    """Tell whether a text is a point in or around the region; 1/3 is one of the globe, and 34, 69 may be anything."""
    found = point(text).value
    return found is not None and found.within_km < WHOLE_KM and 20 <= found.lat <= 45 and 55 <= found.lon <= 85  # noqa: PLR2004  # degrees


def _mostly(sample: pa.Table, column: str, fits: Callable[[str], bool], *, least: float = _MOSTLY) -> bool:
    """Tell whether most of the values of a column are of a kind; one without values is not."""
    values = [text for text in pc.unique(sample[column]).slice(0, _LOOKED_AT).to_pylist() if text and text.strip()]
    return bool(values) and sum(map(fits, values)) >= least * len(values)


def _is_day(text: str) -> bool:
    read = read_dates(text)
    return not read.fault and not text.strip().isdecimal() and not _YEAR_AND_NUMBER.fullmatch(text.strip())


_YEAR_AND_NUMBER: Final = re.compile(r"\d{4}\s*[-/.]\s*\d{1,3}")
"""A month or a day of the year, or the number of a case."""


def _is_date_column(name: str, sample: pa.Table) -> bool:
    words = plain_words(name)
    return not _OTHER_DATE.search(words) and _mostly(sample, name, _is_day) and not words.startswith("time ")


def _is_killed_column(name: str, sample: pa.Table) -> bool:
    words = _KILLED.sub(" ", plain_words(name)).split()
    whole = _KILLED.search(plain_words(name)) and _OF_ALL.issuperset(words)
    return bool(whole) and _mostly(sample, name, _is_figure, least=_HALF)


_OF_ALL: Final = frozenset(
    """a all altogether amount confirmed count der des die total totals number numbers no nr num n of the people persons
    humans in reported sum est estimated zahl anzahl nombre de des le les numero número total gesamt insgesamt людей
    человек число всего количество تعداد نفر شمار عدد incident event""".split()  # noqa: SIM905  # so many words are read as text
)
"""Words beside the one for the dead that leave them all of them; others make them those of a side, say."""


def _is_figure(text: str) -> bool:
    return bool(people(text).value.best is not None or people(text).value.low is not None)


def _is_part(group: re.Pattern[str]) -> Callable[[str, pa.Table], bool]:
    def fits(name: str, sample: pa.Table) -> bool:
        words = plain_words(name)
        about = _KILLED.search(words) and group.search(words) and not _NOT_KILLED.search(words)
        return bool(about) and _mostly(sample, name, _is_figure, least=_HALF)

    return fits


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
    if _OF_SOMEBODY.search(plain_words(name)):
        return False
    return _mostly(sample, name, lambda text: not text.strip().isdecimal() and country_named(text) is not None)


_OF_SOMEBODY: Final = re.compile(
    r"nationalit|citizen|ethnic|origin|target|victim|perpetrat|attacker|accus|blame|suspect|claim|actor|side|party|group|"
    r"registr|residen|source|publi|media|outlet|report|donor|funder|author"
)
"""Countries of people and papers, and not of places."""


_LATER: Final[Mapping[str, Callable[[str, pa.Table], bool]]] = MappingProxyType(
    {
        "date_start": _is_date_column,
        "coordinates": lambda name, sample: _mostly(sample, name, _is_point_there),
        "latitude": _is_coordinate((23.0, 42.0), _LATITUDE),
        "longitude": _is_coordinate((60.0, 80.0), _LONGITUDE),
        "country": _is_country_column,
        **{field: _is_part(group) for field, group in _GROUPS},
        "killed": _is_killed_column,
    }
)
"""What tells a field from a column's values and what else its name says, where no name was in a list."""


def lacking(columns: Iterable[str], *, placed: bool) -> tuple[str, ...]:
    """Return the fields of which one is needed and none is mapped, dates before places; `placed` by geometries.

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
    """Return what a column that is not used seems to hold: people, dates or places; None for anything else.

    >>> may_be_missed("Total killed"), may_be_missed("Y_COORD"), may_be_missed("colour")
    ('people', 'places', None)
    """
    words = plain_words(name)
    for what, form in (("people", _PEOPLE), ("dates", _DATE), ("places", _PLACE)):
        if form.search(words):
            return what
    return None


def _key(name: str) -> str:
    """Write a column's name as it is looked up: its words without small ones, of the last of nested names.

    >>> _key("g1/incident_date"), _key("Date of the incident"), _key("Where: Province")
    ('incident date', 'date of incident', 'province')
    """
    words = plain_words(re.split(r"/|:\s", name)[-1]).split()
    return " ".join(word for word in words if word not in {"the", "a", "an"})


def plain_words(name: str) -> str:
    """Write a column's name as words.

    >>> plain_words("EventDate"), plain_words("killed_low"), plain_words("Killed: Civilians")
    ('event date', 'killed low', 'killed civilians')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(fold(re.sub(r"[\W_]+", " ", spaced)).split())
