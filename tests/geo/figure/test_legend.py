"""The legend explains what is on the map and nothing else; the words around the map say what it rests on."""

from datetime import date
from functools import cache, partial

import pytest

from geo.figure.drawing import Plan, plan
from geo.figure.ground import cased_borders
from geo.figure.options import FigureOptions, FigureSize, around_provinces, ground_shown
from geo.figure.panels import days_covered
from geo.incident.vocabulary import Border, Category
from geo.language.messages import day_words, span_words
from geo.places.boundaries import Boundaries, boundaries
from geo.places.plane import BBox
from geo.selection import Filters
from geo.sentences import when, when_of
from geo.symbology.symbols import symbol_diameter_px
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident, shipped_table
from tests.geo.figure.cases import CASES
from tests.geo.table.parts import imported, imported_row

pytestmark = pytest.mark.slow


@cache
def plan_of(filters: Filters, options: FigureOptions) -> Plan:
    """Return the plan of a figure of the shipped record; made once for all that look at it."""
    return plan(filters, shipped_table(), boundaries(), options)


def planned(case: str, **options: object) -> Plan:
    filters, view = CASES[case]
    return plan_of(filters, FigureOptions(**({"view": view} | options)))


def rows(made: Plan) -> list[str]:
    return [row.text for explained in made.explained.rows[: None if not made.keyed else -1] for row in explained.rows]


@pytest.mark.parametrize(
    ("case", "there", "not_there"),
    [
        ("everything", ["Crossing", "Strike", "Clash"], ["Crossing point"]),
        ("strikes 2025", ["Strike", "Hollow: disputed"], ["Crossing", "Clash", "Direction in which people crossed"]),
        ("one province", ["Strike", "Clash", "Crossing point", "The place lies within the ring"], ["Crossing"]),
    ],
    ids=str,
)
def test_only_what_is_on_the_map_is_explained(case: str, there: list[str], not_there: list[str]) -> None:
    found = rows(planned(case))
    assert set(there) <= set(found)
    assert not set(not_there) & set(found)


def test_a_disc_is_explained_where_there_is_one() -> None:
    made = {case: planned(case) for case in ("everything", "one province")}
    explained = {case: any("too close" in text for text in rows(found)) for case, found in made.items()}
    drawn = {case: any(len(mark.points) > 1 for mark in found.scene.placed) for case, found in made.items()}
    assert explained == drawn == {"everything": True, "one province": False}


@pytest.mark.parametrize(
    ("filters", "view", "icons"),
    [
        pytest.param(
            Filters(year=(2021,)),
            None,
            {"Crossing": "shape", "Strike": "shape", "Clash": "shape"},
            id="each alone somewhere",
        ),
        pytest.param(
            Filters(year=(2024,), country=("PK",)),
            None,
            {"Crossing": "share", "Strike": "share", "Clash": "shape"},
            id="two in rings and bars only",
        ),
        pytest.param(
            Filters(year=(2026,), category=("strike", "clash")),
            None,
            {"Strike": "shape", "Clash": "shape"},
            id="no crossing",
        ),
        pytest.param(
            Filters(country=("TJ",)),
            None,
            {"Crossing": "shape", "Strike": "share", "Clash": "shape"},
            id="a strike in a bar only",
        ),
    ],
)
def test_a_category_is_explained_as_it_is_drawn(filters: Filters, view: BBox | None, icons: dict[str, str]) -> None:
    made = plan_of(filters, FigureOptions(view=view))
    kinds = {category.value.capitalize() for category in Category}
    assert {
        row.text: row.icon.func.__name__.strip("_").removesuffix("_icon")
        for row in made.explained.rows[0].rows
        if row.text in kinds and isinstance(row.icon, partial)
    } == icons


