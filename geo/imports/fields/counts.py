"""Numbers of people, codes and identifiers as files write them: ranges, bounds, and what spreadsheets made of them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.fields.cell_values import Form, Ledger, Reading, Repair, read_column
from geo.incident.vocabulary import MEASURES, About
from geo.language.folding import fold
from geo.language.messages import say

_MAX_LENGTH: Final = 200
_LARGEST: Final = 10**8
"""Numbers of people from here on are more than any incident could concern."""
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[, \u00a0\u2009\u202f'’٬]\d{3})+|\d{1,3}(?:\.(?!000)\d{3})+")
"""Numbers with thousands separators; not three zeros after a point, which may be decimals."""
_WHOLE: Final = re.compile(r"(\d+)(?:[.,]0{1,2}|\.0{4,})")
"""A whole number with zeros as decimals; not three zeros, which may be thousands."""


def latin_digits(text: str) -> str:
    """Replace digits of any script by 0 to 9.

    >>> latin_digits("۱۴۰۲")
    '1402'
    """
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)


_JOINERS: Final = dict.fromkeys((0x200C, 0x200D))
"""Zero-width joiners, which are inside Persian words but never in a number."""


def plain_number(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return a number as Python writes it, and a repair if its digits were of another script."""
    plain = text.translate(_JOINERS).strip().replace("\u2212", "-")
    if plain.isascii():
        return plain, ()
    latin = latin_digits(plain)
    return latin.replace("٫", "."), (Repair.DIGITS,) if latin != plain else ()


def count(text: str) -> Reading:
    """Parse a whole number of 0 or more.

    >>> count("1,234").value, count("10.0").value, count("a dozen").fault
    (1234, 10, 'is not a whole number of 0 or more')
    """
    if len(text) > _MAX_LENGTH:
        return Reading(None, fault=say("reject-no-count"))
    plain, repairs = plain_number(text)
    if plain.isdecimal():
        value = int(plain) if len(plain) < 19 else _LARGEST  # noqa: PLR2004  # digits of an int64
    elif whole := _WHOLE.fullmatch(plain):
        value, repairs = int(whole[1][:19]), (*repairs, Repair.WHOLE_NUMBER)
    elif _THOUSANDS.fullmatch(plain):
        value, repairs = int(re.sub(r"\D", "", plain)[:19]), (*repairs, Repair.THOUSANDS)
    else:
        return Reading(None, fault=say("reject-no-count"))
    if value >= _LARGEST:
        return Reading(None, fault=say("reject-too-many-people"))
    return Reading(value, repairs)


def code(text: str) -> Reading:
    """Parse a precision code; anything but a number is None, without a fault."""
    read = count(text)
    return Reading(None) if read.fault else read


def kilometres(text: str) -> Reading:
    """Parse a radius, kilometres."""
    if len(text) > _MAX_LENGTH:
        return Reading(None, fault=say("reject-no-radius"))
    plain, repairs = plain_number(text)
    found = _RADIUS.fullmatch(plain)
    if found is None:
        return Reading(None, fault=say("reject-no-radius"))
    value = float(found[1].replace(",", ".")) / (1000 if (found[2] or "").lower() == "m" else 1)
    if not 0 < value <= 2000:  # noqa: PLR2004  # as in the record
        return Reading(None, fault=say("reject-no-radius"))
    return Reading(value, (*repairs, Repair.DECIMAL_COMMA) if "," in found[1] else repairs)


_RADIUS: Final = re.compile(r"(\d{1,9}(?:[.,]\d+)?)\s*(km|m)?", re.IGNORECASE)


def identifier(text: str) -> Reading:
    """Parse an id; one that a spreadsheet made a decimal number is restored, one that it shortened is None.

    >>> identifier("401115.0").value, identifier("2.02501E+11").value
    ('401115', None)
    """
    if _SHORTENED_ID.fullmatch(text):
        return Reading(None, (Repair.ID_CUT,))
    whole = _WHOLE.fullmatch(text)
    return Reading(whole[1], (Repair.WHOLE_NUMBER,)) if whole else Reading(text)


_SHORTENED_ID: Final = re.compile(r"\d(?:[.,]\d+)?[Ee]\+\d{1,3}")
"""A number that a spreadsheet shortened to an exponent, so that different ids look alike."""

CODE: Final = Form(kind=pa.int64(), read=code, usual=r"^[0-9]{1,8}$")
KILOMETRES: Final = Form(kind=pa.float64(), read=kilometres)
IDENTIFIER: Final = Form(kind=pa.string(), read=identifier, usual=r"^([^.,+]*|.*[^0-9.,])$")


