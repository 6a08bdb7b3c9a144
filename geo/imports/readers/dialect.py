"""Detect encoding, delimiter and header of delimited text from its first bytes, and find where its rows end."""

import codecs
import math
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pc

from geo.imports.file_kind import FileKind
from geo.imports.readers.heading import HEAD_LINES, Heading, Line, heading_of, shown_lines
from geo.imports.readers.source import COLUMNS, HEAD_BYTES, MIB, READ_BYTES, RECORD_BYTES, Stream
from geo.imports.recognition import kind_without_header
from geo.incident.errors import UnreadableError
from geo.language.messages import say

# Guessing a text's code page from letter pairs in the languages that are written in it.

PAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "cp1252": ("de", "fr", "es"),
    "cp1250": ("pl", "cs", "de"),
    "cp1254": ("tr", "de", "fr"),
    "iso8859-2": ("pl", "cs"),
    "cp1256": ("fa", "ps", "ur", "ar"),
    "cp1251": ("ru", "tg"),
    "koi8-r": ("ru",),
    "koi8-t": ("tg",),
    "mac-cyrillic": ("ru",),
    "cp866": ("ru",),
    "cp850": ("de", "fr", "es"),
    "mac-roman": ("de", "fr", "es"),
}
"""Code pages, likelier ones first, with the languages written in them."""

