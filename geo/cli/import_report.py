"""What an import did, or would do, as lines for people."""

from collections.abc import Iterator
from typing import Final

from geo.datasets.dataset import Deaths
from geo.datasets.release import ReleaseDifference, RowChange
from geo.imports.report import Report
from geo.wording import count_words

_MOST: Final = 10


def report_lines(report: Report) -> Iterator[str]:
    """Say what became of the rows of a file."""
    version = f" {report.version}" if report.version else ""
    rows = count_words(report.rows, "row")
    yield f"{report.file_name}: {report.kind}{version}, {rows}, into dataset {report.dataset}"
    yield from (f"  {note}" for note in report.notes)
    yield f"  accepted {report.accepted:,}, repaired {report.repaired:,}, rejected {report.rejected:,}"
    for repair in report.repairs:
        yield f"  repaired in {count_words(repair.rows, 'row')}: {repair.words}"
        yield from (f"    row {example.row:,}: {example.text}" for example in repair.examples)
    for flag in report.flags:
        yield f"  odd, kept as it is, in {count_words(flag.rows, 'row')}: {flag.what}"
    for fault in report.faults:
        yield f"  rejected for {fault.field or 'the whole row'}: {count_words(fault.rows, 'row')}"
    for row in report.rejections[:_MOST]:
        where = f" {row.field}" if row.field else ""
        yield f"    row {row.row:,}:{where} {row.raw[:80]!r} {row.reason}"
    if report.rejected > _MOST:
        yield f"    … and {report.rejected - _MOST:,} more; --rejected writes all"
    if report.killed:
        yield f"  killed, low / best / high: {_deaths(report.killed)}{_left_out(report)}"
    yield f"  {report.seconds:.1f} s"


def difference_lines(found: ReleaseDifference) -> Iterator[str]:
    """Say what would become of a dataset."""
    yield (
        f"Against the release before: {found.new:,} new, {found.changed:,} changed, {found.gone:,} gone, "
        f"{found.same:,} the same, {found.kept:,} not covered by the file and kept"
    )
    yield from (f"  {field.field}: {count_words(field.rows, 'row')} changed" for field in found.fields)
    for what in ("new", "changed", "gone"):
        rows = [row for row in found.examples if row.what == what]
        yield from (_row(row) for row in rows[:_MOST])
        more = getattr(found, what) - len(rows[:_MOST])
        if more > 0:
            yield f"  … and {more:,} more {what}"
    yield f"  killed, low / best / high: {_deaths(found.old_killed)} before, {_deaths(found.new_killed)} after"


def _row(row: RowChange) -> str:
    fields = "; ".join(f"{change.field}: {_value(change.old)} → {_value(change.new)}" for change in row.fields)
    return (
        f"  {row.what} {row.source_id or row.id} ({row.date_start}) {row.title or ''}{': ' if fields else ''}{fields}"
    )


def _value(text: str | None) -> str:
    return "nothing" if text is None else repr(text[:60])


def _deaths(killed: Deaths) -> str:
    return f"{killed.low:,} / {killed.best:,} / {killed.high:,}"


def _left_out(report: Report) -> str:
    rejected = report.killed_rejected
    return f"; in rejected rows: {_deaths(rejected)}" if rejected and rejected != Deaths() else ""
