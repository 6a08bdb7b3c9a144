"""The list of imported datasets, in a folder or in object storage: what they hold and their terms."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from geo.datasets.dataset import Dataset, Deaths
from geo.datasets.folder import UNDO_FOR, AnyFolder, DataFolder
from geo.imports.parts_made import REJECTED_FILE
from geo.imports.pipeline import REPORT_FILE
from geo.imports.recognition import claimant
from geo.incident.errors import DatasetBusyError, UnknownDatasetError
from geo.incident.record import whose_losses
from geo.language.messages import day_words, list_words, say, span_words
from ui.datasets.import_session import current_import, editors_only
from ui.datasets.import_view import REJECTED_SUFFIX
from ui.parts.components import component, plain, save_button
from ui.resources import Resources
from ui.roles import login_is_useful, may_edit, readable, visitor, why_viewer
from ui.state import hold

# Datasets that can be changed here: shown or hidden, removed and restored.

_NO_LICENCE: Final = say("dataset-no-licence")


def dataset_list(folder: DataFolder) -> None:
    """Draw the datasets, and those that were removed and can be restored."""
    st.markdown(f"## {say('datasets')}")
    for fault in folder.faults():
        st.error(plain(str(fault)))
    datasets, removed = folder.datasets(), folder.removed()
    if not datasets and not removed:
        st.info(say("datasets-none"))
    names = names_apart([*datasets, *removed])
    # A removed dataset keeps its position, with the button that restores it.
    for dataset in sorted([*datasets, *removed], key=lambda each: each.id):
        if dataset.removed_at is None:
            with st.container(border=True):
                _dataset(dataset, names[dataset.id], folder)
        else:
            _removed(dataset, names[dataset.id], folder)
    st.caption(say("datasets-kept", place=plain(folder.place)))
    _log_in_or_out()
    _give_focus()


def names_apart(datasets: Sequence[Dataset]) -> dict[str, str]:
    """Return unique names of datasets by id: the title, with the id if several share a title."""
    titles = Counter(dataset.title for dataset in datasets)
    return {
        each.id: each.title if titles[each.title] == 1 else say("dataset-titled", title=each.title, id=each.id)
        for each in datasets
    }


def _dataset(dataset: Dataset, name: str, folder: DataFolder) -> None:
    beside_name, beside_switch = st.columns([2, 1], gap="small", vertical_alignment="center")
    beside_name.markdown(f"### {plain(title_words(dataset))}")
    with beside_switch.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.toggle(
            say("dataset-show", dataset=plain(name)),
            key=hold(f"data-shown-{dataset.id}", dataset.enabled),
            on_change=_change,
            args=(lambda: folder.set_enabled(dataset.id, not dataset.enabled),),
            help=say("dataset-show-help"),
        )
        asked = st.button(
            say("dataset-remove", dataset=plain(name)),
            key=f"data-remove-{dataset.id}",
            icon=":material/delete:",
            help=say("dataset-remove-help", days=UNDO_FOR.days),
        )
    if asked:
        st.dialog(say("dataset-remove-title"))(_ask)(dataset, name, folder)
    about_dataset(dataset, folder)


def _ask(dataset: Dataset, name: str, folder: DataFolder) -> None:
    """Draw a dialog that asks whether to remove a dataset."""
    rows = say("leads" if dataset.leads else "incidents", count=dataset.rows)
    st.markdown(say("dataset-remove-question-md", dataset=plain(name), rows=rows, days=UNDO_FOR.days))
    with st.container(horizontal=True, gap="small"):
        remove = st.button(
            say("dataset-remove-it"),
            key="data-remove-it",
            type="primary",
            icon=":material/delete:",
            on_click=_change,
            args=(lambda: folder.remove(dataset.id), f"data-restore-{dataset.id}"),
        )
        keep = st.button(say("dataset-keep-it"), key="data-keep-it")
    if remove or keep:
        st.rerun()


def about_dataset(dataset: Dataset, folder: AnyFolder) -> None:
    """Draw what a dataset holds, its terms, and its last import with downloads."""
    st.markdown(plain(facts_words(dataset)))
    st.markdown(say("dataset-licence", licence=plain(dataset.licence or _NO_LICENCE)))
    if dataset.citation:
        st.caption(say("dataset-cite-as"))
        st.code(dataset.citation, language=None, wrap_lines=True)
    _files(dataset, folder)


def title_words(dataset: Dataset) -> str:
    """Return a dataset's title, with the publisher's name for the release."""
    return say("dataset-version", title=dataset.title, version=dataset.version) if dataset.version else dataset.title


def facts_words(dataset: Dataset) -> str:
    """Summarise what a dataset holds."""
    first, last = dataset.first, dataset.last
    said = [say("leads" if dataset.leads else "incidents", count=dataset.rows)]
    said += [span_words(first, last)] if first and last else []
    if dataset.killed and not dataset.leads:
        said += filter(None, (deaths_words(dataset.killed), whose_losses(claimant(dataset))))
    said += [people.words for people in dataset.people if not dataset.leads]
    said += [say("dataset-leads")] if dataset.leads else []
    said += [say("dataset-synthetic")] if dataset.synthetic else []
    return f"{dataset.id} · {' · '.join(said)}"


def deaths_words(killed: Deaths) -> str:
    """Return a dataset's own figures for people killed, in words."""
    if killed.low == killed.best == killed.high:
        return say("dataset-killed", killed=killed.best)
    return say("dataset-killed-range", best=killed.best, low=killed.low, high=killed.high)