_TEXTS: Final[Mapping[str, str]] = {
    "de": "Über die Straße nach Kandahar wurden am späten Abend fünf Männer getötet, drei Verletzte kamen in "
    "das größte Krankenhaus. Die Behörden bestätigten den Angriff für Ende März; Zeugen hörten Schüsse "
    "und mehrere Explosionen. Häuser zerstört, Flüchtlinge, Grenzübergang geschlossen, Körper, Mörser, "
    "Gefecht zwischen Kämpfern und Soldaten, Tadschikistan, südlich, nördlich, östlich, Jänner, Köln, "
    "München, Müller, Öffnung, Ärzte, Überfall, während, gemäß",
    "fr": "Trois civils ont été tués et sept blessés après une frappe aérienne près de la frontière. Selon des "
    "témoins, l'armée a riposté à l'artillerie; le bilan s'élève à dix décès. Événement, février, août, "
    "décembre, réfugiés, forêt, côté, où, déjà, même, très, là, français, reçu, touché, marché, bouche, "
    "empêché, dégâts, évacué, pénétré, Médecins sans frontières, sécurité",
    "es": "Murieron tres niños y dos señores en el ataque según la policía; después del tiroteo la situación "
    "está más tranquila. Año, mañana, región, también, público, explosión, Pakistán, Afganistán, "
    "Tayikistán, víctimas, ejército",
    "pl": "Trzech żołnierzy zginęło, a pięć osób zostało rannych w pobliżu przejścia granicznego. Według "
    "świadków ostrzał trwał całą noc, siły bezpieczeństwa odpowiedziały ogniem. Źródło, październik, "
    "wrzesień, styczeń, sierpień, grudzień, życie, możliwość, miasto Łódź, książka, być, święto, "
    "zabójstwo, ludność, wieś, wojna, ciężko, górski, królestwo, Świat, Żaden, Źle, Ćwiczenia, Śląsk, "
    "Pakistański, cywilów, policję, ofiarą, będą, są, więcej, działań",
    "cs": "Při útoku na hlídku zahynuli tři vojáci a čtyři lidé byli zraněni. Podle svědků střelba trvala celou "
    "noc, ozbrojené síly odpověděly palbou. Září, říjen, březen, červen, únor, květen, město, příhraničí, "
    "údolí, řeka, šest, žena, děti, země, kůň, můž, Čech, Škoda, Žižka, Řím, mrtvých, zničené domy, "
    "uprchlíci, výbuch, náměstí",
    "tr": "Sınır kapısı yakınında çıkan çatışmada üç kişi öldü, beş kişi yaralandı. Görgü tanıklarına göre ateş "
    "gece boyunca sürdü; güvenlik güçleri karşılık verdi. Şubat, Ağustos, Eylül, Kasım, Aralık, İran, "
    "Türkiye, Pakistan, köy, dağ, şehir, ilçe, için, değil, çocuk, İstanbul, Işık, Çarşı, Özbek, Üç, "
    "saldırı, patlama, havan topu, ölü, sığınmacı",
    "ru": "Жертвы, погибших, раненых, столкновение, мина, засада, теракт, смертник, полиция, заложники, "
    "контрабанда, удар, бой, женщины, дети, жители, "
    "В результате обстрела на границе погибли три человека, пятеро ранены. По словам очевидцев, "
    "перестрелка длилась всю ночь; силы безопасности открыли ответный огонь. Январь, февраль, март, "
    "апрель, май, июнь, июль, август, сентябрь, октябрь, ноябрь, декабрь. Источник, провинция, район, "
    "село, город, Кабул, Кандагар, Афганистан, Пакистан, Таджикистан, Душанбе, Хорог, Горно-Бадахшанская "
    "область, взрыв, военные, мирные жители, убито, ранено, дата, место, погибшие, число, описание, "
    "событие, широта, долгота, страна, нападение, боевики, пограничники, дом, школа, Хост, Кунар, "
    "Вазиристан, Пешавар",
    "tg": "Дар натиҷаи тирпаронӣ дар сарҳад се нафар кушта ва панҷ нафар захмӣ шуданд. Ба гуфтаи шоҳидон ҷанг "
    "тамоми шаб давом кард. Тоҷикистон, Афғонистон, Покистон, вилоят, ноҳия, деҳа, шаҳри Душанбе, Хуҷанд, "
    "Ғарм, Қӯрғонтеппа, Бадахшон, ҳодиса, ҳамла, посгоҳ, қишлоқ, маҳалла, ҳалок, даҳҳо, аҳолӣ, чоршанбе, "
    "қатл, қувваҳои амниятӣ, ҷабрдида, ҳуҷум, ёздаҳум, моҳи октябр, соли, мардум, рӯз, кӯҳ, ғайринизомӣ, "
    "сарбоз, маълумот",
    "fa": "در حمله به پاسگاه مرزی سه نفر کشته و پنج نفر زخمی شدند. به گفته شاهدان درگیری تمام شب ادامه داشت و "
    "نیروهای امنیتی پاسخ دادند. تاریخ، ولایت، ولسوالی، قریه، شهر، افغانستان، پاکستان، تاجیکستان، کابل، "
    "قندهار، سپین بولدک، هرات، بدخشان، ننگرهار، کنر، خوست، پکتیا، انفجار، حمله هوایی، غیرنظامیان، طالبان، "
    "منبع، محل، تعداد، کشور، گزارش، چهار، ژنرال",
    "ps": "په برید کې درې تنه ووژل شول او پنځه نور ټپیان دي. د پولې سره نږدې جګړه ټوله شپه روانه وه، ځواکونو "
    "ځواب ورکړ. نېټه، ولایت، ولسوالۍ، کلی، ښار، افغانستان، کندهار، ننګرهار، خوست، پکتیکا، چاودنه، ملکي "
    "کسان، سرچینه، ځای، هېواد، شمېر",
    "ur": "سرحد کے قریب حملے میں تین افراد ہلاک اور پانچ زخمی ہو گئے۔ عینی شاہدین کے مطابق فائرنگ رات بھر جاری "
    "رہی، سکیورٹی فورسز نے جوابی کارروائی کی۔ تاریخ، صوبہ، ضلع، گاؤں، شہر، پاکستان، بلوچستان، خیبر "
    "پختونخوا، پشاور، کوئٹہ، دھماکہ، ذریعہ، ٹانک، ڈیرہ",
    "ar": "خطف، حرق، لغم أرضي، قصف القرية، غزنة، مقتل الحاكم، إغلاق المعبر، ضحايا، إصابات، جندي، شرطة، سوق، مسجد، "
    "مدرسة، طريق، منطقة، حادث، تاريخ، وصف، عملية أمنية، إطلاق نار، صاروخ، طائرة، "
    "قتل ثلاثة أشخاص وأصيب خمسة آخرون في هجوم قرب الحدود. وقال شهود إن الاشتباكات استمرت طوال الليل وردت "
    "قوات الأمن. التاريخ، المحافظة، المدينة، أفغانستان، باكستان، طاجيكستان، كابول، قندهار، انفجار، غارة "
    "جوية، المدنيين، المصدر، المكان، العدد",
}
"""Sample texts in the style of reports from the borders, from which frequencies of letter pairs are taken."""

