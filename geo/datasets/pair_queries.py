"""Reports of two datasets that may be the same incident, as queries: a join over a grid of cells and days."""

from typing import Final

# Nothing but constants is put into these texts; values are bound.

PRECISE: Final = ("exact", "near", "district")
"""Places between which a distance means something."""

_COLUMNS: Final = (
    "dataset, id, category, title, place, date_start, date_end, date_precision, location_precision, lon, lat"
)
_COMMON: Final = (
    *("of", "the", "and", "forces", "force", "military", "army", "police", "government", "group", "armed", "militia"),
    *("civilians", "unidentified", "unknown", "islamic", "republic", "state", "former", "alleged"),
)
"""Words in the names of actors that tell none from another."""
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
"""All reports whose place is known well enough, with the cell of the grid and the days since 1970 they may be of."""

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
"""Pairs of reports of two datasets within the windows. A pair is met in one cell, and counted in one week of those that
both may fall into."""

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
