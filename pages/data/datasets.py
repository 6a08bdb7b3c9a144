"""Imported datasets: import files, read the import reports, switch datasets on and off, review duplicates."""

import streamlit as st

from geo.datasets.folder import DataFolder
from geo.language.messages import say
from ui.datasets.dataset_list import dataset_list, stored_list
from ui.datasets.duplicate_pairs import pairs_view
from ui.datasets.import_view import import_view, tell_trouble
from ui.parts.components import plain
from ui.resources import data_folder, resources
from ui.roles import may_edit, readable

found = resources()
folder, unusable = data_folder()

st.markdown(f"# {say('page-datasets')}")
tell_trouble()
if folder is None:
    st.error(say("datasets-impossible", fault=plain(readable(unusable[0].message))))
elif not isinstance(folder, DataFolder) or not may_edit():
    stored_list(folder, found)
else:
    busy = import_view(folder)
    if folder.datasets() or not busy:
        dataset_list(folder)
    if not busy:
        pairs_view(found, folder)