_ALIKE: Final = str.maketrans("يىكةأإآ", "ییکهااا")
_WORD: Final = re.compile(r"[^\W\d_]+")
_WORDS: Final = re.compile(rb"[A-Za-z\x80-\xff']*[\x80-\xff][A-Za-z\x80-\xff']*")
_MAX_WORDS: Final = 600
_PARTS: Final = (0.75, 0.2, 0.05)
"""Weights of letter pairs, of single letters, and of any letter that the language has."""
_UNKNOWN: Final = math.log(1e-7)
_CASE: Final = -4.0
"""Penalty for a capital after a small letter, typical of Russian read in the wrong code page."""
_MIXED: Final = -6.0
"""Penalty for letters of two scripts in one word."""
_SIGN: Final = -10.0
"""Penalty for a byte that is not a letter, or not a character at all."""
_RARE: Final[Mapping[str, float]] = {
    "koi8-r": -0.1,
    "cp1250": -0.1,
    "cp1254": -0.04,
    "iso8859-2": -0.2,
    "mac-cyrillic": -0.1,
    "cp866": -0.1,
    "cp850": -0.2,
    "mac-roman": -0.2,
}
"""Penalties for rarely used code pages, so that of two that fit equally well, the other is chosen."""
_EDGE: Final = "_"
_SCRIPTS: Final = ("\u0370", "\u0530")
"""First code points after the Latin and the Cyrillic letters."""


def code_page(text: bytes) -> str:
    """Guess the code page of a text with non-ASCII bytes."""
    words = [word for word, _ in Counter(_WORDS.findall(text)).most_common(_MAX_WORDS)]
    merits = {page: _merit(words, page) + _RARE.get(page, 0) for page in PAGES}
    return max(merits, key=lambda page: merits[page])


def _merit(words: Iterable[bytes], page: str) -> float:
    """Score how well words read in a code page: the mean log likelihood per letter in the language that fits best."""
    texts = [word.decode(page, "replace") for word in words]
    letters = sum(map(len, texts)) or 1
    faults = sum(map(_faults, texts))
    parts = [part.lower().translate(_ALIKE) for text in texts for part in _WORD.findall(text)]
    return (faults + max(sum(_weight(part, language) for part in parts) for language in PAGES[page])) / letters


def _faults(text: str) -> float:
    found = 0.0
    for before, letter in zip(_EDGE + text, text, strict=False):
        if not letter.isalpha() and letter != "'":
            found += _SIGN
        elif letter.isupper() and before.islower():
            found += _CASE
        elif letter.isalpha() and before.isalpha() and _script(letter) != _script(before):
            found += _MIXED
    return found


def _script(letter: str) -> int:
    return bisect(_SCRIPTS, letter)


def _weight(word: str, language: str) -> float:
    letters, pairs = _model(language)
    total = sum(letters.values())
    weight = 0.0
    for before, letter in zip(_EDGE + word, word + _EDGE, strict=True):
        pair = pairs.get(before + letter, 0) / (letters.get(before, 0) + 1)
        alone = letters.get(letter, 0) / total
        known = 1 / 2_000 if letter in letters else 0.0
        likely = _PARTS[0] * pair + _PARTS[1] * alone + _PARTS[2] * known
        weight += math.log(likely) if likely else _UNKNOWN
    return weight


@cache
def _model(language: str) -> tuple[dict[str, int], dict[str, int]]:
    letters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for word in _WORD.findall(_TEXTS[language].lower().translate(_ALIKE)):
        letters.update(_EDGE + word)
        pairs.update(before + letter for before, letter in zip(_EDGE + word, word + _EDGE, strict=True))
    return dict(letters), dict(pairs)


# Detecting a text's encoding from its first bytes, and handling bytes that are invalid in it.

UTF_8: Final = "utf-8"
_MARKS: Final = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE: Final = frozenset(
    codecs.lookup(name).name
    for name in (
        *(f"cp{number}" for number in (*range(1250, 1259), 437, 720, 850, 852, 855, 857, 864, 865, 866)),
        *(f"iso8859-{number}" for number in (*range(1, 12), 13, 14, 15, 16)),
        *("koi8-r", "koi8-t", "koi8-u", "mac-cyrillic", "mac-roman", "mac-latin2", "mac-turkish", "ascii"),
    )
)
"""Encodings in which delimiter, quotation marks and line ends are single ASCII bytes."""
_MANY: Final = 0.7
_FEW: Final = 0.1
_MOST: Final = 0.95
"""Thresholds for the share of zero bytes, and of characters."""
_LOOKED_AT: Final = 2_000
_SHORT: Final = 8
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_FOREIGN = re.compile(rb"[\x80-\xff]")
_FOREIGN_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding and how it was detected."""

    name: str
    mark: int = 0
    """Length of the byte order mark in bytes."""
    notes: tuple[str, ...] = ()

    @property
    def wide(self) -> bool:
        """Whether delimiter and line ends are not single ASCII bytes, so that text must be recoded before splitting."""
        return self.name != UTF_8 and codecs.lookup(self.name).name not in _SINGLE


def encoding_of(head: bytes) -> Encoding:
    """Detect a text's encoding from its first bytes, which should end with a complete line.

    Decided by a byte order mark; else by zeros in every other byte; else by whether the non-ASCII bytes are UTF-8, and
    if most are not, by the code page in which they read best.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            note = say("note-mark-removed") if name == UTF_8 else say("note-encoding", encoding=name[:6].upper())
            return Encoding(name, len(mark), (note,))
    wide = _without_mark(head)
    if wide is not None:
        return Encoding(wide, 0, (say("note-without-mark", encoding=wide[:6].upper()),))
    foreign = len(_FOREIGN.findall(_MULTIBYTE.sub(b"", head)))
    if foreign <= len(_MULTIBYTE.findall(head)):
        return Encoding(UTF_8)
    lines = b"\n".join(_FOREIGN_LINE.findall(head)[:2_000])[: 2**17]
    name = code_page(lines)
    return Encoding(name, 0, (say("note-encoding-told", encoding=say(f"encoding-{name}")),))


