"""`import`: rows of others' files into a dataset, every one accounted for, here or on a cluster."""

import argparse
import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

from geo.cli.common_options import add_data_option, local_folder
from geo.cli.terminal import CommandError, check_output, printable, write_output
from geo.datasets.dataset import Deaths, ReleaseDifference, RowChange
from geo.datasets.folder import DataFolder
from geo.imports.pipeline import Prepared, prepare
from geo.imports.readers.source import UnreadableError
from geo.imports.recognition import KINDS
from geo.imports.report import Progress, Report, Stage
from geo.incident.errors import DataError, DatasetBusyError, Fault
from geo.language.number_words import count_words

# Where an import runs: here, or on the workers of a Dask cluster.


def add_cluster_options(parser: argparse.ArgumentParser) -> None:
    """Add `--cluster` and what goes with it."""
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="run on the Dask cluster of the scheduler there, tcp://HOST:8786, or on workers started here: local",
    )
    parser.add_argument(
        "--workers", type=_number, metavar="N", help="with --cluster: how many to start, or to wait for"
    )
    parser.add_argument(
        "--exchange",
        metavar="ADDRESS",
        help="with --cluster: where workers that do not see the data folder leave their parts, s3://BUCKET/FOLDER",
    )


def prepare_as_asked(arguments: argparse.Namespace, folder: DataFolder, **asked: Any) -> Prepared:
    """Do everything of an import but accept it, here or on a cluster; `asked` as of `geo.imports.pipeline.prepare`."""
    if arguments.cluster is None:
        return prepare(_file_here(arguments), folder, **asked)
    try:
        # Dask is loaded by who asks for it
        from geo.imports.distributed_run import WorkerPool, prepare_on  # noqa: PLC0415
        from geo.imports.workers import NoFilesError, WorkersError, connected  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise CommandError(
            f"argument --cluster: {error.name} is not installed; install it with: pip install -r "
            "requirements-cluster.txt"
        ) from error
    try:
        with connected(arguments.cluster, workers=arguments.workers) as client:
            return prepare_on(WorkerPool(client=client, exchange=arguments.exchange), arguments.file, folder, **asked)
    except (WorkersError, NoFilesError) as error:
        raise CommandError(str(error)) from error


def _file_here(arguments: argparse.Namespace) -> Path:
    for name in ("workers", "exchange"):
        if getattr(arguments, name) is not None:
            raise CommandError(f"argument --{name}: it goes with --cluster")
    if "://" in arguments.file:
        raise CommandError(f"{arguments.file} is an address; files elsewhere are read with --cluster local")
    path = Path(arguments.file)
    if not path.is_file():
        raise CommandError(f"there is no file {path}")
    return path


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give at least 1")
    return number


# What an import did, or would do, as lines for people.

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
        yield f"  noted of {count_words(flag.rows, 'row')}: {flag.what}"
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
    return f"  {row.what} {row.source_id or row.id} ({row.when}) {row.title or ''}{': ' if fields else ''}{fields}"


def _value(text: str | None) -> str:
    return "nothing" if text is None else repr(text[:60])


def _deaths(killed: Deaths) -> str:
    return f"{killed.low:,} / {killed.best:,} / {killed.high:,}"


def _left_out(report: Report) -> str:
    rejected = report.killed_rejected
    return f"; in rejected rows: {_deaths(rejected)}" if rejected and rejected != Deaths() else ""


# `import`: rows of others' files into a dataset, every one accounted for.