@pytest.mark.parametrize(
    ("filters", "view", "sized"),
    [
        pytest.param(Filters(), None, False, id="everything"),
        pytest.param(Filters(year=(2025,)), None, False, id="2025"),
        pytest.param(Filters(year=(2025,)), BBox(69, 32, 72, 35), True, id="2025 from near"),
        pytest.param(Filters(province=("AF-KHO",)), CASES["one province"][1], True, id="one province"),
        pytest.param(*CASES["nothing"], False, id="nothing"),
    ],
)
def test_sizes_are_explained_in_legend_and_footer_where_a_symbol_has_one(
    filters: Filters, view: BBox | None, *, sized: bool
) -> None:
    made = plan_of(filters, FigureOptions(view=view))
    said = " ".join(made.explained.footer)
    assert ("Size by deaths, lowest–highest claim; symbols show the highest." in said) is sized
    assert ("Large: 100 deaths, highest claim; small: none, or no figure" in rows(made)) is sized
    drawn = [mark for mark in made.scene.placed if len(mark.incidents) == 1 and not mark.is_badge]
    assert any(mark.points[0].diameter_px > symbol_diameter_px(0) for mark in drawn) is sized


def test_without_incidents_and_lines_there_is_no_legend() -> None:
    assert planned("nothing").explained.rows == ()


@pytest.mark.parametrize("on", [True, False])
def test_legend_and_inset_can_be_left_out(*, on: bool) -> None:
    made = planned("strikes 2025", legend=on, inset=on)
    assert (bool(rows(made)), made.panels.inset is not None) == (on, on)


@pytest.mark.parametrize(
    ("filters", "clear"),
    [
        pytest.param(Filters(), {Border.DURAND_LINE}, id="everything"),
        pytest.param(Filters(country=("TJ",)), {*Border}, id="a country on the other border"),
        pytest.param(Filters(border=("afghan_tajik_border",)), {*Border}, id="the other border"),
        pytest.param(Filters(province=("TJ-KT",)), {*Border}, id="a province on the other border"),
        pytest.param(Filters(province=("AF-KHO",)), {Border.DURAND_LINE}, id="a province far from it"),
        pytest.param(Filters(country=("AF",), border=("durand_line",)), {Border.DURAND_LINE}, id="one line alone"),
    ],
)
def test_a_border_that_the_selection_is_about_is_as_clear_as_any_and_named(
    filters: Filters, clear: set[Border], layers: Boundaries
) -> None:
    made = plan_of(filters, FigureOptions(view=ground_shown(None, filters, shipped_table(), layers)))
    lines = made.furniture.lines
    look = {border: (lines[border].mm, lines[border].casing_mm, lines[border].colour) for border in Border}
    assert {border for border in Border if look[border] == look[Border.DURAND_LINE]} == clear
    assert lines["afghan_tajik_border"].dash == ()
    seen = {border for border, line in cased_borders(made.scene.frame, layers, lines).items() if not line.is_empty}
    explained = {name.border.words for name in made.furniture.line_names} | set(rows(made))
    assert {border.words for border in seen} <= explained


@pytest.mark.parametrize("size", FigureSize)
def test_the_durand_line_is_named_or_explained(size: FigureSize) -> None:
    made = planned("everything", size=size)
    assert bool(made.furniture.line_names) != ("Durand Line" in rows(made))


@pytest.mark.parametrize(
    ("filters", "view", "said"),
    [
        pytest.param(CASES["nothing"][0], None, "No incidents match this selection.", id="none matches"),
        pytest.param(
            Filters(province=("AF-KHO",)),
            around_provinces,
            "None of the {n} selected incidents is on this map.",
            id="all elsewhere",
        ),
        pytest.param(Filters(), None, None, id="some are there"),
    ],
)
def test_a_map_without_incidents_says_so(
    filters: Filters, view: object, said: str | None, table: IncidentTable
) -> None:
    far = BBox(62, 26, 63, 27) if view else None
    note = plan_of(filters, FigureOptions(view=far)).furniture.note
    assert (" ".join(note.lines) if note else None) == (said and said.format(n=table.count(filters)))


@pytest.mark.parametrize(
    ("case", "subtitle"),
    [
        ("everything", "{n} incidents, {first} – {last}"),
        ("nothing", "Incidents on the Afghanistan–Pakistan–Tajikistan borders"),
    ],
    ids=str,
)
def test_the_subtitle_says_the_choice(case: str, subtitle: str, table: IncidentTable) -> None:
    first = day_words(min(incident.date_start for incident in table.incidents))
    last = day_words(max(incident.date_end or incident.date_start for incident in table.incidents))
    found = " ".join(planned(case).subtitle.lines)
    assert found == subtitle.format(n=len(table), first=first, last=last)


