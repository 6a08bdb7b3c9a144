"""Results found so far, kept with dates in `results.json`, so that the table can combine several runs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from benchmarks.measure import Result

FILE: Final = Path(__file__).with_name("results.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResult:
    """A result with its part, date and machine."""

    part: str
    day: date
    machine: str
    result: Result


def stored_results() -> list[StoredResult]:
    """Return all stored results, in the order of the table."""
    if not FILE.exists():
        return []
    return [
        StoredResult(
            part=line["part"], day=date.fromisoformat(line["day"]), machine=line["machine"], result=_result(line)
        )
        for line in json.loads(FILE.read_bytes())
    ]


def store_results(
    found: Sequence[StoredResult], *, part: str, sizes: Iterable[int] | None, parts: Sequence[str], complete: bool
) -> list[StoredResult]:
    """Store the results of a part, replacing all its old ones, or those of some sizes.

    After an interrupted run, only the same lines are replaced. Returns all stored results, in the order of `parts`.
    """
    replaced = None if sizes is None else set(sizes)
    same = {_name(line) for line in found}
    stay = [
        line
        for line in stored_results()
        if line.part != part or not (_is_replaced(line, replaced) if complete else _name(line) in same)
    ]
    lines = sorted([*stay, *found], key=lambda line: (parts.index(line.part), line.result.what, line.result.size or 0))
    lines = list(_in_first_order(lines, [line.result.what for line in [*found, *stay]]))
    FILE.write_text(json.dumps([_written(line) for line in lines], indent=1, ensure_ascii=False) + "\n", "utf-8")
    return lines


def _name(line: StoredResult) -> tuple[str, int | None, str]:
    return line.result.what, line.result.size, line.result.peer_name


def _is_replaced(line: StoredResult, sizes: set[int] | None) -> bool:
    return sizes is None or line.result.size in sizes


def _in_first_order(lines: Sequence[StoredResult], whats: Sequence[str]) -> Iterator[StoredResult]:
    """Keep the order in which a part yields its lines, with all sizes of each together."""
    rank = {what: place for place, what in reversed(list(enumerate(whats)))}
    place = {line.part: number for number, line in reversed(list(enumerate(lines)))}
    yield from sorted(lines, key=lambda line: (place[line.part], rank[line.result.what], line.result.size or 0))


def _written(line: StoredResult) -> dict[str, Any]:
    return {"part": line.part, "day": line.day.isoformat(), "machine": line.machine} | asdict(line.result)


def _result(line: dict[str, Any]) -> Result:
    return Result(**{name: line[name] for name in Result.__dataclass_fields__})
