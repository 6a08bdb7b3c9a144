"""No number of people killed or injured stands anywhere without the name of the rule that made it.

Everything is run on a record made for the test, whose tolls under each rule are numbers that no claim states: wherever
one of them turns up, in a page, a map, a table, a file, a figure or what a command prints, a rule that makes it must be
named in the same place. A place is a panel, a paragraph, a tooltip, a column with its help, a row of a file.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

import ui.resources
from geo.casualties import RULE_CODES, Rule
from geo.cli import main
from geo.export.formats import ExportFormat
from geo.export.page_files import provinces_csv
from geo.export.writing import FORMATS, export
from geo.figure.drawing import write_figure
from geo.figure.options import FigureOptions, around_incidents
from geo.incident.record import Claim, Incident
from geo.incident.vocabulary import About
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore, dump_incidents
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident
from tests.geo.export.readers import READERS
from tests.geo.stores import register_groups
from tests.pages.conftest import PAGES

Run = Callable[..., AppTest]

CODES = tuple(code.replace("ID", "pk-ispr") for code in RULE_CODES)
UNSAID_AND_SAID = ("range", "claimant:pk-ispr")
"""The rule that counts where none is chosen, and one with a name in its name: enough where rules take one way."""
SOLDIERS = {"pk-ispr": 1200, "taliban-government": 1300, "unama": 1100}
TALIBAN = {"pk-ispr": 2010, "taliban-government": 2030, "unama": 2020}
"""Three claimants for two losses: each of CODES takes others of them."""
PEOPLE = (About.KILLED, About.INJURED)


def claims_of(incident: int) -> Iterator[Claim]:
    """Figures of an incident, others for each, the injured apart from the dead."""
    for about in PEOPLE:
        for of, figures in (("Pakistani soldiers", SOLDIERS), ("Taliban forces", TALIBAN)):
            for by, figure in figures.items():
                value = (figure + 37 * (about is About.INJURED)) * incident
                yield make_claim(by=by, of=of, about=about, value=value)


@pytest.fixture(scope="module")
def made() -> tuple[Incident, ...]:
    """Three incidents of one province, two of them of one event cluster, drawn as points apart from each other."""
    changes: tuple[dict[str, Any], ...] = (
        {"event_group": "war", "category": "clash", "subtype": "border_clash", "status": "disputed"},
        {"event_group": "war", "lon": 69.2},
        {"lon": 70.6},
    )
    return tuple(
        make_incident(f"incident-{n}", claims=list(claims_of(n)), date_start=f"2025-01-0{n}", date_end=None, **change)
        for n, change in enumerate(changes, 1)
    )


@pytest.fixture(scope="module")
def made_store(tmp_path_factory: pytest.TempPathFactory, made: tuple[Incident, ...]) -> Path:
    """The store that holds them."""
    path = tmp_path_factory.mktemp("record") / INCIDENTS_FILE.name
    claimants = INCIDENTS_FILE.with_name("claimants.json")
    path.with_name(claimants.name).write_bytes(claimants.read_bytes())
    register_groups(path.parent, *made)
    path.write_text(dump_incidents(made), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def record(made_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same as the store that the app reads, too."""
    monkeypatch.setattr(ui.resources, "INCIDENTS_FILE", made_store)
    return made_store


@pytest.fixture(scope="module")
def ruled(made_store: Path) -> Mapping[str, IncidentTable]:
    """Its table under each rule."""
    table = IncidentTable.of(IncidentStore(made_store).read())
    return {code: table.under(Rule.parse(code, table.claimants)) for code in CODES}


def tolls(table: IncidentTable) -> set[int]:
    """Every number of people that the table's rule makes of the incidents, the event cluster and all."""
    sets = [[incident] for incident in table.incidents] + [table.event_group("war"), table.incidents]
    found = [table.total(inside, about).toll for inside in sets for about in PEOPLE]
    return {end for toll in found if toll for end in (toll.low, toll.high)}


