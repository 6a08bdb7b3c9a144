"""The legend explains what is on the map and nothing else; the words around the map say what it rests on."""

from functools import partial

import pytest

from geo.boundaries import Boundaries
from geo.claims import RANGE
from geo.figure import FigureOptions, FigureSize, around_province
from geo.figure.plan import Plan, plan
from geo.filters import Filters
from geo.marks import marks_of
from geo.symbols import symbol_diameter_px
from geo.table import IncidentTable
from geo.viewport import BBox
from geo.vocabulary import Category
from geo.wording import day_words
from tests.geo.figure.cases import CASES


def planned(table: IncidentTable, layers: Boundaries, case: str, **options: object) -> Plan:
    filters, view = CASES[case]
    return plan(filters, table, layers, FigureOptions(**({"view": view} | options)))


def rows(made: Plan) -> list[str]:
    return [row.text for row, _ in made.legend.rows] if made.legend else []


@pytest.mark.parametrize(
    ("case", "there", "not_there"),
    [
        ("everything", ["Crossing", "Strike", "Clash"], ["Crossing point"]),
        ("strikes 2025", ["Strike", "Hollow: disputed"], ["Crossing", "Clash", "Direction in which people crossed"]),
        ("one province", ["Strike", "Clash", "Crossing point", "The place lies within the ring"], ["Crossing"]),
    ],
    ids=str,
)
def test_only_what_is_on_the_map_is_explained(
    case: str, there: list[str], not_there: list[str], table: IncidentTable, layers: Boundaries
) -> None:
    found = rows(planned(table, layers, case))
    assert set(there) <= set(found)
    assert not set(not_there) & set(found)


def test_a_disc_is_explained_where_there_is_one(table: IncidentTable, layers: Boundaries) -> None:
    made = {case: planned(table, layers, case) for case in ("everything", "one province")}
    explained = {case: any("too close" in text for text in rows(found)) for case, found in made.items()}
    drawn = {case: any(len(mark.points) > 1 for mark in found.scene.placed) for case, found in made.items()}
    assert explained == drawn == {"everything": True, "one province": False}


@pytest.mark.parametrize(
    ("filters", "view", "icons"),
    [
        (Filters(year=(2025,)), None, {"Crossing": "shape", "Strike": "shape", "Clash": "shape"}),
        (Filters(year=(2023,)), None, {"Crossing": "share", "Strike": "share", "Clash": "shape"}),
        (Filters(year=(2026,)), None, {"Strike": "shape", "Clash": "shape"}),
        (Filters(country=("TJ",)), None, {"Crossing": "shape", "Strike": "share", "Clash": "shape"}),
    ],
    ids=["each alone somewhere", "two in rings and bars only", "no crossing", "a strike in a bar only"],
)
def test_a_category_is_explained_as_it_is_drawn(
    filters: Filters, view: BBox | None, icons: dict[str, str], table: IncidentTable, layers: Boundaries
) -> None:
    made = plan(filters, table, layers, FigureOptions(view=view))
    assert made.legend is not None
    kinds = {category.value.capitalize() for category in Category}
    assert {
        row.text: row.icon.func.__name__
        for row, _ in made.legend.rows
        if row.text in kinds and isinstance(row.icon, partial)
    } == icons


@pytest.mark.parametrize(
    ("filters", "view", "sized"),
    [
        (Filters(), None, False),
        (Filters(year=(2025,)), None, False),
        (Filters(year=(2025,)), BBox(69, 32, 72, 35), True),
        (Filters(province=("AF-KHO",)), CASES["one province"][1], True),
        (*CASES["nothing"], False),
    ],
    ids=["everything", "2025", "2025 from near", "one province", "nothing"],
)
def test_sizes_are_explained_in_legend_and_footer_where_a_symbol_has_one(
    filters: Filters, view: BBox | None, *, sized: bool, table: IncidentTable, layers: Boundaries
) -> None:
    made = plan(filters, table, layers, FigureOptions(view=view))
    said = " ".join(line for column in made.words.footer for line in column.lines)
    assert ("Size by deaths, lowest–highest claim; symbols show the highest." in said) is sized
    assert ({"No deaths, or no figure", "100 deaths, highest claim"} <= set(rows(made))) is sized
    drawn = [mark for mark in made.scene.placed if len(mark.incidents) == 1 and not mark.is_badge]
    assert any(mark.points[0].diameter_px > symbol_diameter_px(0) for mark in drawn) is sized


def test_without_incidents_and_lines_there_is_no_legend(table: IncidentTable, layers: Boundaries) -> None:
    assert planned(table, layers, "nothing").legend is None


@pytest.mark.parametrize("name", ["legend", "inset"])
@pytest.mark.parametrize("on", [True, False])
def test_panels_can_be_left_out(name: str, *, on: bool, table: IncidentTable, layers: Boundaries) -> None:
    panel = getattr(planned(table, layers, "strikes 2025", **{name: on}).panels, name)
    assert (panel is not None) is on


@pytest.mark.parametrize("size", FigureSize)
def test_the_durand_line_is_named_or_explained(size: FigureSize, table: IncidentTable, layers: Boundaries) -> None:
    made = planned(table, layers, "everything", size=size)
    assert bool(made.line_names) != ("Durand Line" in rows(made))


@pytest.mark.parametrize(
    ("filters", "view", "said"),
    [
        (CASES["nothing"][0], None, "No incident matches this choice."),
        (Filters(province=("AF-KHO",)), around_province, "None of the {n} chosen incidents lies on this map."),
        (Filters(), None, None),
    ],
    ids=["none matches", "all elsewhere", "some are there"],
)
def test_a_map_without_incidents_says_so(
    filters: Filters, view: object, said: str | None, table: IncidentTable, layers: Boundaries
) -> None:
    far = BBox(62, 26, 63, 27) if view else None
    note = plan(filters, table, layers, FigureOptions(view=far)).words.note
    assert (" ".join(note.lines) if note else None) == (said and said.format(n=table.count(filters)))


@pytest.mark.parametrize(
    ("case", "subtitle"),
    [
        ("everything", "All incidents, {first} – {last}"),
        ("strikes 2025", "Strikes, 2025"),
        ("nothing", "Incidents mentioning “no incident says this”"),
    ],
    ids=str,
)
def test_the_subtitle_says_the_choice(case: str, subtitle: str, table: IncidentTable, layers: Boundaries) -> None:
    first = day_words(min(incident.date_start for incident in table.incidents))
    last = day_words(max(incident.date_end or incident.date_start for incident in table.incidents))
    assert " ".join(planned(table, layers, case).words.subtitle.lines) == subtitle.format(first=first, last=last)


def test_the_footer_has_the_code_of_the_manifest(table: IncidentTable, layers: Boundaries) -> None:
    made = planned(table, layers, "strikes 2025")
    assert f"Code: {made.manifest['code']}." in " ".join(made.words.footer[-1].lines)


def test_counts_are_of_the_ground_that_is_shown(table: IncidentTable, layers: Boundaries) -> None:
    made = plan(Filters(), table, layers, FigureOptions(view=around_province("AF-KHO", layers)))
    counts, drawn = made.manifest["counts"], sum(len(mark.incidents) for mark in made.scene.placed)
    assert (counts["shown"], counts["outside_view"]) == (
        drawn,
        marks_of(table.incidents, layers, rule=RANGE).drawn - drawn,
    )