def encoding_asked(wanted: str, head: bytes, file_name: str) -> Encoding:
    """Return the encoding the user asked for; raises UnreadableError if it is unknown or the text is not in it."""
    try:
        found = named(wanted, head)
    except LookupError as error:
        raise UnreadableError(file_name, say("read-no-encoding", encoding=repr(wanted))) from error
    if found is None:
        raise UnreadableError(file_name, say("read-not-encoding", encoding=repr(wanted)))
    return found


def named(name: str, head: bytes) -> Encoding | None:
    """Return the encoding with a name known to Python; None if the text is not in it.

    Raises LookupError for an unknown or unsupported encoding.
    """
    codec = codecs.lookup(name).name
    if codec not in _SINGLE and not codec.startswith(("utf", "gb", "big5", "shift", "euc", "cp9", "iso2022")):
        raise LookupError(name)
    for mark, marked in _MARKS:
        if head.startswith(mark) and codec.replace("-sig", "") in {marked, marked[:6]}:
            return Encoding(marked, len(mark), (say("note-mark-removed"),))
    if codec.startswith(("utf-16", "utf-32")):
        return _of_two_or_four(codec, head)
    return Encoding(codec.replace("-sig", ""))


def _of_two_or_four(codec: str, head: bytes) -> Encoding | None:
    """Choose the byte order of UTF-16 or UTF-32 without a byte order mark, by the line ends and delimiters found."""
    orders = [codec] if codec[6:] else [f"{codec}-le", f"{codec}-be"]
    detected = _without_mark(head)
    if detected in orders:
        return Encoding(detected)
    whole = len(head) - len(head) % 4
    texts = {order: head[:whole].decode(order, "replace") for order in orders}
    right = {
        order: sum(map(text.count, "\n\r,;\t|"))
        for order, text in texts.items()
        if _FEW * len(text) > text.count("\ufffd")
    }
    best = max(right, key=lambda order: right[order], default="")
    return Encoding(best) if right.get(best) else None


def _without_mark(head: bytes) -> str | None:
    """Detect UTF-16 or UTF-32 without a byte order mark, by the zeros beside ASCII characters or by how it reads."""
    start = head[:_LOOKED_AT]
    if not start.count(0):
        return None
    for name, places in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        high = b"".join(start[offset::4] for offset in places)
        if len(start) >= _SHORT and high.count(0) > _MOST * len(high) and start.count(0) < _MOST * len(start):
            low = b"".join(start[offset::4] for offset in range(4) if offset not in places)
            if low.count(0) <= len(low) / 2:
                return name
    line = head[: head.find(b"\n", 3, 200)]
    even, odd = line[::2], line[1::2]
    for name, zeros, letters in (("utf-16-be", even, odd), ("utf-16-le", odd, even)):
        if len(odd) > 1 and zeros.count(0) > _MANY * len(zeros) and letters.count(0) < _FEW * len(letters):
            return name
    if start.count(0) < _FEW * len(start) / 4:
        return None
    return next((name for name in ("utf-16-le", "utf-16-be") if _reads(start, name)), None)


