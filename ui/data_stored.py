"""Datasets in object storage: what they are and on which terms; they are changed at the command line."""

import streamlit as st

from geo.datasets import Dataset
from geo.datasets.any_folder import AnyFolder
from geo.wording import count_words, list_words
from ui.data_list import about_dataset, title_words
from ui.plain_text import plain
from ui.resources import Resources


def stored_list(folder: AnyFolder, found: Resources) -> None:
    """Draw the datasets that are there, those that are not shown too."""
    st.info(
        f"These datasets are in object storage, at {plain(folder.place)}, and are only read here. Who may write there "
        "changes them at the command line: what is imported into a folder is put there, or replaced, by "
        "`python -m geo datasets publish`; `python -m geo datasets --help` says how they are switched on and off."
    )
    st.markdown("## Datasets")
    for fault in folder.faults():
        st.error(plain(str(fault)))
    datasets = folder.datasets()
    if not datasets and not folder.faults():
        st.markdown("There is none yet.")
    for dataset in datasets:
        with st.container(border=True):
            _dataset(dataset, folder)
    if removed := folder.removed():
        st.caption(f"Removed: {plain(list_words([dataset.id for dataset in removed]))}.")
    linked = "Some reports are linked as one incident. " if found.linked else ""
    st.caption(
        f"{count_words(len(datasets), 'dataset')}; a change there is seen after some seconds. {linked}A figure of a "
        "dataset is its publisher's alone: figures of different datasets are never added up."
    )


def _dataset(dataset: Dataset, folder: AnyFolder) -> None:
    st.markdown(f"### {plain(title_words(dataset))}")
    if not dataset.enabled:
        st.markdown("Not shown: it was switched off by who put it there.")
    about_dataset(dataset, folder)
