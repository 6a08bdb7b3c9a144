"""The user's own files beside the record: imported, reported on row by row, switched on and off, and compared."""

import streamlit as st

from geo.datasets import DataFolder
from ui.data_import import import_view
from ui.data_list import dataset_list
from ui.data_pairs import pairs_view
from ui.data_stored import stored_list
from ui.data_trouble import tell_trouble
from ui.header import report_faults
from ui.resources import data_folder, resources

found = resources()
folder, unusable = data_folder()

report_faults(found.faults)
st.markdown("# Your data")
tell_trouble()
if folder is None:
    st.error(f"No file can be imported: {unusable[0].message}.")
elif not isinstance(folder, DataFolder):
    stored_list(folder, found)
else:
    busy = import_view(folder)
    if folder.datasets() or not busy:
        dataset_list(folder)
    if not busy:
        pairs_view(found, folder)
