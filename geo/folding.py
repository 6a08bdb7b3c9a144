"""Text as a search compares it: folded, and names by how they sound, so that spellings of one name are one."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_APOSTROPHES: Final = re.compile(r"['’‘ʼʿʾ`\u200b-\u200f]")
"""And marks without width, such as the one inside Persian words."""

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
"""What transliterations of Persian, Pashto, Urdu, Tajik and Russian names differ in, in this order."""

JOINERS: Final = frozenset({"e", "i", "o", "u", "aw", "au", "ao", "wa", "va", "al", "ul", "el"})
"""Small words inside names that spellings write, join or leave out: Dand-aw-Patan, Mazar-i-Sharif."""

_SHORTEST_KEY: Final = 3


def fold(text: str) -> str:
    """Reduce text to what a search compares: no case, accents, apostrophes, variants of a letter or repeated spaces.

    >>> fold("Chamān’s  Gate")
    'chamans gate'
    """
    return " ".join(_plain(text).casefold().translate(_LETTERS).split())


@lru_cache(maxsize=65_536)  # texts of many incidents have the same names
def sound_key(word: str) -> str:
    """Reduce a folded word to how it sounds; words in other scripts and with digits stay as they are.

    >>> sound_key("angoor") == sound_key("angur"), sound_key("qunduz"), sound_key("naray")
    (True, 'kunduz', 'nari')
    """
    if not (word.isascii() and word.isalpha()):
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def name_keys(text: str) -> list[str]:
    """Return the sound keys of the names in a text: of words that begin with a capital or in a script without case.

    >>> name_keys("Shelling near Dand-aw-Patan, 5 km from Torkham")
    ['shiling', 'dand', 'patan', 'turkam']
    """
    words = (word for word in re.findall(r"[^\W_]+", _plain(text)) if word[0].isalpha() and not word[0].islower())
    return keys_of(" ".join(words))


def keys_of(text: str) -> list[str]:
    """Return the sound keys of all words, in order, without joiners and without keys too short to tell names apart."""
    words = re.findall(r"[^\W_]+", fold(text))
    keys = [sound_key(word) for word in words if word not in JOINERS]
    return [key for key in keys if len(key) >= _SHORTEST_KEY]


def query_words(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Split what somebody searches for: each word folded, with the keys of its parts.

    >>> query_words("Angur-Adda, shelling")
    [('angur-adda', ('angur', 'ada')), ('shelling', ('shiling',))]
    """
    words = [re.sub(r"^\W+|\W+$", "", word) or word for word in fold(text).split()]
    telling = [word for word in words if word not in JOINERS]
    return [(word, tuple(keys_of(word))) for word in telling or words]


def _plain(text: str) -> str:
    if text.isascii():
        return _APOSTROPHES.sub("", text)
    composed = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _APOSTROPHES.sub("", composed)
