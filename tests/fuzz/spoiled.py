"""A record and a folder of datasets, and what may have become of their files: any seed spoils them in its own way."""

import json
import math
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.datasets.folder import DataFolder
from geo.datasets.links import Link, Report, Verdict, record_decisions
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore
from tests.geo.datasets.tables import MOMENT, commit, make_dataset, make_row
from tests.geo.imports.files import acled_file, acled_row, import_file

DATASETS = "datasets"
"""Name of the folder of datasets beside the store."""


def write_sound(place: Path) -> None:
    """Write the record's store, and three datasets: one imported, one linked with it, one of leads."""
    for file in IncidentStore().files:
        (place / file.name).write_bytes(file.read_bytes())
    folder = DataFolder(place / DATASETS)
    rows = [acled_row(number, event_date=f"2025-10-{11 + number}", fatalities=number) for number in range(5)]
    import_file(acled_file(place / "acled.csv", *rows, acled_row(9, country="Nowhere")), folder, retrieved_at=MOMENT)
    row = make_row(1, "own-notes", date_start=folder.dataset("acled").first, uncertainty_km=2.0)
    other = make_row(2, "own-notes", province_code=None, location_precision="country", lon=None, lat=None)
    days = {"first": other["date_start"], "last": row["date_start"]}
    commit(folder, make_dataset("own-notes", kind="plain", rows=2, accepted=2, **days), row, other)
    lead = make_row(1, "gdelt", uncertainty_km=5.0, killed_low=None, killed_best=None, killed_high=None)
    days = dict.fromkeys(("first", "last"), lead["date_start"])
    commit(folder, make_dataset("gdelt", kind="gdelt", leads=True, **days), lead)
    pair = Report(dataset="acled", id="acled-afg0"), Report(dataset="own-notes", id="own-notes-afg1")
    record_decisions(folder, [Link.of(*pair, Verdict.LINKED)])


# What stands in a JSON file is swapped for what no one expects there.

DEEP, DEEPER, TWICE = "deep here", "deeper here", " twice"
TEXTS = (
    *("", " ", "\n", "\0", "\x1f", "\ud800", "\udfff\ud800", "\ufffe", "\u202e", "\u2028", "\u200b", "\u0301" * 500),
    *("x" * 200, "x" * 201, "x " * 999, "x" * 100_000, "\U0001f4a5" * 90, "ﷺ" * 60, "<b onload=alert(1)>", "</script>"),
    *("![m](https://evil.example/m.png)", "{{ x }}", "{x}", "%s", "$x$", "`", "\\", "|", "=1+1", "'; --", '"', "../.."),
    *("0001-01-01", "9999-12-31", "1900-01-01", "2100-12-31", "2025-02-30", "2025-10-11T00:00:00Z", "2025-10-11"),
    *("null", "NaN", "-1", "1e999", "clash", "strike", "other", "war", "disputed", "district", "country", "AF-KHO"),
    *("curated", "acled", "https://[", "https://a", "javascript:alert(1)", "http://\u0600.example/", "\t", "a\rb"),
)
NUMBERS = (
    *(0, -0.0, -1, 1, 0.5, 1e-320, 7, 1_000, 10**6, 10**9, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**30, 10**400),
    *(1e308, math.nan, math.inf, -math.inf, 55.0, 84.0, 18.0, 47.0, 180.0, -90.0, 90.0000001),
)
OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [None], [[]], {"a": 1}, DEEP, DEEPER, *TEXTS, *NUMBERS)


