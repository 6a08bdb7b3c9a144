"""Filters and views in the engine, with pandas masks and with geopandas, on the same imported incidents.

Each runs in a separate process that holds nothing else: `python -m benchmarks.engine WAY FOLDER`.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from benchmarks import material
from benchmarks.measure import PATIENCE_S, Result, alone, median, memory_gb
from benchmarks.questions import Answers, choices, views

_AIMS: Final = {1_000_000: "at most 50 ms", 10_000_000: "at most 300 ms"}
_MEMORY_AIMS: Final = {10_000_000: "at most 2 GB"}
_TIMED: Final = (
    ("count", "how many match a filter", ("pandas",)),
    ("months", "a filter, counted by province, month and category", ("pandas",)),
    ("view", "what a view shows", ("pandas", "geopandas")),
    ("filtered_view", "what a view shows of a filter", ("pandas", "geopandas")),
)
_PEERS: Final = {
    "pandas": "pandas masks, and groupby where counted",
    "geopandas": "geopandas cx, which only picks the rows",
}
_GIVEN_UP: Final = f"not within {8 * PATIENCE_S} s or memory"


def results(sizes: Sequence[int]) -> Iterator[Result]:
    """Measure each size, ours and the peers in turn."""
    for rows in sizes:
        folder = material.imported(rows).path
        ours = alone("engine", "ours", folder)
        if ours is None:
            raise RuntimeError(f"the engine does not answer at {rows:,}")
        peers = {peer: alone("engine", peer, folder, patience_s=8 * PATIENCE_S) for peer in _PEERS}
        _agree(rows, ours, peers)
        for key, what, of in _TIMED:
            for peer in of:
                yield _line(f"{what}, median of {len(ours[key])}", _ms(ours, key), _ms(peers[peer], key), peer, rows)
        for key, what in (("opened_s", "opened, till the first answer"), ("peak_gb", "memory while asked, peak")):
            for peer, found in peers.items():
                yield _line(
                    what, ours[key], (found or {}).get(key), peer, rows, unit="s" if key == "opened_s" else "GB"
                )


def _ms(found: dict[str, Any] | None, key: str) -> float | None:
    taken = (found or {}).get(key)
    return 1000 * median(taken) if taken else None


def _line(  # noqa: PLR0913, PLR0917  # a line of the table
    what: str, ours: float | None, peer: float | None, name: str, rows: int, unit: str = "ms"
) -> Result:
    aims = _MEMORY_AIMS if unit == "GB" else _AIMS if unit == "ms" else {}
    return Result(
        what=what,
        ours=ours,
        peer=peer,
        peer_name=_PEERS[name] if unit == "ms" else name,
        unit=unit,
        aim=aims.get(rows, ""),
        size=rows,
        said="" if peer is not None else _GIVEN_UP,
    )


def _agree(rows: int, ours: dict[str, Any], peers: Mapping[str, dict[str, Any] | None]) -> None:
    """Raise AssertionError unless all counts agree."""
    for peer, found in peers.items():
        for key in ("counted",):
            if found and key in found:
                assert found[key] == ours[key][: len(found[key])], f"{peer} at {rows:,}: {found[key]}, we {ours[key]}"


def asked(answers: Callable[[], Answers]) -> dict[str, Any]:
    """Open a contender and ask all it answers; return seconds by question, the counts, and peak_gb."""
    start = time.perf_counter()
    opened = answers()
    first, *others = choices()
    boxes = views()
    opened.view(boxes[-1], None)
    found: dict[str, Any] = {"opened_s": time.perf_counter() - start, "counted": []}
    questions: dict[str, list[Callable[[], object]]] = {
        "count": [lambda choice=choice: opened.count(choice) for choice in others],  # type: ignore[misc]
        "months": [lambda choice=choice: opened.months(choice) for choice in others],  # type: ignore[misc]
        "view": [lambda box=box: opened.view(box, None) for box in boxes],  # type: ignore[misc]
        "filtered_view": [  # type: ignore[misc]
            lambda box=box, choice=choice: opened.view(box, choice) for box, choice in zip(boxes, others, strict=True)
        ],
    }
    for name, calls in questions.items():
        if not opened.answers(name):
            continue
        calls[0]() if name != "count" else opened.count(first)
        found[name] = []
        for call in calls:
            start = time.perf_counter()
            answer = call()
            found[name].append(time.perf_counter() - start)
            if name == "count":
                found["counted"].append(answer)
            if sum(found[name]) > PATIENCE_S:
                break
    return found | {"peak_gb": memory_gb()}


if __name__ == "__main__":
    from benchmarks import answering

    way, path = sys.argv[1:]
    print(json.dumps(asked(lambda: answering.WAYS[way](path))))
