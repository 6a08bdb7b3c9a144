"""What goes wrong in object storage while a page is drawn, told in its place."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import streamlit as st

from geo.datasets.storage import storage_error
from geo.errors import Fault, StorageError
from ui.plain_text import plain


@contextmanager
def storage_told() -> Iterator[None]:
    """Say what keeps datasets in object storage from being read, in the place of the rest of the page."""
    try:
        yield
    except (StorageError, duckdb.Error) as error:
        st.error(f"Imported incidents cannot be read: {plain(str(unread(error)))}. Reload the page to try again.")


def unread(error: Exception) -> Fault:
    """Return why datasets in object storage cannot be read; what else DuckDB raises is raised again."""
    found = error if isinstance(error, StorageError) else storage_error(error)
    if found is None:
        raise error
    return Fault(where=found.place, field="", message=found.reason)