_EPILOG: Final = """\
FILE is an event file of ACLED, UCDP GED (final or candidate) or GDELT, told by its columns, or a plain table: CSV,
TSV, XLSX, GeoJSON, GeoPackage or Parquet, also within gz or zip. Of a plain table --map says which column holds what,
where its name does not, and --map date_order=month-day or =day-month, of any file, says how 03/04/2025 is read. The
mapping of a plain table is kept for the next file with the same columns.

Every row ends as accepted, repaired or rejected. --rejected writes the rejected ones with the reason, to repair and
import again. A newer file of a dataset replaces rows by id and keeps what it does not cover; what that changes is
shown, and asked about unless --yes is given.

Exit code 1 if the file cannot be read or no row of it can be imported, and if the change was not accepted.

examples:
  python -m geo import acled.csv --dry-run --report report.json --rejected rejected.csv
  python -m geo import GEDEvent_v26_0_8.csv --yes
  python -m geo import 's3://bucket/acled/*.csv' --cluster tcp://scheduler:8786
  python -m geo import visits.xlsx --from plain --dataset visits --map date_start=Day --map place="Name of village"
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = (
        "%(prog)s FILE [--from KIND] [--dataset NAME] [--map FIELD=COLUMN] [--retrieved DAY] [--table NAME] "
        "[--dry-run] [--report FILE] [--rejected FILE] [--yes] [--data DIR] "
        "[--cluster ADDRESS [--workers N] [--exchange ADDRESS]]"
    )
    parser.description = "Import a file into a dataset that is shown beside the record, every row accounted for."
    parser.epilog = _EPILOG
    kinds = [code for code, kind in KINDS.items() if not kind.refusal]
    parser.add_argument("file", metavar="FILE", help="file to import; with --cluster also s3://BUCKET/*.csv")
    parser.add_argument("--from", dest="kind", choices=kinds, help="kind of file (default: told by its columns)")
    parser.add_argument(
        "--dataset", metavar="NAME", help="dataset it goes into (default: by publisher, or by file name)"
    )
    parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help="which column holds a field")
    parser.add_argument(
        "--retrieved", type=_day, metavar="DAY", help="when it was fetched, YYYY-MM-DD (default: today)"
    )
    parser.add_argument("--table", metavar="NAME", help="which sheet, layer or file inside, where there are several")
    parser.add_argument("--dry-run", action="store_true", help="only report; write nothing")
    parser.add_argument("--report", metavar="FILE", help="write the report as JSON, - for standard output")
    parser.add_argument("--rejected", metavar="FILE", help="write the rejected rows as CSV")
    parser.add_argument("--yes", action="store_true", help="accept the change of a dataset without being asked")
    add_cluster_options(parser)
    add_data_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Import the file; 1 if nothing of it can be imported, or the change was not accepted."""
    for name in filter(None, (arguments.report, arguments.rejected)):
        check_output(name, [Path(arguments.file)])
    folder = local_folder(arguments)
    try:
        made = prepare_as_asked(arguments, folder, progress=_teller(), **_wanted(arguments))
    except UnreadableError as error:
        raise DataError(error.name, [Fault(where="file", field="", message=error.reason)]) from error
    except DatasetBusyError as error:
        raise CommandError(str(error)) from error
    try:
        return _decided(made, arguments)
    finally:
        made.discard()


def _decided(made: Prepared, arguments: argparse.Namespace) -> int:
    """Do what is wanted, say what that is, and write the files asked for."""
    if arguments.rejected:
        _write_rejected(made, arguments.rejected)
    wanted = made.usable and not arguments.dry_run
    asked = wanted and _changes(made) and not arguments.yes
    if asked:
        _show(made)
    accepted = wanted and (not asked or _agreed())
    if accepted:  # before anything is printed, for whoever reads it may have seen enough
        made.accept()
    if arguments.report:
        write_output(arguments.report, made.report.to_json().encode())
    if not asked:
        _show(made)
    if arguments.dry_run:
        _say(sys.stdout, ["Dry run: nothing was written."])
    elif accepted:
        _say(sys.stdout, [f"{made.dataset.id}: {count_words(made.dataset.rows, 'row')} stand."])
    else:
        why = "Nothing was changed." if made.usable else "No row can be imported; nothing was changed."
        _say(sys.stderr, [why])
    return 0 if accepted or (arguments.dry_run and made.usable) else 1


def _changes(made: Prepared) -> bool:
    """Tell whether something that is there would change; a new dataset, or one that stays as it is, changes nothing."""
    found = made.report.difference
    return found is not None and not found.empty


def _show(made: Prepared) -> None:
    _say(sys.stdout, report_lines(made.report))
    if made.report.difference is not None:
        _say(sys.stdout, difference_lines(made.report.difference))
    sys.stdout.flush()


def _agreed() -> bool:
    """Ask whether a dataset may be changed."""
    if not sys.stdin.isatty():
        _say(sys.stderr, ["Give --yes to accept the change."])
        return False
    return input("Accept the change? [y/N] ").strip().lower() in ("y", "yes")


def _wanted(arguments: argparse.Namespace) -> dict[str, Any]:
    pairs = [text.partition("=") for text in arguments.map]
    for field, equals, column in pairs:
        if not (field and equals and column):
            raise CommandError(f"argument --map: {field}{equals}{column}: write it as in --map date_start=Day")
    return {
        "kind": KINDS[arguments.kind] if arguments.kind else None,
        "corrections": {field: column for field, _, column in pairs},
        "dataset": arguments.dataset,
        "retrieved_at": arguments.retrieved,
        "table": arguments.table,
    }


def _day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(), UTC)


def _write_rejected(made: Prepared, name: str) -> None:
    if made.rejected_file is None:
        _say(sys.stderr, [f"{name}: not written, no row was rejected"])
        return
    try:
        shutil.copyfile(made.rejected_file, name)
    except OSError as error:
        raise CommandError(f"argument --rejected: {name} cannot be written: {error.strerror or error}") from error


def _teller() -> Any:
    """Return who writes the progress to a terminal; nobody where standard error is none."""
    if not sys.stderr.isatty():
        return None

    def tell(progress: Progress) -> None:
        left = "" if progress.seconds_left is None else f", {progress.seconds_left:.0f} s left"
        words = f"{progress.stage}: {count_words(progress.rows, 'row')}, {progress.fraction:.0%}{left}"
        sys.stderr.write("\r\x1b[K" + ("" if progress.stage is Stage.DONE else words))

    return tell


def _say(stream: Any, lines: Iterable[str]) -> None:
    stream.writelines(f"{printable(line)}\n" for line in lines)
