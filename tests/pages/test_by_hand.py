"""What the pages say of twelve selections is what was added up by hand."""

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from geo.store.incident_store import INCIDENTS_FILE
from geo.table.incident_table import IncidentTable
from tests.by_hand import SELECTIONS, ByHand
from tests.pages.conftest import panels_of, tables_of

Run = Callable[..., AppTest]
CASES = [pytest.param(by_hand, id=name) for name, by_hand in SELECTIONS.items()]
OF_A_PROVINCE = [pytest.param(by_hand, id=name) for name, by_hand in SELECTIONS.items() if by_hand.province]
OF_A_CLUSTER = [pytest.param(by_hand, id=name) for name, by_hand in SELECTIONS.items() if by_hand.filters.group]


def numbers(html: str) -> dict[str, str]:
    """The rows of a panel's table of numbers: what stands at their head, and their last cell."""
    rows = re.findall(r'<tr><th scope="row"[^>]*>(.*?)</th>\s*<td>(.*?)</td>', html, re.DOTALL)
    return {re.sub(r"<.*?>", "", head).strip(): unescape(cell).strip() for head, cell in rows}


def counted(app: AppTest) -> int:
    """How many incidents the head of a page says are chosen."""
    heads = (re.match(r"\*\*([\d,]+) of 300 incidents\*\*", text.value) for text in app.markdown)
    return next(int(head[1].replace(",", "")) for head in heads if head)


def check_overview(html: str, by_hand: ByHand) -> None:
    found = numbers(html)
    assert (found["killed"], found["injured"]) == (by_hand.killed, by_hand.injured)
    if by_hand.flows:
        assert found["crossed"] == "no total, see below"
    elif "crossed" in found:
        assert found["crossed"] == by_hand.crossed
    text = unescape(re.sub(r"<.*?>", "", html))
    claimed = [unescape(words) for words in re.findall(r"<li><strong>(.*?)</strong>", html)]
    for toll, about, _, _ in by_hand.clusters:  # as “35 civilians killed”
        assert any(re.fullmatch(rf"{re.escape(toll)} ([^\d,]+ )?{about}(, all sides together,)?", c) for c in claimed)
    assert all(flow in text for flow in by_hand.flows)


@pytest.mark.parametrize("by_hand", CASES)
def test_the_overview_beside_the_map(run: Run, by_hand: ByHand) -> None:
    app = run(None, **by_hand.filters.to_query())
    assert counted(app) == by_hand.incidents
    check_overview(panels_of(app)["overview"], by_hand)


@pytest.mark.parametrize("by_hand", CASES)
def test_the_timeline(run: Run, by_hand: ByHand) -> None:
    app = run("explore/timeline", **by_hand.filters.to_query())
    assert counted(app) == by_hand.incidents
    check_overview(panels_of(app)["overview"], by_hand)
    (lanes,) = tables_of(app)
    assert len(lanes) == by_hand.incidents


@pytest.mark.parametrize("by_hand", OF_A_PROVINCE)
def test_a_province_in_the_table_and_in_its_profile(run: Run, by_hand: ByHand) -> None:
    assert by_hand.province is not None
    code, killed, injured = by_hand.province
    app = run("explore/provinces", profile=code, **by_hand.filters.to_query())
    profile = numbers(panels_of(app)["province-panel"])
    own = [profile.get(f"{about} here alone", profile.get(about)) for about in ("killed", "injured")]
    assert own == [killed, injured]
    (table,) = tables_of(app)
    row = table[table["Incidents"] > 0].iloc[0]
    assert (str(row["Killed"]), str(row["Injured"])) == (killed, injured)


def ends(figure: str) -> tuple[int, int]:
    """The lowest and the highest of a figure in words; nobody for none."""
    stated = [int(number.replace(",", "")) for number in re.findall(r"[\d,]+", figure)] or [0]
    return stated[0], stated[-1]


@pytest.mark.parametrize("by_hand", CASES)
def test_the_months_of_who_says_what_add_up(run: Run, by_hand: ByHand) -> None:
    app = run("evidence/who_says_what", **by_hand.filters.to_query())
    months = [frame.value for frame in app.dataframe if "Month" in frame.value.columns]
    figures = [figure for month in months for figure in month["Killed"]]
    low, high = (sum(end) for end in zip((0, 0), *map(ends, figures), strict=True))
    assert (low, high) == ends(by_hand.killed)
    if len(figures) == 1:
        assert figures == [by_hand.killed]


@pytest.mark.parametrize("by_hand", CASES)
def test_how_much_of_each_event_cluster_is_selected(run: Run, by_hand: ByHand) -> None:
    app = run("evidence/events", **by_hand.filters.to_query())
    assert counted(app) == by_hand.incidents
    inside, _, _ = panels_of(app)["event-list"].partition("<details>")
    parts = dict(re.findall(r'data-choose="([^"]+)".*? · ([\d,]+(?: of [\d,]+)?) incidents?', inside))
    for _, _, cluster, how in by_hand.clusters:
        assert parts[cluster] == how.removeprefix("All ").replace(" of its ", " of ")


@pytest.mark.parametrize("by_hand", OF_A_CLUSTER)
def test_the_page_of_an_event_cluster(run: Run, by_hand: ByHand) -> None:
    app = run("evidence/events", event=by_hand.filters.group[0], **by_hand.filters.to_query())
    totals = panels_of(app)["event-totals"]
    heads = re.findall(r'<th scope="col">(.*?)</th>', totals)[1:]
    row = next(row for row in re.findall(r"<tr.*?</tr>", totals) if "lowest–highest claim" in row)
    cells = dict(zip(heads, re.findall(r"<td>(.*?)</td>", row), strict=True))
    assert {about: cell.split("<br>")[0] for about, cell in cells.items()} == {
        about: getattr(by_hand, about) for about in cells
    }
    whole = {
        (about, cell.partition(": ")[2].removesuffix("</small>")) for about, cell in cells.items() if "<br>" in cell
    }
    assert whole == {(about, toll) for toll, about, _, how in by_hand.clusters if not how.startswith("All")}
    assert by_hand.killed == "no figure" or cells["killed"]


@pytest.mark.parametrize("by_hand", CASES)
def test_the_claims_that_rest_on_sources(run: Run, table: IncidentTable, by_hand: ByHand) -> None:
    app = run("evidence/sources", **by_hand.filters.to_query())
    assert counted(app) == by_hand.incidents
    claims = {
        feature["id"]: len(feature["properties"]["claims"])
        for feature in json.loads(INCIDENTS_FILE.read_text("utf-8"))["features"]
    }
    (sources,) = tables_of(app)
    assert sources["Claims"].sum() == sum(claims[incident.id] for incident in table.selected(by_hand.filters))


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("by_hand", CASES)
def test_the_figure_says_how_many_it_shows(run: Run, by_hand: ByHand) -> None:
    app = run("report/figure", **by_hand.filters.to_query())
    assert counted(app) == by_hand.incidents
    (picture,) = app.get("image")
    assert f": {by_hand.incidents:,} incidents." in str(picture.proto)
