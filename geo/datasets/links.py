"""Reports in different datasets that may be the same incident, and an analyst's decisions about them."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from typing import Final, Self

import pyarrow as pa
from pydantic import AwareDatetime, TypeAdapter, ValidationError, model_validator

from geo.apart import TemporaryFolder
from geo.datasets.dataset import IMPORT_SCHEMA, first_reason, os_reason
from geo.datasets.folder import LINKS_FILE, AnyFolder, DataFolder, changing, replace_file
from geo.datasets.parts import answer, scanning
from geo.incident.errors import DataError, Fault
from geo.incident.record import Record, Text
from geo.incident.vocabulary import DrawnAs, LocationPrecision
from geo.language.messages import say

# An analyst's decisions on which reports are the same incident, kept in a file; no report is deleted.


class Verdict(StrEnum):
    """Decision about two reports."""

    LINKED = "linked"
    REJECTED = "rejected"


class Report(Record):
    """An incident as one dataset reports it."""

    dataset: Text
    id: Text


class Link(Record):
    """The decision about two reports, ordered by dataset and id."""

    a: Report
    b: Report
    verdict: Verdict
    decided_at: AwareDatetime

    @model_validator(mode="after")
    def _of_two(self) -> Self:
        if _key(self.a) >= _key(self.b):
            raise ValueError(say("links-out-of-order"))
        return self

    @classmethod
    def of(cls, one: Report, other: Report, verdict: Verdict) -> Self:
        """Make a decision, as of now, about two reports in any order; raises ValueError if they are the same."""
        first, second = sorted((one, other), key=_key)
        return cls(a=first, b=second, verdict=verdict, decided_at=datetime.now(UTC).replace(microsecond=0))


_LINKS: Final = TypeAdapter(tuple[Link, ...])


def read_links(folder: AnyFolder) -> tuple[Link, ...]:
    """Return all decisions, oldest first; raises DataError if the file cannot be read or is invalid."""
    content = folder.links()
    try:
        if not isinstance(content, OSError):
            return () if content is None else _LINKS.validate_json(content)
        why = os_reason(content)
    except ValidationError as error:
        why = first_reason(error)
    raise DataError(LINKS_FILE, [Fault(where=LINKS_FILE, field="", message=say("links-unreadable", why=why))])


def record_decisions(folder: DataFolder, links: Iterable[Link]) -> tuple[Link, ...]:
    """Record decisions, replacing earlier ones about the same two reports, and return all."""
    new = {(link.a, link.b): link for link in links}
    return _change(folder, lambda old: (*(link for link in old if (link.a, link.b) not in new), *new.values()))


def undo(folder: DataFolder, one: Report, other: Report) -> tuple[Link, ...]:
    """Delete the decision about two reports, given in any order, and return the rest."""
    pair = {one, other}
    return _change(folder, lambda old: tuple(link for link in old if {link.a, link.b} != pair))


def _key(report: Report) -> tuple[str, str]:
    return report.dataset, report.id


def _change(folder: DataFolder, change: Callable[[tuple[Link, ...]], tuple[Link, ...]]) -> tuple[Link, ...]:
    with changing(folder.path):
        links = change(read_links(folder))
        lines = ",\n ".join(link.model_dump_json() for link in links)
        replace_file(folder.path / LINKS_FILE, f"[{lines}]\n")
    return links


# Queries for reports in two datasets that may be the same incident: a join over a grid of cells and weeks.

# Only constants are interpolated into these queries; values are bound.

PRECISE: Final = tuple(known.value for known in LocationPrecision if known.drawn_as in (DrawnAs.POINT, DrawnAs.CIRCLE))
"""Location precisions for which a distance is meaningful."""

_COLUMNS: Final = (
    "dataset, id, category, title, place, date_start, date_end, date_precision, location_precision, lon, lat"
)
_COMMON: Final = (
    *("of", "the", "and", "forces", "force", "military", "army", "police", "government", "group", "armed", "militia"),
    *("civilians", "unidentified", "unknown", "islamic", "republic", "state", "former", "alleged"),
)
"""Words in actor names that do not distinguish one actor from another."""
_WORDS: Final = (
    r"list_filter(list_distinct(regexp_extract_all(array_to_string(actors_folded, ' '), '[^\W\d_]{3,}')), "
    f"lambda word: NOT list_contains({list(_COMMON)}, word))"
)

REPORTS: Final = f"""
CREATE TEMP TABLE report AS
SELECT {_COLUMNS}, {_WORDS} AS words, floor(lon / $cell_lon)::INTEGER AS x, floor(lat / $cell_lat)::INTEGER AS y,
    date_start - DATE '1970-01-01' AS first, coalesce(date_end, date_start) - DATE '1970-01-01' AS last
