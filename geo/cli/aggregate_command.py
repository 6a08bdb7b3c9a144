"""`aggregate`: the selected incidents and people counted by province, year, month or category."""

import argparse
import sys
from types import SimpleNamespace
from typing import Any, Final

import pandas as pd

from geo.aggregate.by_period import (
    dataset_column,
    dataset_columns,
    dataset_of,
    incidents_by_dataset,
    months_by_dataset,
    people_by,
)
from geo.aggregate.by_province import (
    ABOUT_OF_COLUMN,
    CATEGORY_COLUMNS,
    CLUSTER_CLAIMS,
    FLOWS,
    NO_PROVINCE,
    RARE_COLUMNS,
    TOLL_TYPES,
    by_province,
    counted_once,
    datasets_beside,
    side_by_side,
    toll_of_row,
    without_province,
)
from geo.cli.shared import (
    STANDARD_OUTPUT,
    TableFormat,
    add_printed_choice_options,
    aligned,
    chosen,
    envelope,
    footer,
    with_examples,
    wrapped,
    write_json,
    write_output,
)
from geo.export.csv_format import csv_text
from geo.incident.vocabulary import MEASURES
from geo.language.messages import range_words, say
from geo.places.boundaries import Boundaries, boundaries
from geo.selection import Filters
from geo.sentences import counted_more_words
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy

# Totals: one row per province, year, month or category, with people under the counting rule.

Row = dict[str, Any]


_BY: Final = (TollsBy.PROVINCE, TollsBy.YEAR, TollsBy.MONTH, TollsBy.CATEGORY)
_PEOPLE: Final = (*(f"{about}_{part}" for about in ABOUT_OF_COLUMN for part in TOLL_TYPES), FLOWS, CLUSTER_CLAIMS)


def added_up(filters: Filters, table: IncidentTable, layers: Boundaries, *, by: TollsBy) -> list[Row]:
    """Return the rows: their key, `incidents`, counts by category, `disputed`, people killed, injured and crossed.

    If several datasets are counted together, `incidents_DATASET` counts those of each. Each of the 46 provinces has a
    row, as have incidents in several provinces or in an unknown one; so has each year or month between the first and
    the last with incidents. `_low` and `_high` are None if nobody states a figure; `_without`, `_differ`, `_ratio`,
    `cluster_claims` and `crossed_flows` are those of `toll_row` in `geo.aggregate.by_province`. If a selection has
    several datasets, the figures are the first one's; `killed_low_DATASET` and `killed_high_DATASET` are the others',
    as are the columns of injured and crossed people of datasets with such figures.
    """
    if by is TollsBy.PROVINCE:
        return _by_province(filters, table, layers)
    counts = counted_once(table.province_months(filters))
    counts = counts.assign(key=_keys(counts, by))
    beside = {
        dataset_column(dataset): once.groupby(_keys(once, by))["incidents"].sum()
        for dataset, months in months_by_dataset(filters, table).items()
        for once in [counted_once(months)]
    }
    people = people_by(filters, table, by).assign(toll_rule=table.rule.name)
    left_out = CATEGORY_COLUMNS if by is TollsBy.CATEGORY else ()
    rows = [
        ({by.value: name} if by is not TollsBy.ALL else {})
        | _counted(counts[counts["key"] == name], {column: int(part.get(name, 0)) for column, part in beside.items()})
        | tolls
        for name, tolls in zip(people.index, _rows(people), strict=True)
    ]
    return [{name: value for name, value in row.items() if name not in left_out} for row in rows]


def _by_province(filters: Filters, table: IncidentTable, layers: Boundaries) -> list[Row]:
    frame = pd.concat([by_province(filters, table, layers), without_province(filters, table)])
    datasets = incidents_by_dataset(filters, table).reindex(frame.index, fill_value=0)
    named = ["province_code", "province", "country", "incidents", *datasets, "in_several", *CATEGORY_COLUMNS]
    named += ["disputed", *_PEOPLE, *side_by_side(frame.columns)]
    return _rows(frame.join(datasets).reset_index()[named].assign(toll_rule=table.rule.name))


def _counted(counts: pd.DataFrame, by_dataset: Row) -> Row:
    by_category = counts.groupby("category")["incidents"].sum()
    row: Row = {"incidents": int(counts["incidents"].sum())} | by_dataset
    row |= {name: int(by_category.get(category.value, 0)) for name, category in CATEGORY_COLUMNS.items()}
    return row | {"disputed": int(counts["disputed"].sum())}


