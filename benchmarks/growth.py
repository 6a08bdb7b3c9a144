"""Chart of how cost grows with size, panel by panel, ours and the peers', from the stored results."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from benchmarks.measure import Result, quantity

PICTURE: Final = Path(__file__).with_name("growth.svg")
_OURS: Final = "#1F5673"
_OTHERS: Final = ("#D55E00", "#8E3B8A", "#0072B2", "#70777D", "#B07C00")
_MARKS: Final = ("s", "^", "v", "D", "P")
_INK: Final = "#26241F"


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot: the prefix of the result that it shows, and targets by size."""

    title: str
    what: str
    aims: tuple[tuple[int, float], ...] = ()


PANELS: Final = (
    Panel("Import", "import of an ACLED file", ((1_000_000, 30),)),
    Panel("Filter, counted by month and province", "a filter, counted", ((1_000_000, 50), (10_000_000, 300))),
    Panel("View of the map, in the engine", "what a view shows,", ((1_000_000, 50), (10_000_000, 300))),
    Panel("Pan to settled map, in Chromium", "pan to settled map", ((1_000_000, 0.6), (10_000_000, 1.2))),
    Panel("Filter to settled map, in Chromium", "filter to settled map", ((1_000_000, 0.6), (10_000_000, 1.2))),
    Panel("Memory of the engine while asked", "memory while asked", ((10_000_000, 2),)),
)


def draw(results: Sequence[Result]) -> None:
    """Draw the chart; a panel without stored results stays empty."""
    with mpl.rc_context({"svg.hashsalt": "incident-map", "svg.fonttype": "path", "font.size": 8.5, "text.color": _INK}):
        figure = Figure(figsize=(11, 6.6), layout="constrained")
        for axes, panel in zip(figure.subplots(2, 3).flat, PANELS, strict=True):
            _draw_panel(axes, panel, [r for r in results if r.what.startswith(panel.what) and r.size])
        figure.savefig(PICTURE, metadata={"Date": None})


def _draw_panel(axes: Any, panel: Panel, results: Sequence[Result]) -> None:
    axes.set_title(panel.title, loc="left", fontweight="bold")
    axes.set(xscale="log", yscale="log", xlabel="incidents", xlim=(6e3, 1.7e7))
    unit = results[0].unit if results else ""
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: quantity(value, unit)))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.grid(which="major", color="#DDD8CC", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    ours = {r.size: r.ours for r in results if r.ours is not None}
    _line(axes, ours, "this program", _OURS, "o", wide=True)
    for name, colour, mark in zip(dict.fromkeys(r.peer_name for r in results if r.peer), _OTHERS, _MARKS, strict=False):
        theirs = {r.size: r.peer for r in results if r.peer_name == name and r.peer}
        _line(axes, theirs, name.split(",")[0].split("(")[0].strip(), colour, mark)
    for size, aim in panel.aims:
        axes.plot([size / 1.6, size * 1.6], [aim, aim], color=_INK, linewidth=1.2, linestyle=":")
        axes.annotate("aim", (size, aim), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=7)
    if results:
        axes.legend(frameon=False, fontsize=7)


def _line(  # noqa: PLR0913  # style of a line
    axes: Any, by_size: dict[Any, Any], name: str, colour: str, mark: str, *, wide: bool = False
) -> None:
    sizes = sorted(by_size)
    width = 2.2 if wide else 1.2
    axes.plot(sizes, [by_size[n] for n in sizes], color=colour, marker=mark, markersize=4, linewidth=width, label=name)
