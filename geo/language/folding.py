"""Text folding for searches, and sound keys that unify the spellings of a name."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

FILE_LANGUAGES: Final = tuple("en de fr es it pt nl pl ru uk tg uz fa fa_AF ps ur ar tr".split())  # noqa: SIM905
"""Languages, by CLDR code, in which files from and about the region are written."""

_APOSTROPHES: Final = re.compile(r"['’‘ʼʿʾ`\u200b-\u200f]")
"""Apostrophes and zero-width characters, such as the joiner inside Persian words."""

_THOUSANDS: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
"""Thousands separator: a comma that is formatting rather than part of the text."""

_LETTERS: Final = str.maketrans(
    "يىېۍۀےئكګہھۂةەټٹډڈړڑڼںқғҳҷёй",
    "یییییییکگهههههتتددررننкгхчеи",
)
"""Letters that Arabic, Persian, Pashto, Urdu, Tajik and Russian keyboards write differently in the same name."""

_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("dzh", "j"),
        ("ph", "f"),
        ("kh|ck|[qx]|c(?!h)", "k"),
        ("([gbdt])h", r"\1"),
        ("w", "v"),
        ("y", "i"),
        ("[ao]v(?![aeiou])|a[ou]", "au"),
        ("[ae]i", "i"),
        ("e", "i"),
        ("o", "u"),
        (r"(?<=[aiu])h$", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""Differences between transliterations of Persian, Pashto, Urdu, Tajik and Russian names, applied in this order."""

JOINERS: Final = frozenset({"e", "i", "o", "u", "aw", "au", "ao", "wa", "va", "al", "ul", "el"})
"""Particles within names that are written apart, joined or left out: Dand-aw-Patan, Mazar-i-Sharif."""

PLAIN: Final = frozenset(
    """
    about after again against ago all along also among and any are area armed arms army around arrest arrested arrests
    attack attacked attackers attacks back bank base bases battle battles been before began begin behind being between
    blast blasts blown bomb bombed bombing bombs border both burn burned bus buses but call called calls came camp can
    car cargo cars case cases cause caused cease ceasefire child children civilian civilians claim claimed claims clash
    clashed clashes close closed closes closing closure convoy could cross crossed crosses crossing crossings cut cuts
    damage damaged day days dead deadly death deaths denied denies deny destroyed did die died dies district down drone
    drones drove dying each east end ended enter entered even exchange exploded explosion explosions face fall fallen
    families family far fell few fight fighter fighters fighting fights fire fired fires firing five flat fled flee
    flew flight fly foot for force forced forces fought found four free from front fuel full gate gates gave get give
    given goods group groups guard guards gun gunfire guns had half halt halted hand handed hard has have head held
    help her here hill hills him his hit hits hold home hour hours house houses how hurt injured injuries into its job
    join joined just keep kept kid kids kill killed killer killers killing killings kills know known lack laid land
    last late later launched lay leader leave left led less let line live lived local long lose loss losses lost low
    made main make man many march market may meet men met might mile militant militants mine mines more mortar mortars
    most move moved near never new next night nine nor north not now off officer officers official once one only open
    opened opens order other our out over own part pass passed people place plan plane planes point police policy post
    posts put raid raided raids raise raised ran rebel red refugee refugees reopened report reported reports return
    returned rise river road roads rocket rockets rose route run said same saw say says sealed second sector see seen
    seize seized sent set seven several shell shelled shelling shells shoot shooting shop shops shot shots shut side
    sides since six small soldier soldiers some soon south started still stop stopped strike strikes struck such taken
    take talks tank tanks ten than that the their them then there these they this three through ties time tie told too
    took trade truck trucks two unit until used village wall war was week well went were west what when where which
    while who whole wide will with without woman women won wound wounded wounds year years yet zone
    """.split()  # noqa: SIM905  # readable as text
)
"""Common English words in descriptions of incidents. By sound they would match names (“kill” Khel, “cut” Kot, “called”
Khalid), so they are matched by spelling only."""

_SHORTEST_KEY: Final = 3


def fold(text: str) -> str:
    """Fold text for comparison.

    Removes case, accents, apostrophes, letter variants, repeated spaces, and commas between thousands.

    >>> fold("Chamān’s  Gate"), fold("1,037 people")
    ('chamans gate', '1037 people')
    """
    return _THOUSANDS.sub("", " ".join(_plain(text).casefold().translate(_LETTERS).split()))


@lru_cache(maxsize=65_536)  # the same names recur in many incidents
def sound_key(word: str) -> str:
    """Reduce a folded word to its sound; words in other scripts or with digits are returned unchanged.

    >>> sound_key("angoor") == sound_key("angur"), sound_key("qunduz"), sound_key("naray")
    (True, 'kunduz', 'nari')
    """
    if not (word.isascii() and word.isalpha()):
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def name_keys(text: str) -> list[str]:
    """Return the sound keys of the names in a text: words with a capital initial or in a script without case.

    >>> name_keys("Shelling near Dand-aw-Patan, 5 km from Torkham")
    ['shiling', 'dand', 'patan', 'turkam']
    """
    words = (word for word in re.findall(r"[^\W_]+", _plain(text)) if word[0].isalpha() and not word[0].islower())
    return keys_of(" ".join(words))


def keys_of(text: str) -> list[str]:
    """Return the sound keys of all words, in order, without joiners and keys too short to be distinctive."""
    words = re.findall(r"[^\W_]+", fold(text))
    keys = [sound_key(word) for word in words if word not in JOINERS]
    return [key for key in keys if len(key) >= _SHORTEST_KEY]


def query_words(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Split a search into folded words, each with the sound keys of its parts; a plain English word has none.

    >>> query_words("Angur-Adda, killed")
    [('angur-adda', ('angur', 'ada')), ('killed', ())]
    """
    words = [re.sub(r"^\W+|\W+$", "", word) or word for word in fold(text).split()]
    telling = [word for word in words if word not in JOINERS]
    return [(word, () if _is_plain(word) else tuple(keys_of(word))) for word in telling or words]


def _is_plain(word: str) -> bool:
    return all(part in PLAIN for part in re.split(r"[\W_]+", word))


def _plain(text: str) -> str:
    if text.isascii():
        return _APOSTROPHES.sub("", text)
    composed = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _APOSTROPHES.sub("", composed)
