"""`import`: read files into a dataset, accounting for every row, here or on a cluster."""

import argparse
import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

from geo.cli.shared import (
    CommandError,
    add_data_option,
    check_output,
    local_folder,
    printable,
    unwritable,
    with_examples,
    write_output,
)
from geo.datasets.dataset import Deaths, ReleaseDifference, RowChange
from geo.datasets.folder import DataFolder
from geo.imports.pipeline import Prepared, prepare_apart
from geo.imports.recognition import KINDS
from geo.imports.report import Progress, Rejection, Report, Stage
from geo.incident.errors import DataError, DatasetBusyError, Fault, UnreadableError
from geo.language.messages import say
from geo.selection import read_day

# Where an import runs: here, or on the workers of a Dask cluster.


def add_cluster_options(parser: argparse.ArgumentParser) -> None:
    """Add `--cluster` and the options that need it."""
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help=say("help-import-cluster"),
    )
    parser.add_argument("--workers", type=_number, metavar="N", help=say("help-import-workers"))
    parser.add_argument(
        "--exchange",
        metavar="ADDRESS",
        help=say("help-import-exchange"),
    )


def prepare_as_asked(arguments: argparse.Namespace, folder: DataFolder, **asked: Any) -> Prepared:
    """Run an import up to its acceptance, here or on a cluster; `asked` are arguments of `prepare_apart`."""
    if arguments.cluster is None:
        return prepare_apart(_local_file(arguments), folder, **asked)
    try:
        # loads Dask
        from geo.imports.distributed_run import NoFilesError, WorkersError, connected, prepare_on  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise CommandError.of("--cluster", say("cli-not-installed", module=error.name)) from error
    try:
        with connected(arguments.cluster, workers=arguments.workers) as client:
            return prepare_on(client, arguments.file, folder, exchange=arguments.exchange, **asked)
    except (WorkersError, NoFilesError) as error:
        raise CommandError(str(error)) from error


def _local_file(arguments: argparse.Namespace) -> Path:
    for name in ("workers", "exchange"):
        if getattr(arguments, name) is not None:
            raise CommandError.of(f"--{name}", say("cli-goes-with-cluster"))
    if "://" in arguments.file:
        raise CommandError(say("cli-is-address", address=arguments.file))
    path = Path(arguments.file)
    if not path.is_file():
        raise CommandError(say("cli-is-folder", folder=path) if path.is_dir() else say("cli-no-file", file=path))
    return path


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(say("cli-no-number-of-workers", given=repr(text)))
    return int(text)


# The report of an import, as lines of text.

_MAX_LINES: Final = 10
_MAX_COLUMNS: Final = 60
_DIGITS: Final = 8


def report_lines(report: Report) -> Iterator[str]:
    """Yield what became of the rows of a file."""
    kind = " ".join(filter(None, (report.kind, report.version)))
    yield say("report-file", file=report.file_name, kind=kind, rows=report.rows, dataset=report.dataset)
    by_name = [say("cli-by-name")] if report.nameable else []
    yield from (f"  {line}" for line in (*report.notes, *by_name, *_rows_lines(report)))


def _rows_lines(report: Report) -> Iterator[str]:
    yield say("report-rows", accepted=report.accepted, repaired=report.repaired, rejected=report.rejected)
    for repair in report.repairs:
        yield say("report-repaired", rows=repair.rows, repair=repair.words)
        yield from (f"  {say('report-row', row=example.row, text=example.text)}" for example in repair.examples)
    for flag in report.flags:
        yield say("report-noted", rows=flag.rows, what=flag.what)
    for fault in report.faults:
        yield say("report-rejected", field=fault.field or say("rows-whole-row"), rows=fault.rows)
    yield from (f"  {line}" for line in _rejected_lines(report))
    if report.killed_rejected:
        killed = _deaths(report.killed) if report.killed else say("figure-none")
        yield say("report-killed-and-rejected", killed=killed, rejected=_deaths(report.killed_rejected))
    else:
        yield say("report-killed", killed=_deaths(report.killed)) if report.killed else say("report-no-figures")
    yield from (people.words for people in report.people)
    if report.used:
        said = [say("report-column", column=repr(use.column[:60]), field=use.field) for use in report.used]
        yield say("report-columns-used", columns=", ".join(said))
    if report.unused:
        yield say("report-columns-unused", columns=", ".join(repr(name[:60]) for name in report.unused[:_MAX_COLUMNS]))
    yield say("report-seconds", seconds=f"{report.seconds:.1f}")