FROM (SELECT {_COLUMNS}, actors_folded FROM imported UNION ALL BY NAME SELECT {_COLUMNS}, actors_folded FROM curated)
WHERE list_contains({list(PRECISE)}, location_precision) AND isfinite(lon) AND isfinite(lat) AND date_start IS NOT NULL
"""
"""All reports located precisely enough, with their grid cell and their possible days since 1970."""

CANDIDATE: Final = """
CREATE TEMP TABLE candidate (
    a_dataset VARCHAR, a VARCHAR, b_dataset VARCHAR, b VARCHAR, km DOUBLE, days INTEGER, same_category BOOLEAN,
    shared_actors DOUBLE, score DOUBLE
)"""

_APART: Final = (
    "2 * 6371.0088 * asin(sqrt(least(1, pow(sin(radians(b.lat - a.lat) / 2), 2) "
    "+ cos(radians(a.lat)) * cos(radians(b.lat)) * pow(sin(radians(b.lon - a.lon) / 2), 2))))"
)
_SHARED: Final = "len(list_intersect(a.words, b.words)) / greatest(1, least(len(a.words), len(b.words)))"

PAIRS: Final = f"""
INSERT INTO candidate
WITH near AS (
    SELECT report.*, x + dx AS cell_x, y + dy AS cell_y,
        unnest(range((first - $days) // 7, (last + $days) // 7 + 1)) AS week
    FROM report, (SELECT unnest([-1, 0, 1]) AS dx), (SELECT unnest([-1, 0, 1]) AS dy) WHERE dataset = $few
), other AS (
    SELECT *, unnest(range(first // 7, last // 7 + 1)) AS week FROM report WHERE dataset = $many
), pair AS (
    SELECT a.dataset AS a_dataset, a.id AS a, b.dataset AS b_dataset, b.id AS b, {_APART} AS km,
        greatest(a.first - b.last, b.first - a.last, 0)::INTEGER AS days,
        a.category = b.category AS same_category, {_SHARED} AS shared_actors,
        (a.date_precision = 'day' AND b.date_precision = 'day') AS days_known,
        (a.location_precision <> 'district' AND b.location_precision <> 'district') AS places_known
    FROM near AS a JOIN other AS b ON a.cell_x = b.x AND a.cell_y = b.y AND a.week = b.week
    WHERE a.week = greatest((a.first - $days) // 7, b.first // 7)
)
SELECT least((a_dataset, a), (b_dataset, b))[1], least((a_dataset, a), (b_dataset, b))[2],
    greatest((a_dataset, a), (b_dataset, b))[1], greatest((a_dataset, a), (b_dataset, b))[2],
    km, days, same_category, shared_actors,
    0.35 * (1 - km / $km) * if(places_known, 1, 0.5) + 0.25 * (1 - days / ($days + 1)) * if(days_known, 1, 0.5)
    + 0.2 * same_category::INTEGER + 0.2 * shared_actors
FROM pair WHERE km <= $km AND days <= $days AND (same_category OR NOT $category) AND (shared_actors > 0 OR NOT $actors)
"""
"""Pairs of reports of two datasets within the windows. Each pair meets in one cell and is counted in just one of the
weeks they share."""

SIZES: Final = "SELECT dataset, count(*) FROM report GROUP BY dataset ORDER BY count(*), dataset"
TOTAL: Final = "SELECT count(*) FROM candidate"
_SHOWN: Final = ", ".join(f"{s}_row.{name} AS {s}_{name}" for s in "ab" for name in ("title", "place", "date_start"))
BEST: Final = f"""
SELECT candidate.*, {_SHOWN}
FROM (SELECT * FROM candidate ORDER BY score DESC, a, b LIMIT $most) AS candidate
JOIN report AS a_row ON a_row.dataset = a_dataset AND a_row.id = a
JOIN report AS b_row ON b_row.dataset = b_dataset AND b_row.id = b
ORDER BY score DESC, a, b
"""


# Candidate pairs, scored; a person has to decide.

KM_CHOICES: Final = (1, 5)
DAY_CHOICES: Final = (1, 2)
_KM_PER_DEGREE: Final = 111.19
_FARTHEST_NORTH: Final = 60.0
"""Latitude in degrees up to which no pair is missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchWindows:
    """Largest distances in space and time between two reports proposed as one incident."""

    km: float = max(KM_CHOICES)
    days: int = max(DAY_CHOICES)
    """Days between the possible days of either; 0 if these overlap."""
    same_category: bool = False
    shared_actors: bool = False
    """Require at least one shared word in the names of their actors, common words aside."""

    def __post_init__(self) -> None:
        if not (0 < self.km <= 100 and 0 <= self.days <= 31):  # noqa: PLR2004  # beyond these, everything is a pair
            raise ValueError(say("links-too-wide", km=f"{self.km:g}", days=str(self.days)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs of reports within the windows."""

    rows: pa.Table
    """Best first: a_dataset, a, b_dataset, b (ids), km, days, same_category, shared_actors (0 to 1), score (0 to 1),
    and title, place and date_start of each report, as a_title and so on."""
    total: int
    """Number of all pairs, including those not in `rows`."""


def candidates(
    parts: Sequence[Path], *, windows: MatchWindows, curated: pa.Table | None = None, most: int = 1000
) -> Candidates:
    """Find reports in different datasets that may be the same incident.

    Parameters
    ----------
    parts
        Parquet parts of the imported datasets.
    windows
        Largest distances between the reports of a pair.
    curated
        The record's incidents, with the first columns of IMPORT_SCHEMA; None to leave them out.
    most
        Largest number of rows to return.

    Reports located only to a province or border segment, or not at all, are left out, as their distances mean nothing.
    Beyond 60° north or south, pairs may be missed.

    """
    if not parts:
        return Candidates(rows=pa.table({}), total=0)
    cell_lat = windows.km / _KM_PER_DEGREE * 1.001
    cell_lon = cell_lat / math.cos(math.radians(_FARTHEST_NORTH))
    with (
        TemporaryFolder() as scratch,
        scanning(scratch, imported=parts) as connection,
    ):
        connection.register("curated", IMPORT_SCHEMA.empty_table() if curated is None else curated)
        connection.execute(REPORTS, {"cell_lon": cell_lon, "cell_lat": cell_lat})
        connection.execute(CANDIDATE)
        sizes = [dataset for dataset, _ in connection.execute(SIZES).fetchall()]
        for few, many in combinations(sizes, 2):
            wanted = {"km": float(windows.km), "days": windows.days}
            wanted |= {"category": windows.same_category, "actors": windows.shared_actors}
            connection.execute(PAIRS, {"few": few, "many": many, **wanted})
        total = connection.execute(TOTAL).fetchall()[0][0]
        return Candidates(rows=answer(connection, BEST, most=most), total=int(total))
