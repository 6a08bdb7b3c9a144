"""What a dataset is called and holds, told from its kind, its file and the parts of its release."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from geo.datasets.dataset import Dataset, Deaths
from geo.datasets.scan import scanning
from geo.datasets.terms import PUBLISHERS, cited
from geo.imports.report import Report

_HELD: Final = """
SELECT count(*), min(date_start), max(date_start), sum(killed_low), sum(killed_best), sum(killed_high),
    coalesce(bool_and(contains(lower(source_text), 'synthetic')), false)
FROM newer
"""
"""The synthetic files that `python -m geo synth` writes say so in the source of every row."""


def described(report: Report, staged: Path, *, retrieved_at: datetime, columns: tuple[str, ...]) -> Dataset:
    """Describe the dataset that a staged release makes; `columns` are those that `raw` has."""
    publisher = PUBLISHERS.get(report.kind)
    return Dataset(
        id=report.dataset,
        kind=report.kind,
        title=publisher.title if publisher and report.dataset == report.kind else _title(report),
        version=report.version,
        licence=publisher.licence if publisher else None,
        citation=cited(report.kind, version=report.version, retrieved_on=retrieved_at.date()),
        url=publisher.url if publisher else None,
        file_name=report.file_name,
        retrieved_at=retrieved_at,
        imported_at=report.imported_at,
        accepted=report.accepted,
        repaired=report.repaired,
        rejected=report.rejected,
        leads=publisher is not None and publisher.leads,
        columns=columns,
        **_held(staged),
    )


def now() -> datetime:
    """Return the time, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _title(report: Report) -> str:
    publisher = PUBLISHERS.get(report.kind)
    return f"{publisher.title}, {report.dataset}" if publisher else bare_name(report.file_name)


def bare_name(file_name: str) -> str:
    """Return a file's name without its endings.

    >>> bare_name("Kunar clashes.csv.gz"), bare_name(".csv")
    ('Kunar clashes', '.csv')
    """
    bare, parts = file_name, {".csv", ".tsv", ".txt", ".xlsx", ".geojson", ".json", ".gpkg", ".parquet", ".gz", ".zip"}
    while (ending := Path(bare).suffix.lower()) in parts and Path(bare).stem:
        bare = bare[: -len(ending)]
    return bare


def _held(staged: Path) -> dict[str, Any]:
    with scanning(staged, newer=sorted(staged.glob("part-*.parquet"))) as connection:
        rows, first, last, low, best, high, synthetic = connection.execute(_HELD).fetchall()[0]
    known = best is not None or low is not None or high is not None
    killed = Deaths(low=int(low or 0), best=int(best or 0), high=int(high or 0)) if known else None
    return {"rows": rows, "first": first, "last": last, "killed": killed, "synthetic": synthetic}