def _reads(start: bytes, encoding: str) -> bool:
    """Return whether bytes decode to text in the scripts of the region; other bytes mostly fail to decode."""
    try:
        text = start[: len(start) // 2 * 2 - 2].decode(encoding)
    except UnicodeDecodeError:
        return False
    known = sum(
        character in "\t\r\n" or " " <= character <= "\u052f" or "\u0600" <= character <= "\u06ff" for character in text
    )
    return len(text) > _SHORT and known > _MOST * len(text) and any(character in text for character in ",;\t|")


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Decode invalid UTF-8 as Windows-1252, as browsers do."""
    wrong = cast("UnicodeDecodeError", error)
    return wrong.object[wrong.start : wrong.end].decode("cp1252", "replace"), wrong.end


codecs.register_error("as-windows-1252", _as_western)


def repair(raw: bytes, encoding: str) -> tuple[bytes, str]:
    """Convert a row to UTF-8 without zero bytes; also returns what was wrong and how it was repaired, or "".

    Delimiters, quotation marks and line ends are preserved, so that it remains one row.
    """
    notes = []
    if b"\0" in raw:
        raw = raw.replace(b"\0", b" ")
        notes.append(say("bytes-zero"))
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        western = encoding == UTF_8
        text = raw.decode(encoding, "as-windows-1252" if western else "replace")
        name = "bytes-read-as-western" if western else "bytes-replaced"
        notes.append(say(name, encoding=encoding.upper()))
    return text.encode(), "; ".join(notes)


def decoded(data: bytes, encoding: str) -> bytes:
    """Convert whole rows to UTF-8; data in UTF-8 is returned unchanged, even if invalid."""
    return data if encoding == UTF_8 else data.decode(encoding, "replace").encode()


def recoded(stream: Stream, encoding: Encoding) -> Iterator[bytes]:
    """Yield a stream as UTF-8, chunk by chunk, without the byte order mark it begins with."""
    stream.read(encoding.mark)
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    while chunk := stream.read(READ_BYTES):
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


# Finding where rows end: quoted line ends belong to the value, and a stray quotation mark spoils only one row. In the
# encoding, delimiter, quotation marks and line ends must be single ASCII bytes. The result for a row depends only on
# its own bytes, never on how the file was split into chunks.

LF: Final = ord("\n")
CR: Final = ord("\r")
_QUOTE: Final = ord('"')
_LONGEST: Final = RECORD_BYTES + 1
UNCLOSED: Final = say("reject-unclosed")
UNDOUBLED: Final = say("reject-undoubled")
TOO_LONG: Final = say("reject-too-long", mb=RECORD_BYTES // MIB)


@dataclass(frozen=True, slots=True)
class Ends:
    """Where records end in some bytes; whatever follows the last end is incomplete."""

    ends: npt.NDArray[np.int64]
    """Index after each record's line end; `\\r\\n` counts as the end of a record and of an empty one."""
    broken: dict[int, str] = field(default_factory=dict)
    """Number of the record, from 0 → why it cannot be read."""


def record_ends(data: bytes, delimiter: str, *, quoted: bool, final: bool) -> Ends:
    """Find the ends of records in bytes that begin with a record and, if `final`, end with a line end."""
    array = np.frombuffer(data, np.uint8)
    lines = np.flatnonzero((array == LF) | (array == CR))
    quotes = np.flatnonzero(array == _QUOTE) if quoted else np.empty(0, np.int64)
    if not len(quotes):
        return _checked(lines + 1)
    border = np.zeros(256, np.bool_)
    border[[LF, CR, ord(delimiter)]] = True
    opens = border[array[quotes - 1]] | (quotes == 0)
    followed = border[array[np.minimum(quotes + 1, len(data) - 1)]] | (quotes == len(data) - 1)
    if _paired(quotes, opens, followed):
        ends = lines[np.searchsorted(quotes, lines) % 2 == 0] + 1
        if _longest(ends, len(data)) <= _LONGEST and (not final or len(quotes) % 2 == 0):
            return _checked(ends)
    reader = _QuoteReader(quotes.tolist(), opens.tolist(), followed.tolist(), lines.tolist(), len(data), final)
    return _undoubled(data, delimiter, reader.read(), reader.going_on)


_QUOTED: Final = re.compile(rb'"[^"]*(?:""[^"]*)*"')


def _undoubled(data: bytes, delimiter: str, found: Ends, going_on: set[int]) -> Ends:
    """Mark records as broken whose quoted values contain an undoubled quotation mark.

    `going_on` are the records to check: those with more text after a closing quotation mark.
    """
    for number in sorted(going_on - found.broken.keys()):
        if number < len(found.ends):
            begin = int(found.ends[number - 1]) if number else 0
            if _goes_on(data[begin : int(found.ends[number])].rstrip(b"\r\n"), delimiter.encode()):
                found.broken[number] = UNDOUBLED
    return found


def _goes_on(record: bytes, delimiter: bytes) -> bool:
    """Return whether a value continues after its closing quotation mark and contains another one there."""
    at = 0
    while 0 <= at < len(record):
        closed = _QUOTED.match(record, at)
        at = closed.end() if closed else at
        end = record.find(delimiter, at)
        if closed and b'"' in record[at : end if end >= 0 else None]:
            return True
        at = end + 1 if end >= 0 else -1
    return False


_ESCAPED: Final = re.compile(rb'\\([\\"])')


def escapes_undone(data: bytes) -> bytes:
    """Replace quotation marks escaped with a backslash by doubled ones, which keeps the length."""
    return _ESCAPED.sub(lambda found: b'""' if found[1] == b'"' else found[0], data) if b'\\"' in data else data


def escaped(head: bytes, delimiter: str) -> bool:
    """Return whether quotation marks within values are escaped with a backslash, and none are doubled."""
    if b'\\"' not in head:
        return False
    border = rb"\r\n" + re.escape(delimiter.encode())
    behind = len(re.findall(rb'\\"(?![%b]|$)' % border, head))
    doubled = len(re.findall(rb'(?<=[^%b\\])""(?![%b]|$)' % (border, border), head))
    bare = len(re.findall(rb'(?<=[^%b\\"])"(?![%b"]|$)' % (border, border), head))
    return behind > bare and not doubled


def first_line_end(data: bytes) -> int:
    """Return the index after the first line end, -1 if there is none."""
    found = [position for position in (data.find(b"\n"), data.find(b"\r")) if position >= 0]
    return min(found, default=-2) + 1


def _paired(quotes: npt.NDArray[np.int64], opens: npt.NDArray[np.bool_], followed: npt.NDArray[np.bool_]) -> bool:
    """Return whether quotation marks alternate between opening (or continuing) a value and closing one."""
    doubled = np.flatnonzero(np.diff(quotes) == 1)
    opens, followed = opens.copy(), followed.copy()
    opens[doubled + 1] = True
    followed[doubled] = True
    return bool(opens[0::2].all() and followed[1::2].all())


def _longest(ends: npt.NDArray[np.int64], size: int) -> int:
    return int(np.diff(ends, prepend=0, append=size).max(initial=0))


def _checked(ends: npt.NDArray[np.int64]) -> Ends:
    long = np.flatnonzero(np.diff(ends, prepend=0) > _LONGEST)
    return Ends(ends, dict.fromkeys(long.tolist(), TOO_LONG))


@dataclass(slots=True)
class _QuoteReader:
    """Reads quotation marks one by one, as Python's `csv` does; used when they do not all pair up."""

    quotes: list[int]
    opens: list[bool]
    """For each mark, whether it is at the start of a value."""
    followed: list[bool]
    """For each mark, whether a delimiter, a line end or the end of the bytes follows it."""
    lines: list[int]
    size: int
    final: bool
    ends: list[int] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)
    going_on: set[int] = field(default_factory=set)
    """Numbers of records with text between a closing quotation mark and the next delimiter."""
    start: int = 0
    quote: int = 0
    line: int = 0

    def read(self) -> Ends:
        """Process quotation marks and line ends in order."""
        while self.line < len(self.lines) or self.quote < len(self.quotes):
            if self._line_is_next():
                self._end(self.lines[self.line] + 1)
            elif not self.opens[self.quote]:
                self.quote += 1
            elif not self._value():
                break
        checked = _checked(np.array(self.ends, np.int64))
        return Ends(checked.ends, self.broken | checked.broken)

    def _line_is_next(self) -> bool:
        if self.quote == len(self.quotes):
            return True
        return self.line < len(self.lines) and self.lines[self.line] < self.quotes[self.quote]

    def _end(self, end: int) -> None:
        self.ends.append(end)
        self.start = end
        self.line += 1

    def _value(self) -> bool:
        """Skip a quoted value, or end its record if it is broken; False if more bytes are needed."""
        close = self._close()
        position = self.quotes[close] if close < len(self.quotes) else self.size
        if not self.final and position >= self.size - 1 and self.size - self.start <= _LONGEST:
            return False
        within = position < self.size and position - self.start <= RECORD_BYTES
        one_line = self.line == len(self.lines) or self.lines[self.line] > position
        if within and (one_line or self.followed[close]):
            self.quote = close + 1
            if not self.followed[close]:
                self.going_on.add(len(self.ends))
            while self.line < len(self.lines) and self.lines[self.line] < position:
                self.line += 1
            return True
        return self._break()

    def _close(self) -> int:
        """Return the number of the mark that closes the value opened by the current one."""
        close = self.quote + 1
        while close + 1 < len(self.quotes) and self.quotes[close + 1] == self.quotes[close] + 1:
            close += 2
        return close

    def _break(self) -> bool:
        """End the record at the line on which its value was opened."""
        if self.line == len(self.lines):
            return False
        self.broken[len(self.ends)] = UNCLOSED
        self._end(self.lines[self.line] + 1)
        while self.quote < len(self.quotes) and self.quotes[self.quote] < self.start:
            self.quote += 1
        return True


