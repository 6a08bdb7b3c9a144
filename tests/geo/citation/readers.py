"""Readers of what citations are written as, strict where citation programs are."""

import re
from typing import Any

_ENTRY = re.compile(r"@misc\{([a-z0-9-]+),\n")
_FIELD = re.compile(r"  ([a-z]+) = ")
_NAMED = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Entries by key as BibTeX finds them: a value ends where its braces balance, whatever backslashes say."""
    entries: dict[str, dict[str, str]] = {}
    at = 0
    while at < len(text):
        if text[at] == "\n":
            at += 1
            continue
        head = _ENTRY.match(text, at)
        assert head, text[at : at + 60]
        assert head[1] not in entries
        fields, at = _fields(text, head.end())
        entries[head[1]] = fields
    return entries


def _fields(text: str, at: int) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while not text.startswith("}\n", at):
        name = _FIELD.match(text, at)
        assert name, text[at : at + 60]
        end = _end_of_value(text, name.end())
        fields[name[1]] = text[name.end() : end]
        assert text[end : end + 2] == ",\n"
        at = end + 2
    return fields, at + 2


def _end_of_value(text: str, at: int) -> int:
    if text[at] != "{":
        return text.index(",", at)
    depth = 0
    for position in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return position + 1
    raise AssertionError("braces do not balance")


def unlatex(text: str) -> str:
    """What LaTeX sets for escaped text; everything special must be escaped."""
    return re.sub(r"\\([a-z]+)\{\}|\\([%&#$_])|([\\{}%&#$_~^])", _set, text)


def _set(match: re.Match[str]) -> str:
    assert match[3] is None, f"{match[3]} is not escaped in {match.string!r}"
    return _NAMED[match[1]] if match[1] else match[2]


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Records as lists of tags with values."""
    records: list[list[tuple[str, str]]] = []
    assert text == "" or text.endswith("ER  - \r\n\r\n")
    for line in text.split("\r\n")[:-1]:
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert match, line
        if match[1] == "TY":
            records.append([])
        records[-1].append((match[1], match[2]))
    assert all(record[0][0] == "TY" and record[-1] == ("ER", "") for record in records)
    return records


CSL_SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "author"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": ["article-newspaper", "report", "webpage", "dataset"]},
            "title": {"type": "string", "minLength": 1},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["literal"],
                    "additionalProperties": False,
                    "properties": {"literal": {"type": "string", "minLength": 1}},
                },
            },
            "container-title": {"type": "string"},
            "publisher": {"type": "string"},
            "version": {"type": "string"},
            "note": {"type": "string"},
            "URL": {"type": "string", "pattern": "^https?://[!-~]+$"},
            "issued": {"$ref": "#/definitions/day"},
            "accessed": {"$ref": "#/definitions/day"},
        },
    },
    "definitions": {
        "day": {
            "type": "object",
            "required": ["date-parts"],
            "additionalProperties": False,
            "properties": {
                "date-parts": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 2,
                    "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                }
            },
        }
    },
}
"""What of csl-data.json (citation-style-language/schema 1.0) is used, with nothing beside it."""