def _rows(frame: pd.DataFrame) -> list[Row]:
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]  # keys are column names


def _keys(counts: pd.DataFrame, by: TollsBy) -> pd.Series:
    if by is TollsBy.CATEGORY:
        return counts["category"]
    written = {TollsBy.YEAR: "%Y", TollsBy.MONTH: "%Y-%m"}
    return pd.to_datetime(counts["month"]).dt.strftime(written.get(by, ""))


# The command.


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s --by province|year|month|category [filters] [--format table|csv|json] [--store FILE]"
    parser.description = say("help-aggregate")
    parser.epilog = with_examples(
        say("help-aggregate-more", json_keys=say("help-json-keys"), categories=", ".join(CATEGORY_COLUMNS)),
        "python -m geo aggregate --by province --year 2025",
        "python -m geo aggregate --by month --since 2025-10-01 --format csv",
        "python -m geo aggregate --by category --country TJ --format json",
    )
    parser.add_argument("--by", required=True, choices=[by.value for by in _BY], help=say("help-aggregate-by"))
    add_printed_choice_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the rows."""
    filters, table = chosen(arguments)
    rows = added_up(filters, table, boundaries(), by=TollsBy(arguments.by))
    (everything,) = added_up(filters, table, boundaries(), by=TollsBy.ALL)
    for name in RARE_COLUMNS:
        if not everything[name]:
            for row in (*rows, everything):
                row.pop(name, None)
    if arguments.format == TableFormat.JSON:
        write_json(envelope(filters, table, rows) | {"total": everything})
    elif arguments.format == TableFormat.CSV:
        header = list(rows[0] if rows else {arguments.by: None} | everything)
        write_output(STANDARD_OUTPUT, csv_text(header, (row.values() for row in rows)).encode())
    else:
        _write_table(filters, table, [row for row in rows if row["incidents"]], everything, TollsBy(arguments.by))
    return 0


def _write_table(filters: Filters, table: IncidentTable, rows: list[Row], everything: Row, by: TollsBy) -> None:
    named = ("province_code", "province") if by is TollsBy.PROVINCE else (by.value,)
    datasets = dataset_columns(everything)
    names = ("incidents", *datasets, *CATEGORY_COLUMNS, "disputed")
    counted = [name for name in names if all(name in row for row in (*rows, everything))]
    several = next((row["in_several"] for row in rows if row.get("province_code") == NO_PROVINCE), 0)
    last = dict.fromkeys(named, "") | {named[0]: say("cli-all")} | everything
    others = [(about, dataset) for about in MEASURES for dataset in datasets_beside(everything, about)]
    lines = [
        [
            *(row[name] for name in (*named, *counted)),
            *(toll_of_row(SimpleNamespace(**row), about.value) for about in MEASURES),
            *(_beside_it(row, about, dataset) for about, dataset in others),
        ]
        for row in (*rows, last)
    ]
    heads = [dataset_of(name) if name in datasets else name for name in counted]
    named_beside = [say("cli-people-by", about=about, dataset=dataset) for about, dataset in others]
    people = [*(about.value for about in MEASURES), *named_beside]
    sys.stdout.write(aligned([*named, *heads, *people], lines))
    more = counted_more_words(several, once=everything["incidents"], counted=sum(row["incidents"] for row in rows))
    sys.stdout.write(footer(filters, table) + f"{wrapped(more)}\n" * bool(more) + _claim_lines(everything))


def _claim_lines(everything: Row) -> str:
    """Return a line for each claim about a whole event cluster, and for each figure of flows."""
    lines = [
        *(say("cli-of-cluster", claims=line) for line in str(everything[CLUSTER_CLAIMS]).split(" | ") if line),
        *(say("cli-not-added", claims=line) for line in str(everything[FLOWS]).split(" | ") if line),
    ]
    return "".join(f"{wrapped(line)}\n" for line in lines)


def _beside_it(row: Row, about: str, dataset: str) -> str:
    low, high = row.get(f"{about}_low_{dataset}"), row.get(f"{about}_high_{dataset}")
    return "" if low is None or high is None else range_words(low, high, or_more=False)