# Detecting delimiter and header from the first lines.

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical_bar"}
"""Supported delimiters, likeliest first."""
_MARK: Final = "\ufeff".encode()
"""Prepended to what Arrow reads: it drops one byte order mark, which otherwise might belong to the first value."""
_UNDER_TITLE: Final = 3
"""Number of values in most lines from which the first line may be a title without delimiters."""
_SEPARATOR_LINE: Final = re.compile(rb'"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)

Records = list[tuple[slice, int, int]]
"""Position, number of values and line number (from 1) of the first non-blank records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How delimited text is written, and the names of its columns."""

    delimiter: str
    quoted: bool
    escaped: bool
    header: tuple[str, ...]
    headerless: bool
    start: int
    """Offset of the first data row in the head, in bytes."""
    notes: tuple[str, ...]
    header_row: int
    lines_above: tuple[tuple[str, ...], ...]


def dialect_of(head: bytes, name: str, *, complete: bool, header_row: int | None = None) -> Dialect:
    """Detect the dialect from a text's first bytes, given as UTF-8 without a byte order mark.

    `complete` means that there are no more bytes; `header_row` is the header's line number, 0 for no header. Raises
    UnreadableError if no header is found.
    """
    separator = _SEPARATOR_LINE.match(head)
    skipped = separator.end() if separator else 0
    text = head[skipped:]
    if complete and text[-1:] not in {b"\n", b"\r"}:
        text += b"\n"
    plain = escapes_undone(text) if escaped(text, ",") else text
    delimiter = separator[1].decode() if separator else _likeliest(plain)
    behind_backslash = escaped(text, delimiter)
    if behind_backslash:
        text = escapes_undone(text)
    records = _first_records(text, delimiter)
    first = _first_line(text, records, name, delimiter)
    known = (kind_without_header(first) or _unquoted(text, delimiter)) if header_row is None else None
    lines = [(line, values_of(text[place], delimiter, min(count, COLUMNS))) for place, count, line in records]
    if known is None:
        found, at_end = _heading(text, records, lines, name, delimiter, header_row)
        start = records[found.lines - 1][0].stop if found.lines else 0
    else:
        found = Heading(row=0, lines=0, header=known.columns, headerless=True, notes=(say("note-no-header"),))
        start, at_end = 0, False
    notes = (say("note-delimiter-at-end"), *found.notes) if at_end else found.notes
    notes = (say("note-backslashes"), *notes) if behind_backslash else notes
    return Dialect(
        delimiter=delimiter,
        quoted=known is None or known.quoted,
        escaped=behind_backslash and (known is None or known.quoted),
        header=found.header,
        headerless=found.headerless,
        start=min(skipped + start, len(head)),
        notes=notes if delimiter == "," else (_delimiter_note(delimiter), *notes),
        header_row=found.row,
        lines_above=shown_lines(lines),
    )


def _delimiter_note(delimiter: str) -> str:
    known = DELIMITERS.get(delimiter)
    return say("note-delimiter", delimiter=say(f"delimiter-{known}") if known else repr(delimiter))


def _heading(  # noqa: PLR0913, PLR0917  # everything detected so far
    text: bytes, records: Records, lines: list[Line], name: str, delimiter: str, wanted: int | None
) -> tuple[Heading, bool]:
    """Find the header, and whether each row under it ends with one delimiter more than it has."""
    found = heading_of(lines, name, wanted=wanted)
    if found.headerless:
        usual = Counter(count for _, count, _ in records[found.lines :]).most_common(1)[0][0]
        return heading_of(lines, name, wanted=wanted, data_columns=usual), False
    columns = max(count for (_, count, line) in records[: found.lines] if line >= found.row)
    more = _with_one_more(text, records[found.lines - 1 :], columns, delimiter)
    return heading_of(lines, name, wanted=wanted, data_columns=columns + more), more


def _unquoted(head: bytes, delimiter: str) -> FileKind | None:
    """Recognise the first line of a GDELT file, in which quotation marks are ordinary characters."""
    line = head[: max(first_line_end(head), 0)].decode("utf-8", "replace")
    return kind_without_header(line.rstrip("\r\n").split("\t")) if delimiter == "\t" else None


def values_of(record: bytes, delimiter: str, columns: int) -> tuple[str, ...]:
    """Parse one row into the given number of values."""
    record = _MARK + repair(record, UTF_8)[0]
    names = [str(number) for number in range(columns)]
    table = pc.read_csv(
        pa.BufferReader(record),
        pc.ReadOptions(use_threads=False, block_size=len(record), column_names=names),
        pc.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        pc.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    return tuple(column[0].as_py() for column in table.columns)


def _likeliest(text: bytes) -> str:
    """Choose the delimiter that gives the header most values, and most rows as many; a title may precede the header.

    A delimiter with which the first line cannot be read ranks like one that does not occur in it.
    """

    def merit(delimiter: str) -> tuple[int, int]:
        records = _first_records(text, delimiter)
        if not _first_is_read(text, records):
            return 0, 0
        counts = [columns for _, columns, _ in records]
        alike = counts[1:].count(counts[0])
        if counts[0] > 1 and alike >= (len(counts) - 1) / 2:
            return 2, counts[0]
        usual, times = Counter(counts).most_common(1)[0]
        under_title = usual >= _UNDER_TITLE and times >= 2  # noqa: PLR2004  # header and one row
        return (1, usual) if under_title else (0, counts[0] if counts[0] > 1 else 0)

    return max(DELIMITERS, key=merit)


def _first_records(text: bytes, delimiter: str) -> Records:
    """Return the first readable records."""
    found = record_ends(text, delimiter, quoted=True, final=False)
    starts = np.append(0, found.ends[:-1])
    filled = np.flatnonzero(found.ends - starts > 1)[: HEAD_LINES + len(found.broken)].tolist()
    sound = [number for number in filled if number not in found.broken][:HEAD_LINES]
    halves = _halves(text, found.ends, starts)
    places = [
        (slice(int(starts[number]), int(found.ends[number])), number + 1 - int(halves[number])) for number in sound
    ]
    return [(place, _number_of_values(text[place], delimiter), line) for place, line in places]


def _halves(text: bytes, ends: npt.NDArray[np.int64], starts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    r"""Count, before each record, the empty records that are only the second half of a line end, as in `\r\n`."""
    array = np.frombuffer(text, np.uint8)
    single = (ends - starts == 1) & (starts > 0)
    half = single & (array[starts] == LF) & (array[np.maximum(starts - 1, 0)] == CR)
    return np.asarray(np.cumsum(half) - half, np.int64)


def _number_of_values(record: bytes, delimiter: str) -> int:
    counted = [1]
    record = _MARK + repair(record, UTF_8)[0]

    def count(row: pc.InvalidRow) -> str:
        counted[0] = row.actual_columns
        return "skip"

    pc.read_csv(
        pa.BufferReader(record),
        pc.ReadOptions(use_threads=False, block_size=len(record), column_names=["0"]),
        pc.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=count),
        pc.ConvertOptions(column_types={"0": pa.string()}),
    )
    return counted[0]


def _first_line(text: bytes, records: Records, name: str, delimiter: str) -> tuple[str, ...]:
    """Return the values of the first record; raises UnreadableError if it cannot be read or is too wide."""
    if not text.strip(b"\r\n"):
        raise UnreadableError(name, say("read-no-lines"))
    found = _first_is_read(text, records)
    place, columns = records[0][:2] if found else (slice(0), _delimiters_in_line(text.lstrip(b"\r\n")) + 1)
    if columns > COLUMNS:
        raise UnreadableError(name, say("read-columns-or-more", columns=columns, most=COLUMNS))
    if not found:
        raise UnreadableError(name, say("read-no-header", mb=HEAD_BYTES // MIB))
    return values_of(text[place], delimiter, columns)


def _first_is_read(text: bytes, records: Records) -> bool:
    """Return whether the first non-blank line is among the readable records."""
    return bool(records) and records[0][0].start == len(text) - len(text.lstrip(b"\r\n"))


def _delimiters_in_line(text: bytes) -> int:
    line = text[: first_line_end(text)] if first_line_end(text) > 0 else text
    return max(line.count(delimiter.encode()) for delimiter in DELIMITERS)


def _with_one_more(text: bytes, records: Records, columns: int, delimiter: str) -> bool:
    """Return whether each row after the header (the first record) ends with a delimiter that the header lacks."""
    rows = records[1:]
    lines = [text[place].rstrip(b"\r\n") for place, _, _ in rows]
    more = all(count == columns + 1 for _, count, _ in rows)
    return bool(rows) and more and all(line.endswith(delimiter.encode()) for line in lines)
