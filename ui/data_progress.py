"""How far the session's import has come, looked at twice a second without running the page."""

from typing import Final

import streamlit as st

from geo.imports.progress import Progress, Stage
from geo.wording import count_words
from ui.data_desk import desk

_EVERY_S: Final = 0.5
_MINUTE_S: Final = 60
_LEAVING: Final = "Cancelling: what was begun is being cleared away …"


@st.fragment(run_every=_EVERY_S)
def import_progress() -> None:
    """Draw the progress with a way out; runs the page once the import is done."""
    job = desk().job
    if job is None or not job.running:
        st.rerun()
    progress = job.progress
    done = progress.fraction if progress and progress.stage is Stage.READING else float(progress is not None)
    words = _LEAVING if job.left else progress_words(progress, job.seconds)
    st.progress(done, text=words)
    st.button("Cancel", key="data-cancel", on_click=job.leave, disabled=job.left, icon=":material/close:")


def progress_words(progress: Progress | None, seconds: float) -> str:
    """Say how far an import has come that began so many seconds ago.

    >>> progress_words(Progress(stage=Stage.READING, rows=100_000, bytes_done=1, bytes_total=4, seconds_left=95), 30)
    '100,000 rows read · 25 % · about 2 minutes left'
    """
    if progress is None:
        return f"Reading the first rows, {seconds:.0f} s …"
    rows = f"{count_words(progress.rows, 'row')} read"
    if progress.stage is not Stage.READING:
        return f"{rows} · looking for repeated ids, and for what changes …"
    left = progress.seconds_left
    return f"{rows} · {progress.fraction:.0%}".replace("%", " %") + (f" · {_left(left)} left" if left else "")


def _left(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return f"about {count_words(max(1, round(seconds)), 'second')}"
    return f"about {count_words(round(seconds / _MINUTE_S), 'minute')}"
