"""`diff`: what changed between two versions of the store, and the release of a new one."""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from geo import INSTALLED
from geo.casualties import RANGE, Rule
from geo.cli.shared import (
    CommandError,
    add_filter_options,
    add_rule_option,
    chosen_filters,
    chosen_rule,
    filters_given,
    printable,
    unreadable,
    with_examples,
    write_output,
)
from geo.incident.errors import DataError
from geo.language.messages import list_words, say
from geo.places.boundaries import boundaries
from geo.store.incident_store import CLAIMANTS_FILE, DATA_FOLDER, EVENT_GROUPS_FILE, INCIDENTS_FILE
from geo.versions.comparing import compare, restricted, table_of, to_json, to_markdown, to_text
from geo.versions.released import (
    LOG_FILE,
    VERSIONS_FOLDER,
    Difference,
    Edition,
    Release,
    StoreFiles,
    Version,
    dump_log,
    entered,
    may_be_named,
    pack_release,
    read_edition,
    read_log,
    read_release,
    release_file,
    releases,
    too_like,
)

# The versions of the store that `diff` compares: a release, a file, a folder or a Git revision.

_REVISION: Final = "git:"
_SAFE_REVISION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/~^@{}-]{0,200}")
_TIMEOUT_S: Final = 30
_MAX_FAULTS: Final = 20
_MAX_PATH_SHOWN: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedVersion:
    """A version of the store, by the name it was asked for."""

    name: str
    files: StoreFiles
    release: str | None = None
    """The name of the release, if it is one."""


def named_version(name: str, log: Path = LOG_FILE) -> NamedVersion:
    """Return the version with a name: a release, `git:REVISION`, or else a file or folder.

    Releases are those in the log, shipped beside it. Raises CommandError if there is no such version, and DataError if
    it is a release that cannot be read.
    """
    if name.startswith(_REVISION):
        return NamedVersion(name=name, files=_of_revision(name.removeprefix(_REVISION)))
    released = _released(log)
    if name in released:
        if Path(name).exists():
            sys.stderr.write(f"{printable(say('cli-is-released', name=name))}\n")
        files = read_release(released[name], log.with_name(VERSIONS_FOLDER.name))
        return NamedVersion(name=name, files=files, release=name)
    return NamedVersion(name=name, files=_of_path(Path(name), tuple(released)))


def editions(old: NamedVersion, new: NamedVersion) -> tuple[Edition, Edition]:
    """Read two versions; one without a register of claimants is read with the registers of the other.

    Their faults are written to stderr.
    """
    if _without_registers(old):
        second = _edition(new)
        return _edition(old, beside=second), second
    first = _edition(old)
    return first, _edition(new, beside=first if _without_registers(new) else None)


def _released(log: Path) -> Mapping[str, Release]:
    """Return releases by name; if the log cannot be read, none, and a message on stderr."""
    try:
        return {release.name: release for release in releases(read_log(log))}
    except DataError as error:
        why = error.faults[0].message.removeprefix("cannot be read: ")
        sys.stderr.write(f"{printable(say('cli-no-releases', log=log, why=why))}\n")
        return {}


def _without_registers(version: NamedVersion) -> bool:
    return version.files.claimants is None


def _edition(version: NamedVersion, *, beside: Edition | None = None) -> Edition:
    found = read_edition(*version.files, beside=beside)
    if found.faults and version.release:
        sys.stderr.write(f"{say('cli-faults-of-older', name=version.release, count=len(found.faults))}\n")
    elif found.faults:
        lines = [f"{printable(version.name)}: {say('faults', count=len(found.faults))}"]
        lines += [f"  {printable(str(fault))}" for fault in found.faults[:_MAX_FAULTS]]
        if len(found.faults) > _MAX_FAULTS:
            lines.append(f"  {say('cli-and-more', count=len(found.faults) - _MAX_FAULTS)}")
        sys.stderr.write("\n".join(lines) + "\n")
    return found


def _of_path(path: Path, released: Sequence[str]) -> StoreFiles:
    try:
        file = path / INCIDENTS_FILE.name if path.is_dir() else path
        registers = (file.with_name(CLAIMANTS_FILE), file.with_name(EVENT_GROUPS_FILE))
        claimants, groups = (register.read_bytes() if register.exists() else None for register in registers)
        return StoreFiles(file.read_bytes(), claimants, groups)
    except FileNotFoundError as error:
        instead = [say("cli-version-file"), say("cli-version-folder"), f"{_REVISION}REVISION"]
        if names := ", ".join(say("quoted", text=name) for name in released):
            instead.append(say("cli-version-released", names=names))
        raise CommandError(say("cli-no-version", file=_short(file), instead=list_words(instead, "or"))) from error
    except OSError as error:
        raise unreadable(_short(error.filename or path), error) from error
    except ValueError as error:  # no valid file name
        raise CommandError(say("cli-no-file-name", given=_short(path), error=error)) from error


