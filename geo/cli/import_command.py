"""`import`: rows of others' files into a dataset, every one accounted for."""

import argparse
import shutil
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

from geo.cli.data_folder import add_data_option, local_folder
from geo.cli.fault import CommandError
from geo.cli.import_on_cluster import add_cluster_options, prepare_as_asked
from geo.cli.import_report import difference_lines, report_lines
from geo.cli.output import check_output, write_output
from geo.cli.terminal import printable
from geo.errors import DataError, DatasetBusyError, Fault
from geo.imports.errors import UnreadableError
from geo.imports.prepared import Prepared
from geo.imports.progress import Progress, Stage
from geo.imports.recognise import Kind
from geo.wording import count_words

_EPILOG: Final = """\
FILE is an event file of ACLED, UCDP GED (final or candidate) or GDELT, told by its columns, or a plain table: CSV,
TSV, XLSX, GeoJSON, GeoPackage or Parquet, also within gz or zip. Of a plain table --map says which column holds what,
where its name does not, and --map date_order=month-day or =day-month, of any file, says how 03/04/2025 is read. The
mapping of a plain table is kept for the next file with the same columns.

Every row ends as accepted, repaired or rejected. --rejected writes the rejected ones with the reason, to be mended and
imported again. A newer file of a dataset replaces rows by id and keeps what it does not cover; what that changes is
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
    kinds = [kind.value for kind in Kind if kind is not Kind.ACLED_WEEKLY]
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
        "kind": Kind(arguments.kind) if arguments.kind else None,
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
