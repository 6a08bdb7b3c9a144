"""Regenerate the tables of the mapping in docs/imports.md.

python -m docs.imports_tables
"""

import re
from pathlib import Path

from geo.imports.fields.cell_values import Repair
from geo.imports.fields.published_tables import TABLES, table

PAGE = Path(__file__).with_name("imports.md")
BLOCK = re.compile(r"<!-- table: (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def with_tables(page: str) -> str:
    """Return a page with its tables, each between `<!-- table: name -->` and `<!-- end -->`, regenerated."""
    return BLOCK.sub(lambda found: f"<!-- table: {found[1]} -->\n\n{markdown(found[1])}\n<!-- end -->", page)


def markdown(name: str) -> str:
    """Write a table as Markdown."""
    rows = rows_of(name)
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a published table, or of the kinds of repair."""
    if name in TABLES:
        return [{key: value.replace(";", "; ") for key, value in line.items()} for line in table(name)]
    return [{"code": repair.value, "what was wrong, and what was done": repair.words} for repair in Repair]


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
