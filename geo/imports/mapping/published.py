"""The tables of the mapping as they stand in docs/imports.md."""

import re
from pathlib import Path
from typing import Final

from geo.imports.mapping.guess import PLAIN_FIELDS
from geo.imports.mapping.repair import Repair
from geo.imports.mapping.tables import TABLES, table

_BLOCK: Final = re.compile(r"<!-- table: (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def with_tables(page: str) -> str:
    """Return a page with its tables, each between `<!-- table: name -->` and `<!-- end -->`, made anew."""
    return _BLOCK.sub(lambda found: f"<!-- table: {found[1]} -->\n\n{_markdown(found[1])}\n<!-- end -->", page)


def refresh(path: Path) -> None:
    """Make the tables of a page anew."""
    path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")


def _markdown(name: str) -> str:
    rows = _rows(name)
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def _rows(name: str) -> list[dict[str, str]]:
    if name in TABLES:
        return [{key: value.replace(";", "; ") for key, value in line.items()} for line in table(name)]
    if name == "repairs":
        return [{"code": repair.value, "what was wrong, and what was done": repair.words} for repair in Repair]
    return [{"field": field, "columns taken for it": "; ".join(names)} for field, names in PLAIN_FIELDS.items()]