# Numbers of people: a figure, a range, a bound, or none. A text without a figure never rejects a row.

_NOTHING: Final = frozenset(
    """? ?? ??? . .. ... … - -- --- x xx none no na n.a. n.a n/a n/d nd n.d. reported unknown unk unk. unclear
    unconfirmed unspecified undisclosed unavailable tbd tbc inconnu inconnue unbekannt k.a. k.a неизвестно н/д
    номаълум نامعلوم نامشخص مجهول -1 -9 -99 -999 -9999""".split()  # noqa: SIM905  # long lists read better as text
) | {
    *("not known", "not reported", "not available", "not specified", "no data", "no information", "no figure"),
    "none reported",
}
"""Texts for “no figure known”."""
_ZERO: Final = frozenset(("zero", "nil", "no one", "nobody", "no casualties", "keine", "aucun", "нет", "صفر", "هیچ"))
_NUMBER_WORDS: Final[Mapping[str, int]] = MappingProxyType(
    {
        word: number
        for number, words in enumerate(
            (
                *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
                *("twelve|dozen|a dozen", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
                *("nineteen", "twenty"),
            ),
            start=1,
        )
        for word in words.split("|")
    }
)
_N: Final = r"\d{1,3}(?:[, '’]\d{3})+|\d+(?:[.,]0{1,2})?"
_TO: Final = r"\s*(?:-|/|to|or|through|bis|oder|à|a|ou|до|или|تا|یا|\.\.+|…|~)\s*"
_RANGE: Final = re.compile(rf"(?:from\s+|de\s+|от\s+|از\s+)?({_N}){_TO}({_N})", re.IGNORECASE)
_BETWEEN: Final = re.compile(
    rf"(?:between|zwischen|entre|между|بین)\s+({_N})(?:{_TO}|\s+(?:and|und|et|и|و)\s+)({_N})", re.IGNORECASE
)
"""Needs its first word: 3 and 4 alone may be different people."""
_AT_LEAST: Final = re.compile(
    rf"(?:at\s+least|a\s+minimum\s+of|(?:minimum|min\.?)(?:\s*[:=])?|upwards?\s+of|no\s+(?:fewer|less)\s+than|"
    rf"not\s+less\s+than|mindestens|au\s+moins|не\s+менее|минимум|دست\s*کم|حداقل|"
    rf"لږ\s+تر\s+لږه|کم\s+از\s+کم|>=|≥|≧)\s*({_N})|({_N})\s*(?:\+|or\s+more|and\s+(?:more|above)|plus|min(?:imum|\.)?|oder\s+mehr|ou\s+plus)",
    re.IGNORECASE,
)
_ABOVE: Final = re.compile(rf"(?:>|more\s+than|over|über|mehr\s+als|plus\s+de|более|بیش\s+از)\s*({_N})", re.IGNORECASE)
_UP_TO: Final = re.compile(
    rf"(?:up\s+to|at\s+most|a?\s*maximum\s+of|(?:maximum|max\.?)(?:\s*[:=])?|no\s+more\s+than|not\s+more\s+than|"
    rf"höchstens|bis\s+zu|jusqu['’]à|au\s+plus|не\s+более|до|максимум|حداکثر|<=|≤)"
    rf"\s*({_N})|({_N})\s*(?:or\s+(?:fewer|less)|at\s+most|max(?:imum|\.)?)",
    re.IGNORECASE,
)
_BELOW: Final = re.compile(
    rf"(?:<|fewer\s+than|less\s+than|under|weniger\s+als|moins\s+de|менее|کمتر\s+از)\s*({_N})", re.IGNORECASE
)
_ABOUT: Final = re.compile(
    rf"(?:~|≈|±|about|around|approximately|approx\.?|some|circa|ca\.?|c\.|nearly|almost|roughly|estimated|est\.?|etwa|rund|ungefähr|"
    rf"environ|около|примерно|حدود|تقریبا)\s*({_N})|({_N})\s*(?:approx\.?|est\.?|~|\?)",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"\s*[(\[][^()\[\]]*[)\]]|"
    r"[,;]?\s+(?:incl\.?|including|among them|of whom|davon|darunter|dont|в том числе|из них|شامل)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_DEAD: Final = r"kill|dead|died|death|fatal|tote|getötet|tué|\bmorts?\b|погиб|убит|کشته|ہلاک|وژل"
_HURT: Final = r"injur|wound|\bwia\b|hurt|verletzt|verwundet|bless|ранен|زخم|مجروح|زخمی"
_OTHERS: Final = (
    r"casualt|missing|arrest|detain|captur|abduct|kidnap|hostage|displac|\d\s*(?:families|households|houses?|homes?|usd|dollars?|pkr|afn|"
    r"rupees?|euros?|per\s?cent)\b|"
    r"vermisst|verhaftet|disparu|пропавш|задерж|گم شده|بازداشت"
)


@dataclass(frozen=True, slots=True)
class _Wording:
    """Words in numbers of people of a measure."""

    zero: frozenset[str]
    """Texts for 0 that name the measure."""
    beside: re.Pattern[str]
    """Words for other people and things that are counted besides them, or together with them."""
    doubt: re.Pattern[str]
    """Words in an aside that qualify the number, instead of saying who is included: 10 (3 killed)."""
    before: re.Pattern[str]
    """Such as “killed: 5”; after other words, a number may be a day, a unit or a page."""


def _wording(own: str, *beside: str, before: str, zero: Iterable[str]) -> _Wording:
    return _Wording(
        frozenset(zero),
        re.compile("|".join((*beside, _OTHERS)), re.IGNORECASE),
        re.compile(rf"{_UNSURE}|\d.*(?:{own})", re.IGNORECASE | re.DOTALL),
        re.compile(
            r"(?:(?:people|persons|civilians|soldiers|militants|total|number|getötete?|tote|morts|tués|погибло|погибших|"
            rf"убито|تعداد|شمار)\s+|(?:of)\s+)*(?:{before}|total)\s*[:=]?\s*({_N})",
            re.IGNORECASE,
        ),
    )


_UNSURE: Final = r"\b(?:at least|at most|up to|possibl[ye]|maybe|perhaps|more|fewer|less|not)\b|\?"
_WORDINGS: Final[Mapping[About, _Wording]] = MappingProxyType(
    {
        About.KILLED: _wording(
            _DEAD,
            _HURT,
            before=r"killed|kills|kill|dead|deaths?|died|fatalit(?:y|ies)|kia|martyred|getötet|tote|morts?|tués?|погибло|"
            r"погибших|убито|убитых|کشته|ہلاک",
            zero=("no deaths",),
        ),
        About.INJURED: _wording(
            _HURT,
            _DEAD,
            before=r"injured|injuries|wounded|wia|verletzte?|blessés?|ранено|раненых|زخمی|مجروح",
            zero=("no injuries", "no injured"),
        ),
        About.CROSSED: _wording(
            "cross|return|deport|refugee|عودت",
            _DEAD,
            _HURT,
            before="crossed|crossings?|returnees?|deportees?|refugees?|individuals|عودت",
            zero=("no crossings", "no returns"),
        ),
    }
)
_LARGER: Final = re.compile(
    r"\d\s*(?:k|dozen|score|hundred|thousand|million|lakh|crore|тыс|сот|صد|هزار|tausend|hundert|mille|cents?|less|fewer|more|"
    r"some)s?\b",
    re.IGNORECASE,
)
"""Words after a number that change its value."""
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "jan feb mar,mär,mrz apr may,mai jun jul aug sep,sept oct,okt nov dec,dez".split(),  # noqa: SIM905
        start=1,
    )
    for name in names.split(",")
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_AND_MONTH: Final = re.compile(
    rf"(?:(?P<day>\d{{1,2}})[-.\s/]+(?P<month>{_MONTH})\.?|(?P<name>{_MONTH})\.?[-.\s/]+(?P<after>\d{{1,2}})|"
    r"(?:19|20)\d\d-(?P<m>\d{2})-(?P<d>\d{2})(?:[ T]00:00:00(?:\.0+)?)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people as a text states it; None for an end that it does not state."""

    low: int | None
    best: int | None
    high: int | None

    def __str__(self) -> str:
        """Return the figure in words."""
        low, best, high = self.low, self.best, self.high
        if low is None and high is None:
            return say("figure-none")
        if low == high:
            return str(best)
        if high is None:
            return say("figure-at-least", number=str(low))
        return say("figure-up-to", number=str(high)) if low is None else say("range", low=str(low), high=str(high))


NO_FIGURE: Final = Figure(None, None, None)


def people(text: str, about: About = About.KILLED) -> Reading:
    """Read a number of people of a measure, as a Figure; never a fault: what gives no figure is noted.

    >>> str(people("5-7").value), str(people("at least 10").value), people("several").value.best
    ('5–7', 'at least 10', None)
    >>> str(people("3 wounded", About.INJURED).value), str(people("3 wounded").value)
    ('3', 'no figure')
    """
    if len(text) > _MAX_LENGTH:
        return Reading(NO_FIGURE, (Repair.NO_FIGURE,))
    plain, repairs = plain_number(text)
    plain = " ".join(plain.translate(_DASHES).split())
    known = {plain.casefold(), fold(plain)}
    if known & _NOTHING:
        return Reading(NO_FIGURE)
    wording = _WORDINGS[about]
    if known & (_ZERO | wording.zero):
        return Reading(_exactly(0), repairs)
    whole = count(plain)
    if not whole.fault:
        return Reading(_exactly(int(whole.value)), (*repairs, *whole.repairs))
    if found := _DAY_AND_MONTH.fullmatch(plain):
        return _range_as_date(found, repairs)
    return _in_words(plain, repairs, wording)


def _in_words(plain: str, repairs: tuple[Repair, ...], wording: _Wording) -> Reading:
    """Read a text that holds more than one number, or words."""
    bare = _with_digits(" ".join(_ASIDE.sub("", plain).split()))
    alone = _AFTER.sub("", bare)
    read = None if _misleads(plain, bare, wording) else _stated(bare) or _stated(alone) or _behind(alone, wording)
    if read is None or max(end or 0 for end in (read.low, read.best, read.high)) >= _LARGEST:
        return Reading(NO_FIGURE, (*repairs, Repair.NO_FIGURE))
    for repair, patterns in _NOT_LITERAL:
        if any(pattern.fullmatch(text) for pattern in patterns for text in (bare, alone)):
            return Reading(read, (*repairs, repair))
    return Reading(read, (*repairs, Repair.WORDS_BESIDE) if bare != plain or _stated(bare) is None else repairs)


def _misleads(plain: str, bare: str, wording: _Wording) -> bool:
    """Tell whether words make something else of a number than that many people of the measure."""
    if wording.beside.search(plain) or (_LARGER.search(bare) and _stated(bare) is None):
        return True
    largest = max((int(number[:9]) for number in re.findall(r"\d+", bare)), default=0)
    asides = [_with_digits(found[0]) for found in _ASIDE.finditer(plain)]
    return len(asides) > 1 or any(
        wording.doubt.search(aside) or sum(int(number[:9]) for number in re.findall(r"\d+", aside)) > largest
        for aside in asides
    )


def _behind(text: str, wording: _Wording) -> Figure | None:
    found = wording.before.fullmatch(text)
    return _exactly(_number(found[1])) if found else None


_AFTER: Final = re.compile(r"(?<=[\d+])(?:\s+[^\W\d]+)+$")
"""Words after a number, such as soldiers or people."""
_NUMBER_WORD: Final = re.compile(
    rf"(?<!no )\b(?:{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})\b(?!-)", re.IGNORECASE
)


def _with_digits(text: str) -> str:
    """Replace numbers in words by digits.

    >>> _with_digits("Three soldiers"), _with_digits("two or three")
    ('3 soldiers', '2 or 3')
    """
    return _NUMBER_WORD.sub(lambda found: str(_NUMBER_WORDS[found[0].casefold()]), text)


_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def _exactly(number: int) -> Figure:
    return Figure(number, number, number)


def _stated(text: str) -> Figure | None:
    """Return the figure that a text states; None if it states none, or more than one."""
    whole = count(text)
    if not whole.fault:
        return _exactly(int(whole.value))
    for pattern, figure in _FORMS:
        if found := pattern.fullmatch(text):
            return figure(*(_number(number) for number in found.groups() if number))
    return None


def _between(low: int, high: int) -> Figure | None:
    return Figure(low, low if low == high else None, high) if low <= high else None


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[..., Figure | None]], ...]] = (
    (_AT_LEAST, lambda number: Figure(number, None, None)),
    (_ABOVE, lambda number: Figure(number + 1, None, None)),
    (_UP_TO, lambda number: Figure(None, None, number)),
    (_BELOW, lambda number: Figure(None, None, max(number - 1, 0))),
    (_ABOUT, _exactly),
    (_RANGE, _between),
    (_BETWEEN, _between),
)