def everywhere(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the path to each value within one."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from everywhere(inner, (*path, key))


def within(value: Any, path: tuple[Any, ...]) -> Any:
    """Return what stands at the end of a path."""
    for key in path:
        value = value[key]
    return value


def spoil_json(dice: Random, document: Any) -> str:
    """Change one value of a document, or a key, and say which."""
    paths = list(everywhere(document))
    if not paths:
        return "nothing to change"
    path = dice.choice(paths)
    if any(key == "features" for key in path[:1]) and dice.random() < 0.9:  # few of so many values are its own
        whole = [one for one in paths if len(one) == 2]
        path = dice.choice([one for one in paths if one[:2] == dice.choice(whole)] or paths)
    holder, key = within(document, path[:-1]), path[-1]
    where, old = ".".join(map(str, path)), holder[key]
    how = dice.choice(("other", "like", "like", "like", "swap", "swap", "gone", "double", "name"))
    if how == "gone":
        del holder[key]
    elif how == "double":
        if isinstance(holder, list):
            holder.insert(key, old)
        else:
            holder[f"{key}{TWICE}"] = dice.choice(OTHERS)
    elif how == "name" and isinstance(holder, dict):
        holder[dice.choice(TEXTS[:20])] = holder.pop(key)
    elif how == "swap":
        same = [one for one in paths if one[-1] == key or (isinstance(key, int) and isinstance(one[-1], int))]
        holder[key] = json.loads(json.dumps(within(document, dice.choice(same))))
    elif how == "like":
        holder[key] = like(dice, old)
    else:
        holder[key] = dice.choice(OTHERS)
    new = holder[key] if not isinstance(holder, list) and key in holder else "…"
    return f"{where}: {how}, {ascii(old)[:60]} to {ascii(new)[:60]}"


def like(dice: Random, old: Any) -> Any:
    """Return another value of the same type, where it has one."""
    if isinstance(old, bool):
        return not old
    if isinstance(old, str):
        return dice.choice((*TEXTS, old + dice.choice(TEXTS), old[:1], old.upper(), old * 3))
    if isinstance(old, int | float):
        return dice.choice((*NUMBERS, old + 1, -old, old * 1_000))
    if isinstance(old, list):
        return dice.choice(([], old * 2, old[::-1], [*old, None], old * 60))
    return dice.choice(({}, None, [])) if isinstance(old, dict) else dice.choice((0, "", "2025-10-11", [], 1.5))


def json_text(dice: Random, document: Any) -> str:
    """Write a document, with what Python's own values cannot hold: keys that stand twice, and what nests deep."""
    text = json.dumps(document, indent=dice.choice((None, 1)))
    for mark, depth in ((DEEP, 200), (DEEPER, 100_000)):
        text = text.replace(f'"{mark}"', "[" * depth + "]" * depth)
    return text.replace(f'{TWICE}":', '":')


def spoil_document(dice: Random, path: Path, times: int) -> str:
    """Change some values of a JSON file."""
    document = json.loads(path.read_bytes())
    said = [spoil_json(dice, document) for _ in range(times)]
    path.write_text(json_text(dice, document), "utf-8")
    return "; ".join(said)


# Parts of releases, which hold columns of one type each.

DAYS = (0, -1, 20_000, 24_000, -719_162, 2_932_896, -719_163, 2_932_897, 2**31 - 1, -(2**31))
"""Since 1970; the fifth and the sixth are the first and the last that Python knows."""


def as_text(table: pa.Table, at: int, _: int) -> pa.Table:
    texts = pa.array([str(value) for value in table[at].to_pylist()], pa.string())
    return table.set_column(at, table.column_names[at], texts)


def without_values(table: pa.Table, at: int, _: int) -> pa.Table:
    field = table.schema.field(at)
    return table.set_column(at, field, pa.nulls(table.num_rows, field.type))


WHOLE: dict[str, Callable[[pa.Table, int, int], pa.Table]] = {
    "no column": lambda table, at, _: table.remove_column(at),
    "as text": as_text,
    "no values": without_values,
    "row twice": lambda table, _, row: pa.concat_tables([table, table.slice(row, 1)]),
    "no row": lambda table, _, row: pa.concat_tables([table.slice(0, row), table.slice(row + 1)]),
    "no rows": lambda table, *_: table.slice(0, 0),
}


def spoil_table(dice: Random, table: pa.Table) -> tuple[pa.Table, str]:
    """Change one value of a table, a column, or the rows; return it, and say what."""
    at = dice.randrange(table.num_columns)
    field = table.schema.field(at)
    row = dice.randrange(max(1, table.num_rows))
    how = dice.choice((*["value"] * 8, "nothing", *WHOLE))
    if how in WHOLE:
        return WHOLE[how](table, at, row), f"{field.name}, row {row}: {how}"
    values = table[at].to_pylist()
    days = pa.types.is_date32(field.type)
    if days:
        values = table[at].cast(pa.int32()).to_pylist()
    new = None if how == "nothing" or not values else other_cell(dice, field.type, values[row])
    values[row : row + 1] = [new]
    column = pa.array(values[: table.num_rows], pa.int32() if days else field.type)
    return table.set_column(at, field, column.cast(field.type)), f"{field.name} of row {row}: {ascii(new)[:60]}"


def other_cell(dice: Random, kind: pa.DataType, old: Any) -> Any:
    """Return another value for a cell of a type; None for a type that has no others here."""
    cells = [text for text in TEXTS if "\ud800" not in text]
    others: dict[Callable[[pa.DataType], bool], Callable[[], Sequence[Any]]] = {
        pa.types.is_date32: lambda: DAYS,
        pa.types.is_floating: lambda: [float(number) for number in NUMBERS if number != 10**400],
        pa.types.is_integer: lambda: (0, -1, 1, 10**6, 2 ** (kind.bit_width - 1) - 1, -(2 ** (kind.bit_width - 1))),
        pa.types.is_boolean: lambda: (not old,),
        pa.types.is_list: lambda: ([], [None], [""], dice.sample(cells, 3), ["x"] * 5_000, [*(old or []), None]),
        pa.types.is_struct: lambda: (None, {}, dict.fromkeys((field.name for field in kind), dice.choice(cells))),
        pa.types.is_binary: lambda: (b"", b"\1", bytes(21), bytes(40)),
        pa.types.is_string: lambda: cells,
    }
    return dice.choice(next((make() for fits, make in others.items() if fits(kind)), (None,)))


def spoil_part(dice: Random, path: Path, times: int) -> str:
    """Change some values of a Parquet file, and mostly let the description of its dataset count what it holds then."""
    table, said = pq.read_table(path, partitioning=None), []
    for _ in range(times):
        table, what = spoil_table(dice, table)
        said.append(what)
    pq.write_table(table, path)
    description = path.parents[2] / "dataset.json"
    if path.name.startswith("part-") and description.is_file() and dice.random() < 0.8:
        described = json.loads(description.read_bytes())
        description.write_text(json.dumps(described | {"rows": table.num_rows}))
    return "; ".join(said)


# Any file, as bytes and lines and as a name in a folder.


def flipped(dice: Random, path: Path) -> str:
    content, bits = bytearray(path.read_bytes()), dice.choice((1, 1, 2, 8, 64))
    for _ in range(bits if content else 0):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(content)
    return f"{bits} bits flipped"


def at_the_end(dice: Random, path: Path) -> str:
    content = bytearray(path.read_bytes())
    for _ in range(4 if content else 0):
        content[-dice.randrange(1, min(len(content), 40) + 1)] = dice.randrange(256)
    path.write_bytes(content)
    return "bytes changed at the end"


def cut(dice: Random, path: Path) -> str:
    content = path.read_bytes()
    first, last = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    kept = dice.choice((content[:first], content[last:], content[:first] + content[last:]))
    path.write_bytes(kept)
    return f"cut from {len(content)} to {len(kept)} bytes"


def lines_moved(dice: Random, path: Path) -> str:
    lines = path.read_bytes().split(b"\n")
    at = dice.randrange(len(lines))
    put = dice.choice((b"", lines[at] + b"\n" + lines[at], b'"\xff\xfe\x00",', b"null,", b"{" * 5_000, b"<<<<<<< HEAD"))
    lines[at] = put
    path.write_bytes(b"\n".join(lines))
    return f"line {at} is {ascii(put)[:40]}"


def empty(_: Random, path: Path) -> str:
    path.write_bytes(b"")
    return "empty"


def absent(_: Random, path: Path) -> str:
    path.unlink()
    return "absent"


def folder_instead(_: Random, path: Path) -> str:
    path.unlink()
    path.mkdir()
    return "a folder"


def itself(_: Random, path: Path) -> str:
    path.unlink()
    path.symlink_to(path)
    return "a link to itself"


def other_file(dice: Random, path: Path) -> str:
    others = sorted(one for one in path.parent.rglob("*") if one.is_file())
    other = dice.choice(others)
    path.write_bytes(other.read_bytes())
    return f"what stands in {other.name}"


AS_BYTES: tuple[Callable[[Random, Path], str], ...] = (flipped, flipped, at_the_end, cut, lines_moved, other_file)
AS_A_NAME: tuple[Callable[[Random, Path], str], ...] = (empty, absent, folder_instead, itself)


def spoil_file(dice: Random, path: Path) -> str:
    """Spoil a file in one way, and say which."""
    kind = dice.random()
    try:
        if kind < 0.7 and path.suffix in (".geojson", ".json"):
            return spoil_document(dice, path, dice.choice((1, 2, 8) if path.suffix == ".json" else (1, 4, 12)))
        if kind < 0.7 and path.suffix == ".parquet":
            return spoil_part(dice, path, dice.choice((1, 1, 2, 4)))
    except (ValueError, OSError, pa.ArrowException, TypeError, OverflowError):  # spoiled before, or no such value
        pass
    return dice.choice(AS_A_NAME if kind > 0.93 else AS_BYTES)(dice, path)


# Both together.


def smaller(dice: Random, place: Path) -> None:
    """Keep few incidents of the record, with the event clusters that they belong to: what is few is read soon."""
    store, _, groups = (place / file.name for file in IncidentStore().files)
    document = json.loads(store.read_bytes())
    document["features"] = dice.sample(document["features"], dice.randrange(1, 16))
    used = {feature["properties"].get("event_group") for feature in document["features"]}
    store.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    kept = [group for group in json.loads(groups.read_bytes()) if group["id"] in used]
    groups.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")


def spoil(dice: Random, place: Path) -> list[str]:
    """Spoil some files of a store and its datasets, and say how."""
    said = []
    store = [place / file.name for file in IncidentStore().files]
    for _ in range(dice.choice((1, 2, 3, 4))):
        of_datasets = sorted(
            path for path in (place / DATASETS).rglob("*") if path.is_file() and "lock" not in path.name
        )
        of_store = [path for path in (store[0], *store) if path.is_file()]
        path = dice.choice((of_store if dice.random() < 0.5 else of_datasets) or of_datasets or [place / "acled.csv"])
        if path.parent.parent.name == "releases" and dice.random() < 0.03:
            shutil.rmtree(path.parent)
            said.append(f"{path.parent.parent.parent.name}: no release")
            continue
        said.append(f"{path.relative_to(place).as_posix()}: {spoil_file(dice, path)}")
    return said


RECORD = INCIDENTS_FILE.name
