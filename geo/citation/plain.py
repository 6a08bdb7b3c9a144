"""Citations as people read them."""

from collections.abc import Iterable

from geo.citation.reference import Reference
from geo.wording import day_words


def to_plain(references: Iterable[Reference]) -> str:
    """Write one citation to a line."""
    return "".join(f"{plain_citation(reference)}\n" for reference in references)


def plain_citation(reference: Reference) -> str:
    """Write author, title, day, version, note, address and day of access, as far as there are any."""
    head = f"{reference.author}: {reference.titled}"
    parts = [head, reference.issued and day_words(reference.issued), reference.version]
    text = ", ".join(part for part in parts if part) + "."
    if reference.note:
        text += f" {reference.note.rstrip('.')}."
    if reference.url:
        text += f" {reference.url}"
    if reference.accessed:
        text += f" (accessed {day_words(reference.accessed)})"
    return text