_NOT_LITERAL: Final = ((Repair.ABOUT, (_ABOUT,)), (Repair.MORE_THAN, (_ABOVE, _BELOW)))
"""Patterns of figures that are not taken literally, by the repair that says so."""


def _number(text: str) -> int:
    return int(re.sub(r"[.,]0{1,2}$|\D", "", text)[:19] or 0)


def _range_as_date(found: re.Match[str], repairs: tuple[Repair, ...]) -> Reading:
    """Restore a range that somebody typed and a spreadsheet turned into a date: 12-Oct is 10–12."""
    if found["m"]:
        day, month = int(found["d"]), int(found["m"])
    else:
        day, month = int(found["day"] or found["after"]), _MONTHS[(found["month"] or found["name"]).lower()]
    low, high = sorted((day, month))
    if not low or low == high:
        return Reading(NO_FIGURE, (*repairs, Repair.NO_FIGURE))
    return Reading(Figure(low, None, high), (*repairs, Repair.RANGE_AS_DATE))


@dataclass(frozen=True, slots=True)
class People:
    """Columns of numbers of people, each int64 of shape (rows,), null where a row does not state that end."""

    low: pa.Array
    best: pa.Array
    high: pa.Array

    @property
    def stated(self) -> pa.Array:
        """Tell which rows give a figure, or at least one end of a range."""
        return pc.or_(pc.or_(pc.is_valid(self.low), pc.is_valid(self.best)), pc.is_valid(self.high))


