"""What the server keeps for every session is left out of the garbage collector's rounds."""

import gc
from functools import cache


@cache
def settle(page: str) -> None:
    """Leave out of garbage collection all that is there once a page has been drawn for the first time.

    Streamlit collects after every run of the script. That is a sixth of a second over the half million objects of the
    libraries and the record, none of which ever goes, and in it nobody's browser is answered; over what a run leaves
    behind it is a millisecond. Libraries that only one page needs come with it, hence once for each page.
    """
    del page
    gc.collect()
    gc.freeze()
