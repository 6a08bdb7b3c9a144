"""Which row of a table was chosen: Streamlit tells its position, the pages want its code."""

from collections.abc import Iterable

import streamlit as st


def remember_rows(key: str, codes: Iterable[str]) -> None:
    """Keep the codes of a table's rows, in the order in which they are drawn; `key` is the table's."""
    st.session_state[f"{key}-codes"] = list(codes)


def chosen_row(key: str) -> str | None:
    """Return the code of the row that was chosen in a table, None without one; for use in its callback."""
    rows = st.session_state[key]["selection"]["rows"]
    return str(st.session_state[f"{key}-codes"][rows[0]]) if rows else None
