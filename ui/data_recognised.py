"""What a dropped file was recognised as, and what is wanted of it, before any of its rows is imported."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

import streamlit as st

from geo.datasets import DataFolder
from geo.datasets.dataset import dataset_id
from geo.datasets.terms import PUBLISHERS
from geo.imports.block import Rows
from geo.imports.described import bare_name
from geo.imports.recognise import Kind, Recognised
from geo.wording import count_words, day_words
from ui.data_desk import Upload
from ui.panel import panel
from ui.plain_text import plain

KIND_WORDS: Final[Mapping[Kind, str]] = {
    Kind.ACLED: "ACLED event file",
    Kind.ACLED_WEEKLY: "ACLED counts by week or month, no events",
    Kind.UCDP_GED: "UCDP GED, a final release",
    Kind.UCDP_CANDIDATE: "UCDP candidate events",
    Kind.GDELT: "GDELT 2.0 events, as leads",
    Kind.PLAIN: "Plain table",
}
REJECTED_SUFFIX: Final = "-rejected"
"""Ends the name of the file of rejected rows, which belong into the dataset that the rest of the name says."""

_UCDP: Final = (Kind.UCDP_GED, Kind.UCDP_CANDIDATE)
_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_MOST_COLUMNS: Final = 80
_FIRST_FETCHED: Final = date(1990, 1, 1)


def recognised_panel(upload: Upload, rows: Rows, found: Recognised) -> None:
    """Draw what the file was recognised as: kind, version, columns, how it is written, what is unusual."""
    panel(
        "data_recognised.html",
        key=f"data-recognised-{upload.number}",
        on_choose=lambda _: None,
        kind=KIND_WORDS[found.kind],
        name=upload.name,
        size=size_words(upload.size),
        refusal=found.refusal and f"Not imported, because {found.refusal}.",
        facts=_facts(rows, found),
        notes=[*rows.notes, *found.notes],
    )


def wanted_of(upload: Upload, found: Recognised, folder: DataFolder) -> dict[str, Any]:
    """Draw what can be chosen for a file, and return it as fields of `geo.imports.planned.Wanted`."""
    kinds = list(dict.fromkeys([found.kind, *(_UCDP if found.kind in _UCDP else ()), Kind.PLAIN]))
    *beside_kind, beside_dataset, beside_day = st.columns([2, 2, 1.3][-min(len(kinds) + 1, 3) :], gap="small")
    kind = found.kind
    for beside in beside_kind:  # a plain table can be read as nothing else
        with beside:
            kind = _kind(upload, kinds)
    with beside_dataset:
        dataset = _dataset(upload, kind, folder)
    with beside_day:
        today = datetime.now(UTC).date()
        day = st.date_input(
            "Fetched on",
            today,
            min_value=_FIRST_FETCHED,
            max_value=today,
            format="YYYY-MM-DD",
            key=f"data-fetched-{upload.number}",
            help="When the file was fetched from its publisher: the day of access in the citation",
        )
    _effects(dataset, kind, folder)
    fetched = datetime.combine(day, time(), UTC) if isinstance(day, date) and day != today else None
    return {"kind": kind, "dataset": dataset, "retrieved_at": fetched}


def size_words(size: int) -> str:
    """Write a size in bytes.

    >>> size_words(110_461), size_words(550_078_523), size_words(12)
    ('110 KB', '550.1 MB', '12 bytes')
    """
    if size < 1000:  # noqa: PLR2004  # a kilobyte
        return count_words(size, "byte")
    return f"{size / 1e3:,.0f} KB" if size < 1_000_000 else f"{size / 1e6:,.1f} MB"  # noqa: PLR2004  # a megabyte


def _facts(rows: Rows, found: Recognised) -> list[tuple[str, str]]:
    named = ", ".join(rows.header[:_MOST_COLUMNS])
    more = f" and {len(rows.header) - _MOST_COLUMNS:,} more" if len(rows.header) > _MOST_COLUMNS else ""
    header = " (the file has no header; these are the documented ones)" if found.headerless else ""
    version = found.version or "the file does not say"
    facts = [("Version", version)] if found.kind is not Kind.PLAIN else []
    facts.append((count_words(len(rows.header), "column"), f"{named}{more}{header}"))
    if rows.delimiter:
        between = _DELIMITERS.get(rows.delimiter, repr(rows.delimiter))
        facts.append(("Written as", f"text in {rows.encoding.upper()}, values between {between}"))
    publisher = PUBLISHERS.get(found.kind)
    if publisher:
        facts.append(("Terms", publisher.licence))
    return facts


def _kind(upload: Upload, choices: list[Kind]) -> Kind:
    """Let a file be read as whatever its columns allow."""
    chosen = st.selectbox(
        "Read it as",
        choices,
        format_func=KIND_WORDS.__getitem__,
        key=f"data-kind-{upload.number}-{upload.table}",
    )
    return Kind(chosen)


def _dataset(upload: Upload, kind: Kind, folder: DataFolder) -> str:
    own = bare_name(upload.name).removesuffix(REJECTED_SUFFIX) if kind is Kind.PLAIN else kind.value
    there = [dataset.id for dataset in folder.datasets() if dataset.kind == kind]
    chosen = st.selectbox(
        "Into the dataset",
        list(dict.fromkeys([dataset_id(own), *there])),
        accept_new_options=True,
        key=f"data-dataset-{upload.number}-{upload.table}-{kind}",
        help="Choose one that is there to bring it up to date, or write the name of a new one",
    )
    return dataset_id(chosen or own)


def _effects(dataset: str, kind: Kind, folder: DataFolder) -> None:
    """Say what becomes of a dataset that is there already."""
    there = next((held for held in folder.datasets() if held.id == dataset), None)
    if there is None:
        st.caption(f"Makes a new dataset, {plain(dataset)}.")
    elif there.kind != kind:
        st.caption(f"{plain(dataset)} holds files of another kind. Write another name.")
    else:
        st.caption(
            f"{plain(dataset)} holds {count_words(there.rows, 'row')} since {day_words(there.imported_at.date())}: "
            "rows with the same id are replaced, rows that the file does not cover stay. What that changes is shown "
            "before you accept it."
        )
