"""What a newer release of a dataset changes, as queries: rows that are new, changed, gone, or not covered."""

from typing import Final

# Nothing but names of columns, from constants, is put into these texts; values are bound.

COMPARED: Final = (
    *("category", "subtype", "title", "summary", "date_start", "date_end", "date_precision", "place", "district"),
    *("province", "country", "location_precision", "lon", "lat", "uncertainty_km", "status", "actors"),
    *("killed_low", "killed_best", "killed_high", "killed_side_a", "killed_side_b", "killed_civilians"),
    *("killed_unknown", "source_text", "source_url"),
)
"""Columns of IMPORT_SCHEMA that a row is compared by: what its publisher states, not what the join adds."""

_VALUES: Final = ", ".join(COMPARED)
_PAIRS: Final = ", ".join(
    f"{{'field': '{name}', 'old': older.{name}::VARCHAR, 'new': newer.{name}::VARCHAR}}" for name in COMPARED
)

FATES: Final = f"""
CREATE TEMP TABLE fate AS
WITH n AS (SELECT id, hash({_VALUES}) AS content FROM newer),
     o AS (SELECT id, hash({_VALUES}) AS content, filename, country, province_code, subtype, date_start FROM older),
     span AS (
         SELECT file, country, min(date_start) AS first, max(date_start) AS last
         FROM newer JOIN part USING (filename) GROUP BY ALL),
     cover AS (
         SELECT DISTINCT coalesce(newer.country, '') AS c, coalesce(province_code, '') AS p, subtype AS s, first, last
         FROM newer JOIN part USING (filename) JOIN span USING (file)
         WHERE newer.country IS NOT DISTINCT FROM span.country),
     covered AS (
         SELECT id FROM o SEMI JOIN cover ON cover.c = coalesce(o.country, '')
         AND cover.p = coalesce(o.province_code, '') AND cover.s = o.subtype
         AND o.date_start BETWEEN cover.first AND cover.last)
SELECT coalesce(n.id, o.id) AS id, o.filename, CASE
    WHEN o.id IS NULL THEN 'new'
    WHEN n.id IS NOT NULL AND n.content = o.content THEN 'same'
    WHEN n.id IS NOT NULL THEN 'changed'
    WHEN covered.id IS NOT NULL THEN 'gone'
    ELSE 'kept' END AS fate
FROM n FULL JOIN o USING (id) LEFT JOIN covered ON covered.id = o.id
"""
"""Says of every id what becomes of it, of views `newer` and `older`; `part` says which file each part is of."""

FIELDS: Final = f"""
SELECT id, change.field AS field, change.old AS old, change.new AS new FROM (
    SELECT id, unnest([{_PAIRS}]) AS change
    FROM older JOIN newer USING (id) WHERE id IN (SELECT id FROM fate WHERE fate = 'changed')
) WHERE change.old IS DISTINCT FROM change.new ORDER BY id, field
"""
"""One row per field of a changed row that holds another value."""

FATE_COUNTS: Final = "SELECT fate, count(*) FROM fate GROUP BY fate"
FIELDS_OF: Final = "SELECT field, old, new FROM change WHERE id = $id ORDER BY field"
FIELD_COUNTS: Final = "SELECT field, count(*) AS rows FROM change GROUP BY field ORDER BY rows DESC, field"

KILLED: Final = """
SELECT coalesce(sum(killed_low), 0), coalesce(sum(killed_best), 0), coalesce(sum(killed_high), 0)
"""
KILLED_BEFORE: Final = KILLED + "FROM older"
KILLED_AFTER: Final = (
    KILLED + "FROM (SELECT killed_low, killed_best, killed_high FROM newer UNION ALL "
    "SELECT killed_low, killed_best, killed_high FROM older WHERE id IN (SELECT id FROM fate WHERE fate = 'kept'))"
)

ROWS: Final[dict[str, str]] = {
    fate: f"SELECT id, source_id, title, date_start FROM {view} "
    f"WHERE id IN (SELECT id FROM fate WHERE fate = '{fate}') ORDER BY date_start DESC, id LIMIT $most"
    for fate, view in (("new", "newer"), ("changed", "newer"), ("gone", "older"))
}
"""The first rows of a fate, newest first."""

STAYING: Final = (
    "SELECT filename, count(*), count(*) FILTER (fate = 'kept') FROM fate WHERE filename IS NOT NULL GROUP BY ALL "
    "ORDER BY filename"
)
"""How many rows a part of the older release has, and how many of them stay."""

KEPT: Final = "SELECT id FROM fate WHERE fate = 'kept' AND filename = $part"
