"""Every number of twelve selections, in tables, files and commands, is the one that was added up by hand."""

import json
from pathlib import Path

import pandas as pd
import pytest

from geo.aggregate.by_province import by_province, toll_of_row
from geo.cli import main
from geo.export.formats import ExportFormat
from geo.export.manifest import export_manifest
from geo.export.writing import FORMATS, export
from geo.figure.drawing import plan
from geo.figure.options import FigureOptions
from geo.incident.vocabulary import About
from geo.language.messages import range_words
from geo.places.boundaries import Boundaries
from geo.render.left_out import LeftOut
from geo.sentences import cluster_parts, flow_claim
from geo.sentences import toll_words as words_of
from geo.table.incident_table import IncidentTable
from tests.by_hand import SELECTIONS, ByHand
from tests.geo.export.readers import READERS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("tables_made_once")]

CASES = [pytest.param(by_hand, id=name) for name, by_hand in SELECTIONS.items()]
OF_A_PROVINCE = [pytest.param(by_hand, id=name) for name, by_hand in SELECTIONS.items() if by_hand.province]
IN_EVERY_FORMAT = ("strikes in Khost, 2025", "the closure since October 2025", "Khatlon")
"""Every format writes the same rows; these have figures of people, of clusters and of flows, and rows without."""
IN_FILES = [
    pytest.param(by_hand, file_format, id=f"{file_format.ending}-{name}")
    for name, by_hand in SELECTIONS.items()
    for file_format in (FORMATS.values() if name in IN_EVERY_FORMAT else [FORMATS["csv"]])
]
ABOUTS = {"killed": About.KILLED, "injured": About.INJURED, "crossed": About.CROSSED}


def expected(by_hand: ByHand) -> dict[str, str]:
    return {"killed": by_hand.killed, "injured": by_hand.injured, "crossed": by_hand.crossed}


def in_words(row: dict, name: str) -> str:
    low = row[f"{name}_low"]
    return "no figure" if low is None else range_words(low, row[f"{name}_high"], or_more=bool(row[f"{name}_or_more"]))


@pytest.mark.parametrize("by_hand", CASES)
def test_totals(table: IncidentTable, by_hand: ByHand) -> None:
    selected = table.curated(by_hand.filters)
    totals = {name: table.total(selected, about) for name, about in ABOUTS.items()}
    assert len(selected) == by_hand.incidents
    assert {name: words_of(total.toll) for name, total in totals.items()} == expected(by_hand)
    claims = [
        cluster_parts(cluster, ABOUTS[name], claimants=table.claimants, clusters=table.event_groups)
        for name, total in totals.items()
        for cluster in total.clusters
    ]
    found = {
        (claim["toll"], claim["about"], claim["id"], " ".join(claim["selected"].split()[: len(how.split())]))
        for claim in claims
        for how in [next((c[3] for c in by_hand.clusters if (c[1], c[2]) == (claim["about"], claim["id"])), "")]
    }
    assert found == by_hand.clusters
    flows = sorted(flow_claim(said, table.claimants) for said in totals["crossed"].flows)
    assert len(flows) == len(by_hand.flows)
    assert all(line.startswith(begun) for line, begun in zip(flows, sorted(by_hand.flows), strict=True))


@pytest.mark.parametrize("by_hand", OF_A_PROVINCE)
def test_a_province_has_its_own(table: IncidentTable, layers: Boundaries, by_hand: ByHand) -> None:
    assert by_hand.province is not None
    code, killed, injured = by_hand.province
    row = next(by_province(by_hand.filters, table, layers).loc[[code]].itertuples())
    assert (toll_of_row(row, "killed"), toll_of_row(row, "injured")) == (killed, injured)


@pytest.mark.parametrize("by_hand", CASES)
def test_the_command_line(by_hand: ByHand, capsys: pytest.CaptureFixture[str]) -> None:
    options = [
        part for name, values in by_hand.filters.to_query().items() for part in (f"--{name.replace('_', '-')}", *values)
    ]
    assert main(["aggregate", "--by", "category", "--format", "json", *options]) == 0
    found = json.loads(capsys.readouterr().out)["total"]
    assert {name: in_words(found, name) for name in ABOUTS} == expected(by_hand)
    assert found["incidents"] == by_hand.incidents
    assert len(found["cluster_claims"].split(" | ")) == max(len(by_hand.clusters), 1)


@pytest.mark.parametrize(("by_hand", "file_format"), IN_FILES)
def test_files(
    table: IncidentTable, layers: Boundaries, tmp_path: Path, by_hand: ByHand, file_format: ExportFormat
) -> None:
    path = tmp_path / f"incidents.{file_format.ending}"
    path.write_bytes(export(by_hand.filters, table, layers, format=file_format))
    rows = READERS[file_format.ending](path)
    assert len(rows) == by_hand.incidents
    for name, words in expected(by_hand).items():
        own = [(row[f"{name}_low"], row[f"{name}_high"]) for row in rows if not pd.isna(row[f"{name}_low"])]
        whole = any(of == name and how.startswith("All") for _, of, _, how in by_hand.clusters)
        if not whole:  # nothing but the rows' own figures is in the total
            low, high = (sum(int(ends[at]) for ends in own) for at in (0, 1))
            assert words.removesuffix(" or more") == (range_words(low, high) if own else "no figure")
    claimed = {
        (int(row[f"cluster_{about}_low"]), about, row["event_group"])
        for row in rows
        for about in ABOUTS
        if row.get(f"cluster_{about}_low") not in (None, "") and not pd.isna(row[f"cluster_{about}_low"])
    }
    assert claimed == {(lowest(toll), about, cluster) for toll, about, cluster, _ in by_hand.clusters}
    assert sum(len(row["crossed_flows"].split(" | ")) for row in rows if row.get("crossed_flows")) == len(by_hand.flows)


def lowest(toll: str) -> int:
    return int(toll.split("–", maxsplit=1)[0].split(maxsplit=1)[0].replace(",", ""))


def check_totals(totals: dict[str, dict], by_hand: ByHand) -> None:
    found = {
        name: "no figure"
        if total["low"] is None
        else range_words(total["low"], total["high"], or_more=total["or_more"])
        for name, total in totals.items()
    }
    assert found == expected(by_hand)
    apart = {(about, cluster["event_group"]) for about, total in totals.items() for cluster in total["event_clusters"]}
    assert apart == {(about, cluster) for _, about, cluster, _ in by_hand.clusters}


@pytest.mark.parametrize("by_hand", CASES)
def test_a_manifest(table: IncidentTable, layers: Boundaries, by_hand: ByHand) -> None:
    check_totals(export_manifest(by_hand.filters, table, layers)["totals"], by_hand)


@pytest.mark.parametrize("by_hand", CASES)
def test_a_figure(table: IncidentTable, layers: Boundaries, by_hand: ByHand) -> None:
    planned = plan(by_hand.filters, table, layers, FigureOptions())
    counts = LeftOut(**planned.manifest["counts"])
    assert counts.chosen == by_hand.incidents
    assert counts.shown == sum(mark.count for mark in planned.scene.placed)