def _files(dataset: Dataset, folder: AnyFolder) -> None:
    st.caption(
        say(
            "dataset-last-import",
            file_name=plain(dataset.file_name),
            date=day_words(dataset.imported_at.date()),
            file_rows=dataset.file_rows,
            accepted=dataset.accepted,
            repaired=dataset.repaired,
            rejected=dataset.rejected,
        )
    )
    offered = (
        (say("report-as-json"), REPORT_FILE, f"{dataset.id}-report.json", "application/json"),
        (say("rejected-as-csv"), REJECTED_FILE, f"{dataset.id}{REJECTED_SUFFIX}.csv", "text/csv"),
    )
    with st.container(horizontal=True, gap="small"):
        for label, file, name, media in offered:
            read = folder.beside(dataset, file)
            if read is not None:
                save_button(label, read, name, media, key=f"data-kept-{name}")


def _removed(dataset: Dataset, name: str, folder: DataFolder) -> None:
    until = dataset.removed_at and day_words((dataset.removed_at + UNDO_FOR).date())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            say("dataset-was-removed", dataset=plain(name), until=until),
            width="content",
        )
        st.button(
            say("dataset-bring-back", dataset=plain(name)),
            key=f"data-restore-{dataset.id}",
            on_click=_change,
            args=(lambda: folder.restore(dataset.id), f"data-remove-{dataset.id}"),
            icon=":material/undo:",
        )


@editors_only
def _change(change: Callable[[], object], focus: str | None = None) -> None:
    """Change a dataset; if somebody else got there first or holds the lock on the folder, the page says so.

    `focus` is the key of the button that replaces the one pressed, and gets the keyboard focus.
    """
    try:
        change()
    except (UnknownDatasetError, DatasetBusyError, OSError) as error:
        current_import().trouble = str(error)
    else:
        current_import().focus = focus


def _give_focus() -> None:
    """Move the keyboard focus to the button that replaced the one pressed."""
    session = current_import()
    if session.focus is not None:
        component("focus")(key=f"focus-{session.focus}", data={"of": f"st-key-{session.focus}"})
        session.focus = None


# Datasets that can only be read here: those in object storage, which are changed at the command line, and for viewers.


def stored_list(folder: AnyFolder, found: Resources) -> None:
    """Draw the datasets without controls, including those that are hidden on the map."""
    if may_edit():
        st.info(say("datasets-in-storage", place=plain(folder.place)))
    else:
        _viewer()
    st.markdown(f"## {say('datasets')}")
    for fault in folder.faults():
        st.error(plain(readable(str(fault))))
    datasets = folder.datasets()
    if not datasets and not folder.faults():
        st.markdown(say("datasets-none-yet"))
    for dataset in datasets:
        with st.container(border=True):
            _stored_dataset(dataset, folder)
    if removed := folder.removed():
        st.caption(say("datasets-removed", datasets=plain(list_words([*names_apart(removed).values()]))))
    linked = say("datasets-linked") if found.linked else ""
    if may_edit():
        st.caption(say("datasets-stored", datasets=len(datasets), links=linked))
    else:
        st.caption(say("datasets-read", links=linked))


def _viewer() -> None:
    """Tell a viewer why nothing can be changed here, with a log-in button if the server has log-in."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.info(plain(why_viewer()))
        _log_in_or_out()


def _log_in_or_out() -> None:
    if not login_is_useful():
        return
    if visitor().mail is None:
        st.button(say("role-log-in-button"), key="log-in", on_click=st.login, icon=":material/login:")
    else:
        st.button(say("role-log-out-button"), key="log-out", on_click=st.logout, icon=":material/logout:")


def _stored_dataset(dataset: Dataset, folder: AnyFolder) -> None:
    st.markdown(f"### {plain(title_words(dataset))}")
    if not dataset.enabled:
        st.markdown(say("dataset-off"))
    about_dataset(dataset, folder)
