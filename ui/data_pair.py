"""Two reports side by side: what each says of place, day, actors and deaths, and what speaks for their being one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from geo.datasets.links import Report
from geo.describe import deaths, how_known, when, where
from geo.incident import Incident
from geo.table import IncidentTable
from geo.table_rows import CURATED
from geo.wording import count_words, list_words
from ui.panel import panel


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two reports that may be the same incident, in the order of their datasets and ids."""

    a: Report
    b: Report
    score: float
    """From 0 to 1."""
    km: float
    days: int
    same_category: bool
    shared_actors: float
    """Share of the words in actors' names that are the same, from 0 to 1."""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """Make a pair of a row of candidates."""
        return cls(
            a=Report(dataset=row["a_dataset"], id=row["a"]),
            b=Report(dataset=row["b_dataset"], id=row["b"]),
            **{name: row[name] for name in ("score", "km", "days", "same_category", "shared_actors")},
        )

    @property
    def key(self) -> tuple[Report, Report]:
        """What a decision about it is kept under."""
        return self.a, self.b


def pair_panel(pair: Pair, table: IncidentTable, titles: Mapping[str, str], *, left: int) -> None:
    """Draw two reports; `titles` are of the datasets by id, `left` counts the pairs that wait, this one too."""
    panel("data_pair.html", key="data-pair", on_choose=lambda _: None, **pair_values(pair, table, titles, left=left))


def pair_values(pair: Pair, table: IncidentTable, titles: Mapping[str, str], *, left: int) -> dict[str, Any]:
    """Return what the template shows of two reports."""
    both = [table.incident(report.id) for report in pair.key]
    one, other = (_fields(incident, table) for incident in both)
    return {
        "place_in_line": "Are these the same incident?" if left == 1 else f"Are these the same incident? {left:,} wait",
        "score": round(100 * pair.score),
        "reasons": reason_words(pair),
        "datasets": ["The record" if r.dataset == CURATED else titles.get(r.dataset, r.dataset) for r in pair.key],
        "rows": [(field, one[field], other[field], one[field] == other[field]) for field in one],
    }


def reason_words(pair: Pair) -> str:
    """Say what speaks for two reports being the same incident, and what does not."""
    days = "days that overlap" if pair.days == 0 else f"{count_words(pair.days, 'day')} between them"
    category = "same category" if pair.same_category else "another category"
    actors = f"{pair.shared_actors:.0%} of the actors’ names in common" if pair.shared_actors else "no actors in common"
    return f"{pair.km:.1f} km apart; {days}; {category}; {actors.replace('%', ' %')}"


def _fields(incident: Incident, table: IncidentTable) -> dict[str, str]:
    return {
        "Title": incident.title,
        "When": when(incident),
        "Where": where(incident),
        "How well known": how_known(incident),
        "Kind": incident.subtype.words,
        "Actors": list_words(incident.actors) or "none named",
        f"Deaths, {table.rule.name}": deaths(incident, table.rule),
        "Summary": incident.summary,
        "Sources": "; ".join(dict.fromkeys(source.title or source.publisher for source in incident.sources)),
        "Id": incident.id,
    }