def _short(path: Path | str) -> str:
    """Return a path, cut off if it is too long to show."""
    text = str(path)
    return text if len(text) <= _MAX_PATH_SHOWN else f"{text[:_MAX_PATH_SHOWN]}…"


def _of_revision(revision: str) -> StoreFiles:
    if not _SAFE_REVISION.fullmatch(revision):
        raise CommandError(say("cli-no-revision", given=repr(revision)))
    incidents = _blob(revision, INCIDENTS_FILE.name)
    if incidents is None:
        where = f"{DATA_FOLDER.name}/{INCIDENTS_FILE.name}"
        raise CommandError(say("cli-not-in-revision", file=where, revision=repr(revision)))
    return StoreFiles(incidents, _blob(revision, CLAIMANTS_FILE), _blob(revision, EVENT_GROUPS_FILE))


def _blob(revision: str, file: str) -> bytes | None:
    """Return a file of `data/` at a revision, None if it has no such file; raises CommandError without Git."""
    git = shutil.which("git")
    if git is None:
        raise CommandError(say("cli-no-git"))
    command = [git, "-C", str(DATA_FOLDER), "cat-file", "blob", f"{revision}:./{file}"]
    try:
        found = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False)  # noqa: S603  # no shell
    except subprocess.TimeoutExpired as error:
        raise CommandError(say("cli-git-slow", seconds=_TIMEOUT_S)) from error
    return found.stdout if found.returncode == 0 else None


# Releasing a version of the record: its store is shipped, and its changes entered in the log of versions.


def enter_release(
    difference: Difference,
    files: tuple[StoreFiles, StoreFiles],
    *,
    name: str,
    before: str,
    log_file: Path,
) -> None:
    """Write the stores not shipped yet, then the log.

    Parameters
    ----------
    difference
        Between the two versions, unfiltered and under the default rule.
    files
        Of the previous version and of the one to release.
    name, before
        Names of the version to release and of the previous one.
    log_file
        The log; stores are in the folder `versions` beside it.

    Raises
    ------
    CommandError
        A name is not a valid one, or belongs to another store.
    DataError
        The new version has faults, or the log cannot be read; nothing was written.

    """
    log = read_log(log_file)
    known = {release.name: release for release in releases(log)}
    _check_names(name, before, known)
    _check_whole(files)
    if faults := read_edition(*files[1]).faults:
        raise DataError(say("cli-not-released", name=name), faults)
    _check_unchanged("--before", before, files[0], known)
    if any(entry.before == name for entry in log):
        _check_unchanged("--release", name, files[1], known)
    _check_new(name, before, files, known)
    folder = log_file.with_name(VERSIONS_FOLDER.name)
    for called, content in zip((before, name), files, strict=True):
        _ship(called, content, folder)
    entry = Version(version=name, date=_day(known.get(name), difference), before=before, difference=difference)
    write_output(str(log_file), dump_log(entered(log, entry)).encode())
    sys.stderr.write(f"{say('cli-released', log=log_file, name=name, file=release_file(name, folder))}\n")


def _check_names(name: str, before: str, known: Mapping[str, Release]) -> None:
    for option, given in (("--before", before), ("--release", name)):
        if not may_be_named(given):
            raise CommandError.of(option, say("cli-no-version-name", given=repr(given)))
        if any(too_like(given, other) for other in (*known, before)):
            raise CommandError.of(option, say("cli-version-too-like", given=repr(given)))
    if name == before:
        raise CommandError.of("--release", say("cli-version-both", name=name))


def _check_whole(files: tuple[StoreFiles, StoreFiles]) -> None:
    for option, content in zip(("OLD", "NEW"), files, strict=True):
        if content.claimants is None:
            raise CommandError(say("cli-version-alone", side=option, file=CLAIMANTS_FILE))


def _check_unchanged(option: str, name: str, files: StoreFiles, known: Mapping[str, Release]) -> None:
    """Raise CommandError if the log has the name for another store."""
    if name in known and known[name].data_version != files.version:
        values = {"known": known[name].data_version[:8], "given": files.version[:8]}
        raise CommandError.of(option, say("cli-version-fixed", name=name, **values))


def _check_new(name: str, before: str, files: tuple[StoreFiles, StoreFiles], known: Mapping[str, Release]) -> None:
    """Raise CommandError if one of the stores is already a version with another name."""
    stores = {version.name: version.data_version for version in known.values()} | {before: files[0].version}
    for option, side, called, content in (("--before", "OLD", before, files[0]), ("--release", "NEW", name, files[1])):
        for other, data_version in stores.items():
            if other != called and data_version == content.version:
                raise CommandError.of(option, say("cli-version-same", side=side, other=other, name=called))


