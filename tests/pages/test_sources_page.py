"""The page of sources, run through the frame: the table, the open source, files, and how to cite the selection."""

import json
import re

import pytest

from geo.evidence.reliability import cited_sources
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from tests.pages.conftest import panels_of, tables_of, texts

PAGE = "evidence/sources"
HOSTILE = "<img src=x onerror=alert(1)>"


def words(app) -> str:
    return texts(app).replace("\\", "")


def of(table, **query):
    filters = Filters.from_query({name: [value] for name, value in query.items()})
    return cited_sources(table.incidents, table.select(filters).index)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="all"),
        pytest.param({"year": "2025"}, id="year"),
        pytest.param({"status": "disputed"}, id="disputed"),
    ],
)
def test_lists_each_source_of_the_chosen_incidents_once(seen, table, query) -> None:
    (shown,) = tables_of(seen(PAGE, **query))
    sources = of(table, **query)
    assert len(shown) == len(sources)
    assert shown["Claims"].sum() == sum(source.claims for source in sources)
    assert list(shown["Incidents"]) == sorted(shown["Incidents"], reverse=True)


def test_says_how_many_are_weak(seen, table) -> None:
    sources = of(table)
    weak = sum(source.weak for source in sources)
    said = f"{len(sources):,} of {len(sources):,} sources of the selected incidents, {weak} of them weak"
    assert said in words(seen(PAGE))


@pytest.mark.parametrize(
    ("query", "column", "value"),
    [
        pytest.param({"source-kind": "official"}, "Kind", "official", id="kind"),
        pytest.param({"publisher": "Dawn"}, "Publisher", "Dawn", id="publisher"),
    ],
)
def test_a_link_restricts_by_kind_or_publisher(seen, query, column, value) -> None:
    (shown,) = tables_of(seen(PAGE, **query))
    assert set(shown[column]) == {value}


def test_choosing_a_kind_goes_into_the_link(run) -> None:
    app = run(PAGE)
    app.selectbox(key="source-kind").select("agency").run()
    assert app.query_params["source-kind"] == "agency"


def test_a_kind_and_publisher_without_a_source_say_what_to_do(run, table) -> None:
    app = run(PAGE, publisher="Dawn", **{"source-kind": "official"})
    assert [info.value for info in app.info] == ["No sources of this kind and publisher."]
    next(button for button in app.main.button if button.label == "Show all of them").click().run()
    assert not app.info
    assert not app.query_params
    assert len(tables_of(app)[0]) == len(of(table))


def test_counts_by_kind_add_up(seen, table) -> None:
    panels = panels_of(seen(PAGE, year="2025"))
    kinds = panels["source-panel-counts"].split("<tbody>")[1].split("</tbody>")[0]
    counted = re.findall(r"<td>([\d,]+)</td><td>([\d,]+)</td>", kinds)
    sources = of(table, year="2025")
    assert sum(int(number.replace(",", "")) for number, _ in counted) == len(sources)
    assert sum(int(number.replace(",", "")) for _, number in counted) == sum(source.claims for source in sources)


def test_a_link_opens_a_source_with_its_incidents(seen, table) -> None:
    source = max(of(table), key=lambda source: len(source.incidents))
    panels = panels_of(seen(PAGE, source=source.key))
    assert re.findall(r'<button class="row" data-choose="([^"]+)"', panels["source-panel"]) == list(source.incidents)


def test_the_open_source_tells_what_rests_on_it(seen, table) -> None:
    source = next(source for source in of(table) if source.incidents == ("2021-01-06-mohmand-militant-attack",))
    panels = panels_of(seen(PAGE, source=source.key))
    told = re.findall(r'<p class="told">([^<]+)</p>', panels["source-panel"])
    assert len(told) == source.claims > 0


def test_a_weak_source_is_marked(seen, table) -> None:
    weak = next(source for source in of(table) if source.weak)
    panels = panels_of(seen(PAGE, source=weak.key))
    assert "weak source" in panels["source-panel"]


@pytest.mark.parametrize(
    "query", [{"source": "nonsense"}, {"source": "nonsense", "source-kind": "x", "publisher": "x"}]
)
def test_a_source_that_is_not_there_is_told(seen, query) -> None:
    panels = panels_of(seen(PAGE, **query))
    assert "The source in the link is not among those shown" in panels["source-panel-counts"]


def test_the_citation_names_choice_and_rule(seen, table) -> None:
    cited = seen(PAGE, year="2025").main.code[0].value
    assert f"Selection: Incidents, 2025; {table.count(Filters(year=(2025,)))} of {len(table)} incidents" in cited
    assert f"data version {table.version[:8]}" in cited
    assert "lowest–highest claim" in cited


def test_the_citation_follows_the_rule_switch(seen) -> None:
    assert "according to independent sources" in seen(PAGE, rule="independent").main.code[0].value


@pytest.mark.parametrize(("label", "start"), [("BibTeX", "@misc{"), ("RIS", "TY  - DATA"), ("CSL-JSON", "[")])
def test_the_citation_comes_in_other_formats(run, label, start) -> None:
    app = run(PAGE)
    app.segmented_control(key="cite-format").select(label).run()
    assert app.main.code[0].value.startswith(start)


def test_nothing_chosen_can_still_be_cited(seen, table) -> None:
    app = seen(PAGE, q="nosuchthing")
    assert "Change the filter, or reset it" in app.info[0].value
    assert not tables_of(app)
    assert f"0 of {len(table)} incidents" in app.main.code[0].value


def test_markup_in_a_source_stays_text(run, store) -> None:
    document = json.loads(store.read_text("utf-8"))
    for source in document["features"][0]["properties"]["sources"]:
        source |= {"publisher": HOSTILE, "title": HOSTILE, "url": "https://x.org/'onmouseover='alert(1)"}
    store.write_text(json.dumps(document), "utf-8")
    (source,) = (s for s in cited_sources(IncidentStore(store).read().incidents) if s.publisher == HOSTILE)
    opened = panels_of(run(PAGE, source=source.key))["source-panel"]
    counted = panels_of(run(PAGE, publisher=HOSTILE))["source-panel-counts"]
    for panel in (opened, counted):
        assert "&lt;img src=x onerror=alert(1)&gt;" in panel
        assert HOSTILE not in panel
        assert "'onmouseover" not in panel
