"""Files that are imported together: each opened and planned by itself, all into one release of one dataset."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from geo.datasets import DataFolder
from geo.imports.cluster.files import TROUBLE, File, file_name
from geo.imports.described import now
from geo.imports.errors import UnreadableError
from geo.imports.planned import Planned, Wanted, planned
from geo.wording import count_words

_AT_ONCE: Final = 8
"""Files opened at a time; their beginnings are waited for, not worked on."""


def plan_files(files: Sequence[File], wanted: Wanted, folder: DataFolder) -> tuple[Planned, ...]:
    """Open the files and plan their import; raises UnreadableError for the first that cannot be imported."""
    wanted = replace(wanted, retrieved_at=wanted.retrieved_at or now())
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return tuple(threads.map(lambda file: _planned(file, wanted, folder), files))


def _planned(file: File, wanted: Wanted, folder: DataFolder) -> Planned:
    try:
        return planned(file, wanted, folder)
    except TROUBLE as error:
        raise UnreadableError(file_name(file), f"it cannot be read: {error}") from error


def together(pattern: str, files: Sequence[Planned]) -> Planned:
    """Return what is known of files as if they were one, by the last of them; a single one as it is.

    Raises UnreadableError where they are not of one kind and one dataset.
    """
    first, last = files[0], files[-1]
    for file in files[1:]:
        if file.plan.kind != first.plan.kind:
            raise UnreadableError(
                file.rows.name,
                f"it is of kind {file.plan.kind}, and {first.rows.name} of kind {first.plan.kind}; import files of one "
                "kind together, or say which with --from",
            )
        if file.plan.dataset != first.plan.dataset:
            raise UnreadableError(
                file.rows.name,
                f"it would go into the dataset {file.plan.dataset}, and {first.rows.name} into {first.plan.dataset}; "
                "name one for all with --dataset",
            )
    if len(files) == 1:
        return first
    header = tuple(dict.fromkeys(name for file in reversed(files) for name in file.rows.header))
    return replace(
        last,
        rows=replace(
            last.rows,
            name=f"{_last_of(pattern)}, {count_words(len(files), 'file')}",
            header=header,
            notes=tuple(f"{file.rows.name}: {note}" for file in files for note in file.notes),
            bytes_total=sum(file.rows.bytes_total for file in files),
        ),
        recognised=replace(last.recognised, notes=()),
    )


def _last_of(pattern: str) -> str:
    r"""Return the last part of a pattern.

    >>> _last_of("s3://bucket/acled/*.csv"), _last_of(r"C:\acled\*.csv")
    ('*.csv', '*.csv')
    """
    return pattern.replace("\\", "/").rsplit("/", 1)[-1]