@pytest.mark.parametrize(
    ("filters", "title", "said"),
    [
        pytest.param(Filters(), None, ("Incidents on the Afghanistan–Pakistan–Tajikistan borders", ""), id="all"),
        pytest.param(Filters(year=(2025,)), None, ("Incidents, 2025", "on the Afghanistan–"), id="selected"),
        pytest.param(Filters(year=(2025,)), "A year", ("A year", "Incidents, 2025: "), id="titled"),
        pytest.param(Filters(year=(2025,)), "Incidents, 2025", ("Incidents, 2025", "on the"), id="titled the same"),
        pytest.param(Filters(country=("TJ",)), None, ("Incidents in Tajikistan", " incidents, "), id="placed"),
        pytest.param(Filters(), "A war", ("A war", "Incidents on the Afghanistan–"), id="all titled"),
    ],
)
def test_the_subtitle_never_repeats_the_title(filters: Filters, title: str | None, said: tuple[str, str]) -> None:
    made = plan_of(filters, FigureOptions(title=title))
    assert made.name == said[0]
    under = " ".join(made.subtitle.lines)
    assert said[1] in under
    assert made.name not in under
    assert not filters.country or "borders" not in under


def test_the_days_of_a_choice_are_no_better_known_than_its_incidents(table: IncidentTable) -> None:
    for incident in (i for i in table.incidents if i.date_precision != "day"):
        alone = Filters(q=incident.id)  # which the note of another may name too
        if table.count(alone) == 1:
            assert days_covered(alone, table) == when(incident)
    assert days_covered(Filters(date_precision=("week",)), table).startswith("within ")
    assert days_covered(Filters(q="quetzalcoatl"), table) == ""


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="some-known"),
        pytest.param({"date_precision": ("week", "month")}, id="none-known"),
    ],
)
def test_days_of_many_are_those_on_which_they_began(
    query: dict[str, tuple[str, ...]], table: IncidentTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.table.incident_table.MANY", 1)
    began = [when_of(incident) for incident in table.selected(Filters(**query))]
    days = span_words(min(each.start for each in began), max(each.start for each in began))
    assert days_covered(Filters(**query), table) == (f"within {days}" if query else days)


def test_the_footer_dates_the_last_incident_no_better_than_it_is_known(layers: Boundaries, claimants: object) -> None:
    unsure = make_incident(date_start="2026-06-27", date_end="2026-06-29", date_precision="week")
    table = IncidentTable([unsure], claimants, version="0" * 64)
    made = plan(Filters(), table, layers, FigureOptions())
    assert "Last incident on record: within 27–29 June 2026." in made.explained.footer[-1]
    assert made.manifest["last_incident"].isoformat() == "2026-06-27"


def test_the_footer_has_the_code_of_the_manifest() -> None:
    made = planned("strikes 2025")
    assert f"Code to reproduce this figure: {made.manifest['code']}." in made.explained.footer[-1]


def test_counts_are_of_the_ground_that_is_shown(table: IncidentTable, layers: Boundaries) -> None:
    made = plan_of(Filters(), FigureOptions(view=around_provinces(["AF-KHO"], layers)))
    counts, drawn = made.manifest["counts"], sum(len(mark.incidents) for mark in made.scene.placed)
    assert (counts["shown"], counts["outside_view"]) == (
        drawn,
        sum(incident.lon is not None for incident in table.incidents) - drawn,
    )


def test_the_footer_says_what_is_from_which_dataset(contents, layers: Boundaries, tmp_path) -> None:
    old = imported_row(1, date_start=date(1999, 5, 2))
    table = IncidentTable.of(contents, [imported(tmp_path, [old])])
    choices = Filters(category=("clash",)), Filters(category=("clash",), dataset=("curated",))
    mixed, alone = (" ".join(plan(choice, table, layers, FigureOptions()).explained.footer) for choice in choices)
    assert "Their periods differ: the record January 2021 to" in mixed
    assert "acled 1." in mixed
    assert "By dataset" not in alone


def test_the_legend_explains_the_outer_line_where_something_is_imported(contents, layers: Boundaries, tmp_path) -> None:
    table = IncidentTable.of(contents, [imported(tmp_path, [imported_row(1, date_start=date(1999, 5, 2))])])
    line = "Thin outer line: imported; around several, their share"
    for year in (1999, 2021):
        assert (line in rows(plan(Filters(year=(year,)), table, layers, FigureOptions()))) is (year == 1999)
