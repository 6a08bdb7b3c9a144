"""BibTeX, UTF-8: one `@misc` per reference, which every style and every reader knows."""

from collections.abc import Iterable
from typing import Final

from geo.citation.reference import Reference

_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "%&#$_"},
    }
)
r"""BibTeX counts braces even after a backslash, so that `\{` would end a field: braces get their names."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def to_bibtex(references: Iterable[Reference]) -> str:
    """Write the entries, a blank line between them."""
    return "\n".join(_entry(reference) for reference in references)


def latex(text: str) -> str:
    r"""Escape text for LaTeX, so that braces stay balanced.

    >>> latex("50% of {Khost} & Co_1")
    '50\\% of \\textbraceleft{}Khost\\textbraceright{} \\& Co\\_1'
    """
    return text.translate(_ESCAPES)


def _entry(reference: Reference) -> str:
    fields = {"author": f"{{{latex(reference.author)}}}", "title": f"{{{latex(reference.titled)}}}"}
    if reference.issued:
        fields |= {"year": f"{reference.issued.year:04d}", "day": str(reference.issued.day)}
    if reference.version:
        fields["version"] = latex(reference.version)
    if reference.url:
        fields["url"] = reference.url
    if reference.accessed:
        fields["urldate"] = reference.accessed.isoformat()
    if reference.note:
        fields["note"] = latex(reference.note)
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items()]
    if reference.issued:  # a macro of every style, so without braces
        lines.append(f"  month = {_MONTHS[reference.issued.month - 1]},\n")
    return f"@misc{{{reference.key},\n{''.join(lines)}}}\n"
