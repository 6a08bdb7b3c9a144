"""Which words of a text went and which came."""

import re
from difflib import SequenceMatcher
from typing import Literal

Mark = tuple[Literal["same", "removed", "added"], str]


def marked_words(old: str, new: str) -> list[Mark]:
    """Return the text in pieces; those without "added" make the old text, those without "removed" the new one.

    >>> marked_words("six key districts", "six districts")
    [('same', 'six '), ('removed', 'key '), ('same', 'districts')]
    """
    before, after = re.findall(r"\S+\s*|\s+", old), re.findall(r"\S+\s*|\s+", new)
    pieces: list[Mark] = []
    for what, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(before[i:i_end])))
            continue
        if i_end > i:
            pieces.append(("removed", "".join(before[i:i_end])))
        if j_end > j:
            pieces.append(("added", "".join(after[j:j_end])))
    return pieces
