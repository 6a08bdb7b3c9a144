"""What the fields of a choice mean in SQL."""

from collections.abc import Mapping
from typing import Final

CONDITIONS: Final[Mapping[str, str]] = {
    "year": "list_contains($year, year)",
    "since": "date_start >= $since::DATE",
    "until": "date_start <= $until::DATE",
    "category": "list_contains($category, category)",
    "subtype": "list_contains($subtype, subtype)",
    "province": "list_contains($province, province_code)",
    "country": "list_contains($country, country)",
    "status": "list_contains($status, status)",
    "precision": "list_contains($precision, location_precision)",
    "date_precision": "list_contains($date_precision, date_precision)",
    "actor": "list_has_any($actor, actors_folded)",
    "group": "list_contains($group, event_group)",
    "dataset": "list_contains($dataset, dataset)",
    "words": """len(list_filter($words, lambda word, place: NOT (
        contains(search, word) OR list_has_all(search_keys, string_split($keys[place], ' '))
    ))) = 0""",
}
"""What each value that a choice binds means, for DuckDB. The text never varies: no value, and no name of a column, is
ever put into it."""

NO_LEADS: Final = "status <> 'lead'"
_DAYS: Final = ("since", "until")
CONDITION: Final = "".join(
    f"{joined} (${name}{'::DATE' * (name in _DAYS)} IS NULL OR {text})\n"
    for joined, (name, text) in zip(["", *["AND"] * len(CONDITIONS)], CONDITIONS.items(), strict=False)
)
"""What a choice means on the table `incident`; `Filters.parameters` gives the values."""