def _rejected_lines(report: Report) -> Iterator[str]:
    """Yield the rejected rows, one line per reason."""
    alike: dict[tuple[str, str], list[Rejection]] = {}
    for row in report.rejections:
        alike.setdefault((row.field, row.reason), []).append(row)
    for (field, reason), rows in list(alike.items())[:_MAX_LINES]:
        text = " ".join(filter(None, (field, repr(rows[0].raw[:80]), reason)))
        line = say("report-row", row=rows[0].row, text=text)
        yield line if len(rows) == 1 else say("report-rows-alike", first=line, more=len(rows) - 1)
    left = report.rejected - sum(len(rows) for rows in list(alike.values())[:_MAX_LINES])
    if left:
        yield say("report-rejected-more", count=left)


def difference_lines(found: ReleaseDifference) -> Iterator[str]:
    """Yield how a dataset would change."""
    counts = {"new": found.new, "changed": found.changed, "gone": found.gone, "same": found.same, "kept": found.kept}
    yield say("release-difference", **counts)
    yield from (f"  {say('release-field', field=field.field, rows=field.rows)}" for field in found.fields)
    for what in ("new", "changed", "gone"):
        rows = [row for row in found.examples if row.what == what]
        yield from (_row(row) for row in rows[:_MAX_LINES])
        more = getattr(found, what) - len(rows[:_MAX_LINES])
        if more > 0:
            yield f"  {say(f'release-more-{what}', count=more)}"
    yield f"  {say('release-killed', before=_deaths(found.old_killed), after=_deaths(found.new_killed))}"


def _row(row: RowChange) -> str:
    fields = "; ".join(f"{change.field}: {_value(change.old)} → {_value(change.new)}" for change in row.fields)
    named = say(f"release-row-{row.what}", id=row.source_id or row.id, when=row.when, title=row.title or "")
    return f"  {named}{': ' if fields else ''}{fields}"


def _value(text: str | None) -> str:
    return say("release-nothing") if text is None else repr(text[:60])


def _deaths(killed: Deaths) -> str:
    return f"{killed.low:,} / {killed.best:,} / {killed.high:,}"


