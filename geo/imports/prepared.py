"""An import that is complete but for its being accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.datasets import DataFolder, Dataset
from geo.datasets.mappings import keep_mapping
from geo.datasets.staging import Staging
from geo.datasets.upsert import upsert
from geo.datasets.word_index import index_release
from geo.errors import UnknownDatasetError
from geo.imports.described import described
from geo.imports.errors import UnreadableError
from geo.imports.mapping.rejecting import column_of
from geo.imports.planned import Planned
from geo.imports.recognise import Kind
from geo.imports.rejected import REJECTED_FILE
from geo.imports.repeats import take_out_repeats
from geo.imports.report import Report
from geo.imports.tally import Tally

REPORT_FILE: Final = "report.json"


@dataclass(slots=True)
class Prepared:
    """A staged release with its report; leaving without accepting it leaves nothing behind."""

    report: Report
    dataset: Dataset
    """As it will be."""
    staging: Staging
    _folder: DataFolder
    _file: Planned

    @property
    def rejected_file(self) -> Path | None:
        """The CSV of rejected rows, until it is decided; None if there are none."""
        path = self.staging.path / REJECTED_FILE
        return path if path.exists() else None

    @property
    def usable(self) -> bool:
        """Tell whether any row of the file can be imported; if not, it cannot be accepted."""
        return self.report.accepted + self.report.repaired > 0

    def accept(self) -> Report:
        """Put the release in its place, and return the report as it is kept with it.

        Raises ValueError where no row is usable, and once it was decided.
        """
        if not self.usable:
            raise ValueError(f"{self.report.file_name}: no row of it can be imported")
        done = self.report.model_copy(update={"committed": True})
        (self.staging.path / REPORT_FILE).write_text(done.to_json(), encoding="utf-8")
        self.dataset = self.staging.commit(self.dataset)
        self.report = done
        if self._file.plan.kind is Kind.PLAIN:
            keep_mapping(self._folder, self._file.rows.header, self._file.plan.mapping)
        return done

    def discard(self) -> None:
        """Leave everything as it was; does nothing once it was decided."""
        self.staging.close()


def before(folder: DataFolder, file: Planned) -> Dataset | None:
    """Return the dataset that a file goes into; None if it is new.

    Raises UnreadableError if the dataset holds files of another kind.
    """
    try:
        found = folder.dataset(file.plan.dataset)
    except UnknownDatasetError:
        return None
    if found.removed_at is not None:
        return None
    if found.kind != file.plan.kind:
        held = f"the dataset {found.id} holds files of kind {found.kind}, not {file.plan.kind}"
        raise UnreadableError(file.rows.name, f"{held}; give it another name of dataset")
    return found


def prepared(
    folder: DataFolder, staging: Staging, file: Planned, tally: Tally, *, of_files: Sequence[Sequence[Path]] = ()
) -> Prepared:
    """Complete a staged release whose parts are all written: repeated ids, what stays of the release before, report.

    `of_files` are the parts of each file where there are several; no id stands in them twice then.
    """
    old = before(folder, file)
    if not of_files:
        tally.take_out(take_out_repeats(staging.path, id_column=column_of("id", file.plan)))
    usable = tally.accepted + tally.repaired > 0
    difference = None
    if old is not None and usable:
        version = file.plan.source_version
        difference = upsert(
            staging.path, folder.files(old), old_version=old.version, new_version=version, of_files=of_files
        )
    if usable:
        index_release(staging.path)
    report = Report(
        file_name=file.rows.name,
        kind=file.plan.kind.value,
        dataset=file.plan.dataset,
        version=file.plan.source_version,
        imported_at=file.imported_at,
        notes=file.notes,
        difference=difference,
        **tally.counts(),
    )
    columns = (*file.rows.header, *(name for name in (old.columns if old else ()) if name not in file.rows.header))
    made = described(report, staging.path, retrieved_at=file.plan.retrieved_at, columns=columns)
    return Prepared(
        report=report,
        dataset=made if old is None else made.model_copy(update={"enabled": old.enabled}),
        staging=staging,
        _folder=folder,
        _file=file,
    )
