"""The imported datasets: what they are and on which terms, shown or not, removed and brought back."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from geo.datasets import DataFolder, Dataset, Deaths
from geo.datasets.any_folder import AnyFolder
from geo.datasets.staging import UNDO_FOR
from geo.errors import DatasetBusyError, UnknownDatasetError
from geo.imports.prepared import REPORT_FILE
from geo.imports.rejected import REJECTED_FILE
from geo.wording import count_words, day_words, span_words
from ui.data_desk import desk
from ui.data_recognised import REJECTED_SUFFIX
from ui.plain_text import plain
from ui.state import hold

_NO_LICENCE: Final = (
    "nobody has said; before you pass on anything made with it, ask who made the file, and say where it is from"
)


def dataset_list(folder: DataFolder) -> None:
    """Draw the datasets that are there, and those that were removed and can be brought back."""
    st.markdown("## Datasets")
    for fault in folder.faults():
        st.error(plain(str(fault)))
    datasets, removed = folder.datasets(), folder.removed()
    if not datasets and not removed:
        st.info(
            "No dataset has been imported. Drop a file above: what is in it then stands beside the record on every "
            "page, and can be switched off here."
        )
    for dataset in datasets:
        with st.container(border=True):
            _dataset(dataset, folder)
    for dataset in removed:
        _removed(dataset, folder)
    st.caption(
        f"Kept on this machine, in {plain(folder.place)}, outside of the project. A figure of a dataset is its "
        "publisher's alone: figures of different datasets are never added up."
    )


def _dataset(dataset: Dataset, folder: DataFolder) -> None:
    beside_name, beside_switch = st.columns([2, 1], gap="small", vertical_alignment="center")
    beside_name.markdown(f"### {plain(title_words(dataset))}")
    with beside_switch.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.toggle(  # the id tells the switches apart where only their names are read out
            f"Show {dataset.id}",
            key=hold(f"data-shown-{dataset.id}", dataset.enabled),
            on_change=_change,
            args=(lambda: folder.set_enabled(dataset.id, not dataset.enabled),),
            help="Beside the record, on every page",
        )
        st.button(
            f"Remove {dataset.id}",
            key=f"data-remove-{dataset.id}",
            on_click=_change,
            args=(lambda: folder.remove(dataset.id),),
            icon=":material/delete:",
            help=f"It can be brought back for {UNDO_FOR.days} days",
        )
    about_dataset(dataset, folder)


def about_dataset(dataset: Dataset, folder: AnyFolder) -> None:
    """Draw what a dataset holds, its terms, and the report of its last import."""
    st.markdown(plain(facts_words(dataset)))
    st.markdown(f"Licence: {plain(dataset.licence or _NO_LICENCE)}")
    if dataset.citation:
        st.caption("Cite as, with the day of access")
        st.code(dataset.citation, language=None, wrap_lines=True)
    _files(dataset, folder)


def title_words(dataset: Dataset) -> str:
    """Give a dataset's title, and what the publisher calls the release."""
    return f"{dataset.title}, version {dataset.version}" if dataset.version else dataset.title


def facts_words(dataset: Dataset) -> str:
    """Say what a dataset holds."""
    first, last = dataset.first, dataset.last
    said = [count_words(dataset.rows, "lead" if dataset.leads else "incident")]
    said += [span_words(first, last)] if first and last else []
    said += [deaths_words(dataset.killed)] if dataset.killed and not dataset.leads else []
    said += ["leads are in no count and no total unless status “lead” is chosen"] if dataset.leads else []
    said += ["synthetic: made up by a program, no event is real"] if dataset.synthetic else []
    return f"{dataset.id} · {' · '.join(said)}"


def deaths_words(killed: Deaths) -> str:
    """Give a dataset's own figures for people killed, with what they are."""
    if killed.low == killed.best == killed.high:
        return f"{killed.best:,} killed, as the dataset counts"
    return (
        f"{killed.best:,} killed by its best estimates, {killed.low:,} by its low and {killed.high:,} by its high ones"
    )


def _files(dataset: Dataset, folder: AnyFolder) -> None:
    st.caption(
        f"Last import: {plain(dataset.file_name)}, {day_words(dataset.imported_at.date())}: "
        f"{count_words(dataset.file_rows, 'row')}, {dataset.accepted:,} accepted, {dataset.repaired:,} repaired, "
        f"{dataset.rejected:,} rejected"
    )
    offered = (
        ("Report as JSON", REPORT_FILE, f"{dataset.id}-report.json", "application/json"),
        ("Rejected rows as CSV", REJECTED_FILE, f"{dataset.id}{REJECTED_SUFFIX}.csv", "text/csv"),
    )
    with st.container(horizontal=True, gap="small"):
        for label, kept, name, media in offered:
            read = folder.beside(dataset, kept)
            if read is not None:
                st.download_button(
                    label,
                    read,
                    file_name=name,
                    mime=media,
                    key=f"data-kept-{name}",
                    on_click="ignore",
                    icon=":material/download:",
                )


def _removed(dataset: Dataset, folder: DataFolder) -> None:
    until = dataset.removed_at and day_words((dataset.removed_at + UNDO_FOR).date())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"{plain(dataset.title)} ({plain(dataset.id)}) was removed; the first import after {until} deletes it.",
            width="content",
        )
        st.button(
            f"Bring back {dataset.id}",
            key=f"data-restore-{dataset.id}",
            on_click=_change,
            args=(lambda: folder.restore(dataset.id),),
            icon=":material/undo:",
        )


def _change(change: Callable[[], object]) -> None:
    """Change a dataset; somebody else may have been faster, or hold the folder."""
    try:
        change()
    except (UnknownDatasetError, DatasetBusyError, OSError) as error:
        desk().trouble = str(error)