def _ship(name: str, files: StoreFiles, folder: Path) -> None:
    """Write a version's store, unless it is there already."""
    with suppress(DataError):
        read_release(Release(name=name, date=None, data_version=files.version), folder)
        return
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CommandError(say("cli-folder-not-made", folder=folder, error=error.strerror or error)) from error
    write_output(str(release_file(name, folder)), pack_release(name, files))


def _day(known: Release | None, difference: Difference) -> date:
    """Return the date of the release: the one in the log if it has this store, else today."""
    if known is not None and known.date is not None and known.data_version == difference.new_version:
        return known.date
    return date.today()  # noqa: DTZ011  # in local time


# The command.


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = (
        "%(prog)s OLD [NEW] [filters] [--format text|json|markdown] [--rule RULE] "
        "[--release NAME [--before NAME] [--log FILE]]"
    )
    parser.description = say("help-diff")
    parser.epilog = with_examples(
        say("help-diff-more"),
        "python -m geo diff 0.1.0",
        "python -m geo diff 0.1.0 --since 2025-10-01 --category strike",
        'python -m geo diff "as first coded" 0.1.0 --format markdown > changes.md',
        "python -m geo diff old/incidents.geojson data/incidents.geojson",
        "python -m geo diff git:HEAD --rule independent",
        "python -m geo diff 0.1.0 --release 0.2.0",
    )
    formats = ("text", "json", "markdown")
    parser.add_argument("old", metavar="OLD", help=say("help-diff-old"))
    parser.add_argument("new", metavar="NEW", nargs="?", default=str(DATA_FOLDER), help=say("help-diff-new"))
    parser.add_argument("--format", choices=formats, default="text", help=say("help-default", value="text"))
    add_rule_option(parser)
    parser.add_argument("--release", metavar="NAME", help=say("help-diff-release"))
    parser.add_argument("--before", metavar="NAME", help=say("help-diff-before"))
    parser.add_argument("--log", type=Path, default=LOG_FILE, metavar="FILE", help=say("help-diff-log"))
    add_filter_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the difference; return 1 if incidents could not be compared."""
    if arguments.before is not None and arguments.release is None:
        raise CommandError.of("--before", say("cli-goes-with-release"))
    named = named_version(arguments.old, arguments.log), named_version(arguments.new, arguments.log)
    both = editions(*named)
    unreadable = [version.name for version, side in zip(named, both, strict=True) if side.unreadable]
    if unreadable:
        said = [say("cli-not-compared", name=name, file=CLAIMANTS_FILE) for name in unreadable]
        sys.stderr.write("".join(f"{printable(line)}\n" for line in said))
        return 1
    claimants = {**both[0].claimants, **both[1].claimants}
    rule = chosen_rule(arguments, (*both[0].incidents, *both[1].incidents), claimants)
    whole = compare(*both, rule=rule)
    found = _of_selection(whole, both, rule, arguments)
    if arguments.release is not None:
        _release(found, named, arguments)
    sys.stdout.write(_as_text(found, arguments.format))
    return 1 if found.not_compared else 0


def _of_selection(
    whole: Difference, both: tuple[Edition, Edition], rule: Rule, arguments: argparse.Namespace
) -> Difference:
    """Return the difference for the filters; without any, the whole one, and no table is built."""
    if not filters_given(arguments):
        return whole
    tables = table_of(both[0]), table_of(both[1])
    return restricted(whole, tables, chosen_filters(arguments, *tables), rule=rule, layers=boundaries())


def _release(found: Difference, named: tuple[NamedVersion, NamedVersion], arguments: argparse.Namespace) -> None:
    if filters_given(arguments) or arguments.rule != RANGE.code:
        raise CommandError.of("--release", say("cli-released-whole", rule=RANGE.code))
    if INSTALLED and arguments.log == LOG_FILE:
        raise CommandError.of("--release", say("cli-release-installed", log=LOG_FILE))
    before = named[0].release if arguments.before is None else arguments.before
    if before is None:
        raise CommandError.of("--before", say("cli-before-what"))
    files = named[0].files, named[1].files
    enter_release(found, files, name=arguments.release, before=before, log_file=arguments.log)


def _as_text(found: Difference, wanted: str) -> str:
    if wanted == "json":
        return to_json(found)
    text = to_markdown(found) if wanted == "markdown" else to_text(found)
    return "".join(f"{printable(line)}\n" for line in text.split("\n")[:-1])
