"""The map of provinces: a class for each, or why there is none; never the lowest class for what is missing."""

import json

import pytest

from geo.aggregate.by_province import Measure, Scheme, by_province, classify
from geo.casualties import RANGE
from geo.incident.record import Incident
from geo.incident.vocabulary import LocationPrecision
from geo.places.boundaries import Boundaries
from geo.render.web_map import Unclassed, choropleth, classes_of
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident

NO_FIGURE = make_claim(about="event", value=None, of=None)


def class_of(code: str, measure: Measure, layers: Boundaries, *made: Incident, filters: Filters) -> object:
    provinces = by_province(filters, IncidentTable(made, {}, version="made by hand"), layers)
    classes = classify(measure.of(provinces), scheme=Scheme.EQUAL, classes=3, decimals=measure.decimals)
    return classes_of(provinces, measure, classes)[code]


@pytest.mark.parametrize(
    ("where", "made", "filters", "expected"),
    [
        pytest.param(("AF-KHO", Measure.INCIDENTS), make_incident(), Filters(), 0, id="classed"),
        pytest.param(("AF-KNR", Measure.INCIDENTS), make_incident(), Filters(), Unclassed.NONE, id="none-recorded"),
        pytest.param(
            ("AF-KHO", Measure.INCIDENTS),
            make_incident(),
            Filters(precision=(LocationPrecision.EXACT,)),
            Unclassed.IMPRECISE,
            id="not-this-precisely",
        ),
        pytest.param(
            ("AF-KHO", Measure.DEATHS_HIGHEST),
            make_incident(claims=[NO_FIGURE]),
            Filters(),
            Unclassed.NO_FIGURE,
            id="no-figure",
        ),
        pytest.param(
            ("AF-KHO", Measure.DEATHS_LOWEST),
            make_incident(claims=[make_claim(value=0)]),
            Filters(),
            0,
            id="zero-is-a-figure",
        ),
        pytest.param(("AF-KAB", Measure.BORDER), make_incident(), Filters(), Unclassed.NO_BORDER, id="no-border"),
        pytest.param(("AF-KHO", Measure.DISPUTED), make_incident(), Filters(), 0, id="none-disputed-is-a-share"),
    ],
)
def test_class_or_why_not(
    where: tuple[str, Measure], made: Incident, filters: Filters, expected: object, layers: Boundaries
) -> None:
    assert class_of(*where, layers, made, filters=filters) == expected


@pytest.mark.parametrize("measure", list(Measure))
def test_a_legend_counts_every_province_once(measure: Measure, table: IncidentTable, layers: Boundaries) -> None:
    provinces = by_province(Filters(), table, layers)
    classes = classify(measure.of(provinces), scheme=Scheme.NATURAL, classes=5, decimals=measure.decimals)
    drawn = choropleth(provinces, measure, classes, rule=RANGE)
    assert sum(entry["n"] for entry in drawn["legend"]) == len(drawn["provinces"]) == 46
    assert {entry["k"] for entry in drawn["legend"]} >= {province["k"] for province in drawn["provinces"].values()}


@pytest.mark.parametrize("measure", [m for m in Measure if m.counts_people])
def test_a_number_of_people_names_its_rule(measure: Measure, table: IncidentTable, layers: Boundaries) -> None:
    provinces = by_province(Filters(), table, layers)
    classes = classify(measure.of(provinces), scheme=Scheme.NATURAL, classes=5)
    assert choropleth(provinces, measure, classes, rule=RANGE)["rule"] == "lowest–highest claim"


def test_equal_choices_are_equal_byte_for_byte(table: IncidentTable, layers: Boundaries) -> None:
    def text() -> str:
        provinces = by_province(Filters(year=(2025,)), table, layers)
        classes = classify(Measure.DENSITY.of(provinces), scheme=Scheme.NATURAL, classes=5, decimals=2)
        return json.dumps(choropleth(provinces, Measure.DENSITY, classes, rule=RANGE))

    assert text() == text()


def test_no_class_no_colour(layers: Boundaries) -> None:
    provinces = by_province(Filters(), IncidentTable((), {}, version="empty"), layers)
    drawn = choropleth(provinces, Measure.DENSITY, classify([], scheme=Scheme.NATURAL, classes=5), rule=RANGE)
    assert drawn["ramps"] == {"light": [], "dark": []}
    assert [(entry["k"], entry["n"]) for entry in drawn["legend"]] == [("none", 46)]


def test_what_a_province_mixes_is_said_beside_its_counts(layers: Boundaries, table: IncidentTable) -> None:
    provinces = by_province(Filters(), table, layers)
    classes = classify(Measure.DENSITY.of(provinces), scheme=Scheme.EQUAL, classes=3, decimals=2)
    said = {"AF-KHO": "the record 10, ACLED none"}
    drawn = choropleth(provinces, Measure.DENSITY, classes, rule=RANGE, by_dataset=said)["provinces"]
    assert drawn["AF-KHO"]["s"].endswith("; by dataset: the record 10, ACLED none")
    assert "by dataset" not in drawn["AF-KNR"]["s"]
