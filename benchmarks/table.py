"""The table of results, with machines, dates and method."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from benchmarks.growth import PICTURE
from benchmarks.stored_results import StoredResult
from geo.language.messages import day_words, list_words

FILE: Final = Path(__file__).with_name("RESULTS.md")
_PACKAGES: Final = (
    *("geopandas", "shapely", "pandas", "pyarrow", "duckdb", "matplotlib", "streamlit", "streamlit-folium", "folium"),
    *("pydeck", "keplergl", "playwright", "dask", "distributed", "dask-geopandas"),
)
_HOW: Final = """\
- Incidents are synthetic ACLED rows of `python -m geo synth`, clustered along the borders, imported by `python -m geo
  import`; the same for all. Memory is the resident memory of one process, in GB of 10⁹ bytes. Seconds of an import are
  those of the whole process, from its start.
- Engine: 20 different filters and 20 different views, from the whole region down to a valley, each asked once in a
  process that holds nothing else, after one that does not count. pandas has the columns asked about, codes as
  categories; geopandas `cx` only picks rows, while ours also makes what is drawn of them.
- Browser: Chromium without a graphics card, WebGL by SwiftShader for all alike (`--use-gl=angle
  --use-angle=swiftshader --enable-unsafe-swiftshader`), every other host blocked. A pan is a drag with the mouse, timed
  from its last move, at four zooms; a filter is a click on a year, and on it again. Settled is when the map has painted
  something new for the last time, with nothing more for a second and the server done. Ours is the whole page through
  Streamlit, over a forwarder that counts bytes, compressed as they are sent; what is sent for a step is the median.
- folium, pydeck and keplergl are pages of their own, without Streamlit, with the place, category and day of each
  incident. Pans end when they took half a minute in all, also before the twentieth. Choosing a year makes the page
  anew, three times; what is sent for it is data and markup, gzipped, without libraries that are files of their own
  (pydeck's page holds deck.gl, about 1,150 KB). Sizes go upwards until a peer fails or takes over 60 s for making and
  opening its page.
- keplergl is run from the bundle within its package, mounted as a notebook does. The page that its `save_to_html`
  writes takes React, kepler.gl and styles from other hosts and does not open with the network off. pydeck's page is the
  one of `to_html(offline=True)`; what it still asks of other hosts (Mapbox, styles) is not needed without a base map.
- folium's pages have Leaflet and its clusters beside them in place of the hosts that folium names."""


def machine() -> str:
    """Describe the machine and the software on it."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = [f"{name} {found}" for name in _PACKAGES if (found := _version(name))]
    return (
        f"{platform.machine()}, {os.cpu_count()} processors, {memory_gib:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}; {', '.join(versions)}"
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def write_table(lines: Sequence[StoredResult], titles: dict[str, str]) -> str:
    """Write the results as Markdown beside this module, and return the text."""
    rows = [("what", "ours", "instead", "ratio", "aim")]
    rows.append(("---",) * len(rows[0]))
    for part, title in titles.items():
        of_part = [line.result.cells() for line in lines if line.part == part]
        if of_part:
            rows += [(f"**{title}**", "", "", "", ""), *of_part]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    text = f"""# Benchmarks

{_measured(lines, titles)}

Medians, taken in turn; a ratio under 1 means that ours is faster or smaller. Made again by `make bench`.

![How cost grows with size]({PICTURE.name})

{table}

## How it was measured

{_HOW}
"""
    FILE.write_text(text, encoding="utf-8")
    return text


def _measured(lines: Sequence[StoredResult], titles: dict[str, str]) -> str:
    """Say what was measured when and on what; in one sentence if it is the same for all."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        parts = found.setdefault((day_words(line.day), line.machine), [])
        if line.part not in parts:
            parts.append(line.part)
    if len(found) == 1:
        ((day, on),) = found
        return f"{day}; {on}."
    names = {part: titles[part].split(",")[0].lower() for part in titles}
    return "\n".join(f"- {list_words([names[p] for p in parts])}: {day}; {on}." for (day, on), parts in found.items())