# The command.


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = (
        "%(prog)s FILE [--from KIND] [--dataset NAME] [--map FIELD=COLUMN] [--retrieved DAY] [--sheet NAME] "
        "[--header-row N] [--encoding NAME] [--by-name] [--gazetteer FILE] "
        "[--dry-run] [--report FILE] [--rejected FILE] [--repaired FILE] [--yes] [--data DIR] "
        "[--cluster ADDRESS [--workers N] [--exchange ADDRESS]]"
    )
    parser.description = say("help-import")
    parser.epilog = with_examples(
        say("help-import-more"),
        "python -m geo import acled.csv --dry-run --report report.json --rejected rejected.csv",
        "python -m geo import GEDEvent_v26_0_8.csv --yes",
        "python -m geo import 's3://bucket/acled/*.csv' --cluster tcp://scheduler:8786",
        'python -m geo import visits.xlsx --from plain --dataset visits --map date_start=Day --map place="Name of '
        'village"',
    )
    kinds = [code for code, kind in KINDS.items() if not kind.refusal]
    parser.add_argument("file", metavar="FILE", help=say("help-import-file"))
    parser.add_argument("--from", dest="kind", choices=kinds, help=say("help-import-from"))
    parser.add_argument("--dataset", metavar="NAME", help=say("help-import-dataset"))
    parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help=say("help-import-map"))
    parser.add_argument("--retrieved", type=_day, metavar="DAY", help=say("help-import-retrieved"))
    parser.add_argument(
        "--sheet", "--table", dest="tables", action="append", default=[], metavar="NAME", help=say("help-import-table")
    )
    parser.add_argument("--header-row", type=_line, metavar="N", help=say("help-import-header-row"))
    parser.add_argument("--encoding", metavar="NAME", help=say("help-import-encoding"))
    parser.add_argument("--by-name", action="store_true", help=say("help-import-by-name"))
    parser.add_argument("--gazetteer", metavar="FILE", type=Path, help=say("help-import-gazetteer"))
    parser.add_argument("--dry-run", action="store_true", help=say("help-import-dry-run"))
    parser.add_argument("--report", metavar="FILE", help=say("help-import-report"))
    parser.add_argument("--rejected", metavar="FILE", help=say("help-import-rejected"))
    parser.add_argument("--repaired", metavar="FILE", help=say("help-import-repaired"))
    parser.add_argument("--yes", action="store_true", help=say("help-import-yes"))
    add_cluster_options(parser)
    add_data_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Import the file; return 1 if none of it can be imported, or the change was not accepted."""
    for name in filter(None, (arguments.report, arguments.rejected, arguments.repaired)):
        check_output(name, [Path(arguments.file)])
    folder = local_folder(arguments)
    try:
        made = prepare_as_asked(arguments, folder, progress=_progress_callback(), **_import_options(arguments))
    except UnreadableError as error:
        reason = say("cli-name-tables", reason=error.reason) if error.choices else error.reason
        raise DataError(error.name, [Fault(where=say("fault-where-file"), field="", message=reason)]) from error
    except DatasetBusyError as error:
        raise CommandError(str(error)) from error
    try:
        return _finish(made, arguments)
    finally:
        made.discard()


def _finish(made: Prepared, arguments: argparse.Namespace) -> int:
    """Accept the import if it is wanted, print what was done, and write the files asked for."""
    if arguments.rejected:
        _write_rejected(made, arguments.rejected)
    if arguments.repaired:
        _write_repaired(made, arguments.repaired)
    wanted = made.usable and not arguments.dry_run
    asked = wanted and (_changes_rows(made) or bool(made.report.named)) and not arguments.yes
    if asked:
        _show(made)
    accepted = wanted and (not asked or _confirmed())
    if accepted:  # before printing, since whoever reads the output may stop
        made.accept()
    if arguments.report:
        write_output(arguments.report, made.report.to_json().encode())
    if not asked:
        _show(made)
    if arguments.dry_run:
        _say(sys.stdout, [say("cli-dry-run")])
    elif accepted:
        _say(sys.stdout, [say("cli-rows-stand", id=made.dataset.id, rows=made.dataset.rows)])
    else:
        _say(sys.stderr, [say("cli-nothing-changed" if made.usable else "cli-no-usable-row")])
    return 0 if accepted or (arguments.dry_run and made.usable) else 1


def _changes_rows(made: Prepared) -> bool:
    """Tell whether existing rows would change, which those of a new or unchanged dataset do not."""
    found = made.report.difference
    return found is not None and not found.empty


def _show(made: Prepared) -> None:
    _say(sys.stdout, report_lines(made.report))
    if made.report.difference is not None:
        _say(sys.stdout, difference_lines(made.report.difference))
    sys.stdout.flush()


def _confirmed() -> bool:
    """Ask whether to change the dataset."""
    if not sys.stdin.isatty():
        _say(sys.stderr, [say("cli-give-yes")])
        return False
    return input(f"{say('cli-accept')} [y/N] ").strip().lower() in ("y", "yes")


def _import_options(arguments: argparse.Namespace) -> dict[str, Any]:
    pairs = [text.partition("=") for text in arguments.map]
    for field, equals, column in pairs:
        if not (field and equals and column):
            raise CommandError.of("--map", say("cli-no-mapping", given=f"{field}{equals}{column}"))
    return {
        "kind": KINDS[arguments.kind] if arguments.kind else None,
        "corrections": {field: column for field, _, column in pairs},
        "dataset": arguments.dataset,
        "retrieved_at": arguments.retrieved,
        "tables": tuple(arguments.tables),
        "header_row": arguments.header_row,
        "encoding": arguments.encoding,
        "by_name": arguments.by_name or arguments.gazetteer is not None,
        "gazetteer": arguments.gazetteer,
    }


def _line(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS):
        raise argparse.ArgumentTypeError(say("cli-no-number-of-row", given=repr(text)))
    return int(text)


def _day(text: str) -> datetime:
    try:
        return datetime.combine(read_day(text), time(), UTC)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _write_rejected(made: Prepared, name: str) -> None:
    if made.rejected_file is None:
        _say(sys.stderr, [say("cli-none-rejected", file=name)])
        return
    try:
        shutil.copyfile(made.rejected_file, name)
    except OSError as error:
        raise unwritable("--rejected", name, error) from error


def _write_repaired(made: Prepared, name: str) -> None:
    try:
        with Path(name).open("wb") as file:
            file.writelines(made.repaired_lines())
    except OSError as error:
        raise unwritable("--repaired", name, error) from error


def _progress_callback() -> Any:
    """Return a callback that writes progress to the terminal; None if standard error is not one."""
    if not sys.stderr.isatty():
        return None

    def write(progress: Progress) -> None:
        done = {"rows": progress.rows, "percent": round(100 * progress.fraction)}
        words = say(f"progress-{progress.stage}", **done)
        if progress.seconds_left is not None:
            words = say("progress-left", progress=words, seconds=round(progress.seconds_left))
        sys.stderr.write("\r\x1b[K" + ("" if progress.stage is Stage.DONE else words))

    return write


def _say(stream: Any, lines: Iterable[str]) -> None:
    stream.writelines(f"{printable(line)}\n" for line in lines)