_USUAL: Final = r"^[0-9]{1,8}$"
_SERIALS: Final = (43_000, 50_000)
"""Spreadsheet day numbers of 2017 to 2036, which ranges turn into when read as dates; more losses than in any incident
in the region, though as many people may have crossed."""
_ENDS: Final = pa.struct([("low", pa.int64()), ("best", pa.int64()), ("high", pa.int64())])


def read_people(cells: pa.Array, *, about: About = About.KILLED, field: str, ledger: Ledger) -> People:
    """Parse a column of numbers of people; texts without a figure are noted in the ledger, and reject no row."""
    usual = pc.fill_null(pc.match_substring_regex(cells, _USUAL), False)  # noqa: FBT003  # the fill value
    plain = pc.if_else(usual, cells, None).cast(pa.int64())
    if MEASURES[about].losses:
        serial = pc.fill_null(pc.and_(pc.greater(plain, _SERIALS[0]), pc.less(plain, _SERIALS[1])), False)  # noqa: FBT003
        ledger.repair(Repair.NO_FIGURE, np.flatnonzero(np.asarray(serial)), f"{field}: {Repair.NO_FIGURE.words}")
        plain = pc.if_else(serial, None, plain)
    rest = pc.if_else(usual, None, cells)
    if rest.null_count == len(rest):
        return People(plain, plain, plain)
    odd = read_column(rest, Form(kind=_ENDS, read=partial(people, about=about)), field=field, ledger=ledger)
    return People(*(pc.coalesce(plain, pc.struct_field(odd, number)) for number in range(3)))