@pytest.fixture(scope="module")
def names(ruled: Mapping[str, IncidentTable], made: tuple[Incident, ...]) -> Mapping[int, set[str]]:
    """For each of these numbers, what the rules are called that make it."""
    makers: dict[int, set[str]] = {}
    for table in ruled.values():
        for toll in tolls(table):
            makers.setdefault(toll, set()).add(table.rule.name)
    stated = {claim.value for incident in made for claim in incident.claims}
    assert not stated & set(makers)
    return makers


def nameless(places: Iterable[str], names: Mapping[int, set[str]]) -> tuple[int, list[str]]:
    """Return in how many places numbers were found, and those that name no rule that makes them."""
    found, without = 0, []
    for place in places:
        written = {int(number.replace(",", "")) for number in re.findall(r"(?<![\d.,-])\d[\d,]*(?![\d.])", place)}
        for number in written & set(names):
            found += 1
            if not any(name in place for name in names[number]):
                without.append(f"{number} in {place[:300]}")
    return found, without


# Places of a page


def elements(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from elements(child)


def places_of(app: AppTest) -> Iterator[str]:
    """Everything of a page that people can read, in the parts that stand together."""
    for element in elements(app._tree):
        kind = getattr(element, "type", "")
        if kind == "dataframe":
            yield from columns_of(element.proto, element.value)
        elif kind == "vega_lite_chart":
            yield f"{element.proto.spec} {element.proto.alt} {''.join(data_of(element.proto))}"
        elif kind == "bidi_component":
            yield from strings(json.loads(element.proto.json))
        elif kind == "component_instance":
            yield from re.findall(r'"(?:k|v|size)":"([^"]*)"', json.loads(element.proto.json_args)["script"])
            yield from map_layer(json.loads(element.proto.json_args))
        elif isinstance(value := getattr(element, "value", None), str):
            yield value


def columns_of(proto: Any, frame: Any) -> Iterator[str]:
    """Each column of a table with its head and its help."""
    config = json.loads(proto.columns or "{}")
    for name in frame.columns:
        values = "\n".join(map(str, frame[name].dropna()))
        shown = json.dumps(config.get(str(name), {}), ensure_ascii=False).replace("\\\\", "")  # escapes of Markdown
        yield f"{name} {shown}\n{values}"


def data_of(proto: Any) -> Iterator[str]:
    for dataset in proto.datasets:
        yield str(pa.ipc.open_stream(dataset.data.data).read_all().to_pylist())


def map_layer(arguments: Mapping[str, Any]) -> Iterator[str]:
    """What the map is told of each mark, and of what its legend says."""
    for text in strings(arguments):
        yield from re.findall(r'"(?:k|v|size)":"([^"]*)"', text)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for each in value.values() for text in strings(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in strings(each))


OPENED: Mapping[str, tuple[dict[str, str], ...]] = {
    "explore/map": ({"incident": "incident-1"},),
    "explore/provinces": (
        {"profile": "AF-KHO"},
        *({"measure": measure} for measure in ("deaths-highest", "deaths-lowest", "injured", "dispute-ratio")),
    ),
    "evidence/events": ({"event": "war"},),
    "explore/timeline": ({"lanes": "province"},),
}
"""What can be open on a page beside how it looks at first."""
SHOWN = [
    pytest.param(page, opened, id=" ".join([page, *opened.values()]))
    for page in PAGES
    for opened in ({}, *OPENED.get(page, ()))
]


@pytest.mark.usefixtures("record", "undrawn")
@pytest.mark.parametrize("code", ["own-side", "claimant:pk-ispr"])
@pytest.mark.parametrize(("page", "opened"), SHOWN)
def test_a_page_names_the_rule_of_every_toll(
    seen: Run, names: Mapping[int, set[str]], page: str, opened: dict[str, str], code: str
) -> None:
    app = seen(page, rule=code, **opened)
    found, without = nameless(places_of(app), names)
    assert without == []
    assert found or not must_show_tolls(page, opened)


def must_show_tolls(page: str, opened: dict[str, str]) -> bool:
    return page == "explore/map" or (bool(opened) and page in ("explore/provinces", "evidence/events"))


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("code", CODES[1:])
@pytest.mark.parametrize(
    ("page", "opened"),
    [
        pytest.param("explore/map", {}, id="overview"),
        pytest.param("explore/map", {"incident": "incident-1"}, id="card"),
        pytest.param("explore/provinces", {"profile": "AF-KHO"}, id="profile"),
    ],
)
def test_the_switch_changes_every_toll_of_a_page(
    seen: Run, ruled: Mapping[str, IncidentTable], page: str, opened: dict[str, str], code: str
) -> None:
    shown = list(places_of(seen(page, rule=code, **opened)))
    foreign = {toll: {"-"} for other in CODES for toll in tolls(ruled[other]) - tolls(ruled[code])}
    assert nameless(shown, foreign) == (0, [])
    assert nameless(shown, {toll: {""} for toll in tolls(ruled[code])})[0]


# Files, figures and commands


@pytest.mark.parametrize("code", UNSAID_AND_SAID)
@pytest.mark.parametrize("file_format", FORMATS.values(), ids=FORMATS)
def test_a_file_names_the_rule_in_every_row(
    ruled: Mapping[str, IncidentTable], tmp_path: Path, file_format: ExportFormat, code: str
) -> None:
    table, path = ruled[code], tmp_path / f"incidents.{file_format.ending}"
    path.write_bytes(export(Filters(), table, boundaries(), format=file_format))
    rows = READERS[file_format.ending](path)
    assert [row["toll_rule"] for row in rows] == [table.rule.name] * 3
    assert {row[f"{about}_{end}"] for row in rows for about in PEOPLE for end in ("low", "high")} <= tolls(table)


@pytest.mark.parametrize("code", CODES)
def test_a_file_of_provinces_names_the_rule_in_every_row(
    ruled: Mapping[str, IncidentTable], names: Mapping[int, set[str]], code: str
) -> None:
    text = provinces_csv(Filters(), ruled[code], boundaries()).decode("utf-8-sig")
    found, without = nameless(printed_places(text, "csv"), names)
    assert found
    assert without == []


@pytest.mark.parametrize("code", CODES)
def test_a_figure_names_the_rule(ruled: Mapping[str, IncidentTable], code: str) -> None:
    table = ruled[code]
    view = around_incidents(table.incidents, boundaries())
    drawn = write_figure(Filters(), table, boundaries(), FigureOptions(view=view, format="svg"))[0].decode()
    text = " ".join(re.findall(r">([^<>]+)</(?:text|tspan)>", drawn))
    assert table.rule.name in text
    assert f"100 {table.rule.symbol_words}" in text
    assert json.loads(re.findall(r"\{.*\}", _unescaped(drawn), re.DOTALL)[0])["rule"] == table.rule.as_dict()


def _unescaped(text: str) -> str:
    return text[text.index("<dc:description>") : text.index("</dc:description>")].replace("&quot;", '"')


@pytest.mark.parametrize("code", UNSAID_AND_SAID)
@pytest.mark.parametrize(
    "command",
    [
        ("list", "--format", "table"),
        ("list", "--format", "csv"),
        ("list", "--format", "json"),
        *(("aggregate", "--by", by, "--format", form) for by in ("province", "month") for form in ("csv", "table")),
        ("aggregate", "--by", "year", "--format", "json"),
    ],
    ids=" ".join,
)
def test_a_command_names_the_rule_of_every_toll(  # noqa: PLR0913, PLR0917  # fixtures
    record: Path,
    ruled: Mapping[str, IncidentTable],
    names: Mapping[int, set[str]],
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    code: str,
) -> None:
    assert main([*command, "--rule", code, "--store", str(record)]) == 0
    found, without = nameless(printed_places(capsys.readouterr().out, command[-1]), names)
    assert found
    assert without == []
    assert ruled[code].rule.name in names[max(tolls(ruled[code]))]


def printed_places(text: str, form: str) -> list[str]:
    """A table for people with the line under it; each row of the others."""
    if form == "csv":
        return [" ".join(row) for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")))]
    if form == "json":
        document = json.loads(text)
        rows = [*document["rows"], *([document["total"]] if "total" in document else [])]
        return [json.dumps(row, ensure_ascii=False) for row in rows]
    return [text]
