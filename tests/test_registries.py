"""Each entry of a registry is known to everything that asks, draws, writes or says its kind."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from geo.aggregate.by_province import TOLL_TYPES
from geo.casualties import RULES, Rule, RuleKind, rules
from geo.cli import command_line
from geo.cli.shared import chosen_filters, chosen_rule
from geo.export.columns import INCIDENT_SCHEMA, MEANINGS
from geo.export.formats import Contents, ExportFormat
from geo.export.manifest import export_manifest
from geo.export.page_files import provinces_csv
from geo.export.writing import FORMATS
from geo.imports.file_kind import FileKind, plain_name
from geo.imports.recognition import KINDS
from geo.incident.record import Claimant
from geo.incident.vocabulary import MEASURES, PeopleMeasure
from geo.places.boundaries import Boundaries
from geo.selection import CONDITIONS, FIELDS, FilterField, Filters, Known, Widget, phrase
from geo.table.event_index import ImportedIndex, ImportedParts
from geo.table.incident_table import MANY, IncidentTable
from tests.geo.export.readers import READERS, raw, rows_of
from tests.geo.table.parts import imported, imported_row
from ui.parts.downloads import _OFFERED_OF_MANY
from ui.parts.filter_bar import _DRAWERS

each_field = pytest.mark.parametrize(("name", "entry"), FIELDS.items(), ids=FIELDS)
each_rule = pytest.mark.parametrize("kind", RULES.values(), ids=RULES)
each_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=[str(about) for about in MEASURES])
each_format = pytest.mark.parametrize("file_format", FORMATS.values(), ids=FORMATS)
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)

_VALUES = ("2025-10-11", "2025", "khost")
"""Of fields without a list of codes: the first that the field can read is asked for."""


@pytest.fixture(scope="module")
def known(table: IncidentTable) -> Mapping[Known, str]:
    """A code of each list that depends on the incidents."""
    return {
        Known.YEARS: "2025",
        Known.PROVINCES: "AF-KHO",
        Known.ACTORS: table.actors()[0],
        Known.EVENTS: min(table.event_groups),
        Known.DATASETS: "curated",
        Known.LINKED: "once",
    }


def a_value(entry: FilterField, known: Mapping[Known, str]) -> str:
    if isinstance(entry.choices, Known):
        return known[entry.choices]
    return next(iter(entry.choices)) if entry.choices else next(value for value in _VALUES if is_read(entry, value))


def is_read(entry: FilterField, value: str) -> bool:
    try:
        entry.read(value)
    except ValueError:
        return False
    return True


# Filter fields


@each_field
def test_a_field_is_in_link_command_line_sentence_manifest_and_condition(
    table: IncidentTable, layers: Boundaries, known: Mapping[Known, str], name: str, entry: FilterField
) -> None:
    value = a_value(entry, known)
    filters = Filters.from_query({name: [value]})
    assert filters.to_query() == {name: [value]}
    arguments = command_line(["list"]).parse_args(["list", f"--{name}", value])
    assert chosen_filters(arguments, table) == filters
    assert phrase(filters, {}) not in (phrase(Filters(), {}), "Incidents")
    assert export_manifest(filters, table, layers)["filters"] == {name: [value]}
    bound = {parameter: at for parameter, at in filters.parameters().items() if at is not None}
    assert all(f"${parameter}" in " ".join(CONDITIONS.values()) for parameter in bound)
    assert (bound == {}) is (entry.condition is None)
    assert bound.keys() >= {*filters.conditions()} - {"leads"}


@pytest.fixture(
    scope="module", params=[pytest.param(True, id="in memory"), pytest.param(False, id="read from its parts")]
)
def imported_index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ImportedIndex:
    source = imported(tmp_path_factory.mktemp("parts"), [imported_row(1)])
    return ImportedIndex(ImportedParts([source], in_memory=request.param))


@each_field
def test_a_field_can_be_asked_of_imported_incidents(
    imported_index: ImportedIndex, known: Mapping[Known, str], name: str, entry: FilterField
) -> None:
    filters = Filters.from_query({name: [a_value(entry, known)]})
    try:
        assert imported_index.ask("SELECT count(*) FROM event WHERE {where}", filters).fetchall()
    except duckdb.BinderException as error:
        pytest.fail(f"`event` lacks a column; add it to _CODES or _COLUMNS of geo/table/event_index.py: {error}")


def test_each_kind_of_widget_is_drawn() -> None:
    assert set(_DRAWERS) == set(Widget)


# Casualty counting rules


@each_rule
def test_a_rule_is_in_the_list_at_the_command_line_and_in_the_manifest(
    table: IncidentTable, layers: Boundaries, claimants: Mapping[str, Claimant], kind: RuleKind
) -> None:
    offered = [rule for rule in rules(table.incidents, claimants) if rule.kind is kind]
    assert offered
    assert offered[0].title
    assert Rule.parse(offered[0].code, claimants) == offered[0]
    arguments = command_line(["list"]).parse_args(["list", "--rule", offered[0].code])
    assert chosen_rule(arguments, table.incidents, claimants) == offered[0]
    made = export_manifest(Filters(country=("TJ",)), table.under(offered[0]), layers)
    assert made["rule"] == offered[0].as_dict()


# Measures of people


@pytest.fixture(scope="module")
def of_tajikistan(table: IncidentTable, layers: Boundaries) -> Contents:
    """What files of the incidents in Tajikistan hold."""
    return Contents.of(Filters(country=("TJ",)), table, layers)


@each_measure
@each_format
def test_people_are_in_each_file_and_their_columns_explained(
    of_tajikistan: Contents, tmp_path_factory: pytest.TempPathFactory, file_format: ExportFormat, measure: PeopleMeasure
) -> None:
    columns = [f"{prefix}{measure.about}_{part}" for prefix in ("", "cluster_") for part in ("low", "high", "or_more")]
    contents = of_tajikistan
    path = tmp_path_factory.getbasetemp() / f"of-tajikistan.{file_format.ending}"
    if not path.exists():
        path.write_bytes(file_format.bytes_of(contents))
    written = {name for row in rows_of(path) for name in row}
    filled = {name for name in columns if contents.rows[name].null_count < len(contents.rows)}
    assert filled <= written
    assert {*columns} <= {*INCIDENT_SCHEMA.names} & {*MEANINGS["incidents"]} & {*contents.rows.column_names}
    assert measure.about.value in contents.manifest["totals"]
    assert measure.words in dict(contents.about)


@each_measure
def test_people_are_in_the_file_of_provinces(table: IncidentTable, layers: Boundaries, measure: PeopleMeasure) -> None:
    header = raw(provinces_csv(Filters(country=("TJ",)), table, layers))[0]
    assert {f"{measure.about}_{part}" for part in TOLL_TYPES} <= {*header}


# Export formats


@each_format
def test_a_file_of_few_holds_the_rows_of_a_file_of_parts(
    table: IncidentTable, layers: Boundaries, tmp_path: Path, file_format: ExportFormat
) -> None:
    contents = Contents.of(Filters(country=("TJ",)), table, layers)
    few, parts = tmp_path / f"few.{file_format.ending}", tmp_path / f"parts.{file_format.ending}"
    few.write_bytes(file_format.bytes_of(contents))
    rows = READERS[file_format.ending](few)
    assert [row["id"] for row in rows]
    file_format.write([replace(contents, whole=False)], parts)
    assert READERS[file_format.ending](parts) == rows


@each_format
def test_a_format_is_had_at_the_command_line_and_offered(file_format: ExportFormat) -> None:
    arguments = command_line(["export"]).parse_args(["export", "-o", "x", "--format", file_format.ending])
    assert FORMATS[arguments.format] is file_format
    assert (file_format.ending in _OFFERED_OF_MANY) is (file_format.most is None or file_format.most > MANY)


# Kinds of file to import


@each_kind
def test_a_kind_of_file_is_told_by_columns_that_no_other_kind_has(kind: FileKind) -> None:
    named = {*kind.needed, *kind.distinctive, *kind.usual, *kind.ids, *kind.also, *kind.values}
    assert named <= {*kind.columns, kind.first}
    assert kind.least <= len(kind.distinctive) or not kind.needed
    has = {plain_name(name) for name in kind.columns}
    others = [other for other in KINDS.values() if other.needed and (not kind.family or other.family != kind.family)]
    assert [other.code for other in others if {plain_name(name) for name in other.needed} <= has] == (
        [kind.code] if kind.needed and not kind.family else []
    )
    assert (kind.draft is None) is bool(kind.refusal)