_CODES: Final = (999, 9_999, 99_999)
"""Numbers that tables use as codes for “not known”."""
_CODE_FACTOR: Final = 5
"""Such a code is more than this many times the largest other figure of its column."""


def without_codes(found: People, *, field: str, ledger: Ledger) -> People:
    """Remove numbers that seem to be codes for “not known”, and note it.

    These are 999 and the like, repeated and far above all others in the column; one that occurs once, or without any
    other number, is kept and flagged.
    """
    numbers = np.asarray(found.best.fill_null(-1), np.int64)
    others = numbers[(numbers >= 0) & ~np.isin(numbers, _CODES)]
    suspect = np.isin(numbers, [code for code in _CODES if code > _CODE_FACTOR * others.max(initial=0)])
    if suspect.sum() <= 1 or not len(others):
        ledger.flag(say("flag-maybe-code"), int(suspect.sum()))
        return found
    ledger.repair(Repair.UNKNOWN_CODE, np.flatnonzero(suspect), f"{field}: {Repair.UNKNOWN_CODE.words}")
    left = pa.array(~suspect)
    return People(*(pc.if_else(left, end, None) for end in (found.low, found.best, found.high)))


def at_least(found: People, open_rows: pa.Array) -> People:
    """Make the figures of some rows lower bounds; `open_rows` is bool, shape (rows,)."""
    low = pc.coalesce(found.low, found.best)
    best, high = (pc.if_else(open_rows, None, end) for end in (found.best, found.high))
    return People(pc.if_else(open_rows, low, found.low), best, high)


def added(parts: Sequence[People]) -> People:
    """Add up figures for disjoint groups of people; a row without any has none.

    A group without a figure leaves the best and high of the sum open; one with an open end leaves that end open.
    """
    stated = np.array([np.asarray(part.stated) for part in parts])
    found = {}
    for name in ("low", "best", "high"):
        columns = [getattr(part, name) for part in parts]
        known = np.array([np.asarray(column.is_valid()) for column in columns])
        whole = (known | ~stated).all(axis=0) & stated.any(axis=0) if name == "low" else known.all(axis=0)
        total = np.sum([np.asarray(column.fill_null(0), np.int64) for column in columns], axis=0)
        found[name] = pa.array(total, pa.int64(), mask=~np.asarray(whole, bool))
    return People(**found)
