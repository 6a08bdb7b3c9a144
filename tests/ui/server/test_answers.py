"""Data by address: the same numbers as everywhere, asked strictly, refused in words, and nothing left behind."""

import csv
import io
import json
import tempfile
from dataclasses import replace
from threading import Event
from urllib.parse import quote

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ui.server.answers
import ui.server.data_answers
from geo.aggregate.by_province import by_province, without_province
from geo.apart import TemporaryFolder
from geo.export.writing import FORMATS, export
from geo.incident.errors import StorageError
from geo.render.left_out import left_out
from geo.selection import FIELDS, Filters
from tests.conftest import awaited
from ui.resources import NoRecordError
from ui.server.routes import ANSWERS

INCIDENT = "2021-01-06-mohmand-militant-attack"
SELECTIONS = {
    "everything": "",
    "a year": "year=2025",
    "two years": "year=2024&year=2023",
    "kind and status": "category=strike&status=disputed",
    "province": "province=AF-KHO",
    "country and day": "country=TJ&since=2025-01-01",
    "border not known": "border=unknown",
    "words": "q=spin+boldak",
    "another spelling": "precision=approximate&actor=frontier+corps",
    "nothing": "year=1990",
}


def chosen(query: str) -> Filters:
    """The selection of a link as the app reads it."""
    pairs = [pair.split("=") for pair in query.replace("+", " ").split("&") if pair]
    return Filters.from_query({name: [value for other, value in pairs if other == name] for name, _ in pairs})


# The same as everywhere else.


@pytest.mark.parametrize("query", SELECTIONS.values(), ids=SELECTIONS)
def test_numbers_are_those_of_the_table_and_the_pages(client, table, layers, query) -> None:
    filters = chosen(query)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/incidents.csv?{query}").content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == list(table.select(filters).index)
    assert sum(int(row["killed_high"] or 0) for row in rows) == table.select(filters)["killed_high"].sum()
    counted = client.get(f"/provinces.json?{query}").json()
    expected = [*by_province(filters, table, layers)["incidents"], *without_province(filters, table)["incidents"]]
    assert [row["incidents"] for row in counted["provinces"]] == expected
    assert counted["manifest"]["counts_in_words"] == left_out(filters, table).sentences()
    assert counted["manifest"]["licence"].startswith("https://creativecommons.org/")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_is_the_one_that_the_pages_offer(client, table, layers, ending) -> None:
    answer = client.get(f"/incidents.{ending}?province=AF-KHO&year=2025")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="incidents-2025-af-kho.{ending}"'
    assert answer.headers["Content-Type"].startswith(FORMATS[ending].media_type)
    if ending in {"csv", "geojson", "kml", "parquet"}:  # the others hold the moment in which they were written
        filters = Filters(province=("AF-KHO",), year=(2025,))
        assert answer.content == export(filters, table, layers, format=FORMATS[ending])


def test_people_are_counted_by_the_rule(client) -> None:
    rows = {
        rule: client.get(f"/incidents/{INCIDENT}.json?rule={rule}").json() for rule in ("range", "claimant:pk-ispr")
    }
    assert {rule: row["manifest"]["rule"]["code"] for rule, row in rows.items()} == {rule: rule for rule in rows}
    under = {rule: row["properties"]["toll_rule"] for rule, row in rows.items()}
    assert under["range"] != under["claimant:pk-ispr"]


def test_a_csv_leads_to_what_describes_it(client) -> None:
    links = client.get("/incidents.csv?year=2025").headers["Link"].split(", ")
    target = next(link for link in links if 'rel="describedby"' in link).split(">")[0].removeprefix("<")
    described = client.get(f"/{target}")
    assert described.headers["Content-Type"] == "application/csvm+json"
    assert described.json()["url"] == "incidents.csv?year=2025"
    assert "incidents shown. Not on this map:" in described.json()["dc:description"]


def test_a_geojson_carries_licence_manifest_and_what_is_not_on_the_map(client) -> None:
    made = client.get("/incidents.geojson?country=TJ").json()["manifest"]
    assert (made["licence"], made["filters"]) == ("https://creativecommons.org/licenses/by/4.0/", {"country": ["TJ"]})
    assert "Not on this map: 278 filtered out" in made["counts_in_words"]


# Asked again, asked for headers alone, asked from other sites.

EVERY = [answer.path.replace("{id}", INCIDENT) for answer in ANSWERS]
LIGHT = [path for path in EVERY if "." not in path or path.endswith(("json", "csv", "atom"))]


@pytest.mark.parametrize("path", EVERY)
def test_headers_alone_are_those_of_the_answer(client, path) -> None:
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Cache-Control"] == "no-cache"
    assert head.headers["Access-Control-Allow-Origin"] == "*"
    known = client.get(path, headers={"If-None-Match": f'"other", {head.headers["ETag"]}'})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", head.headers["ETag"])
    assert "Content-Type" not in known.headers


@pytest.mark.parametrize("path", LIGHT)
def test_a_whole_answer_has_the_tag_of_its_headers(client, path) -> None:
    few = f"{path}?year=2021" if path.startswith("/incidents.") else path
    answer, head = client.get(few), client.head(few)
    assert answer.status_code == 200
    assert answer.content
    same = {name: answer.headers[name] for name in head.headers}
    assert same == dict(head.headers)


def test_a_tag_is_of_the_selection_and_not_of_how_it_is_written(client) -> None:
    def tag(query: str, path: str = "/incidents.csv") -> str:
        return client.head(f"{path}?{query}").headers["ETag"]

    one = tag("year=2025&country=AF")
    assert one == tag("country=AF&year=2025") == tag("year=%32025&country=AF&")
    others = [tag("year=2025"), tag("year=2025&country=AF&rule=lowest"), tag("year=2025&country=AF", "/provinces.json")]
    assert len({one, *others}) == 4


def test_a_tag_changes_with_the_data(client, monkeypatch) -> None:
    before = client.head("/incidents.csv").headers["ETag"]
    read = ui.server.answers.resources_under

    def other(rule: str):
        found = read(rule)
        table = found.table.under(found.table.rule)
        table.version = "0" * 64
        return replace(found, table=table)

    monkeypatch.setattr(ui.server.answers, "resources_under", other)
    assert client.head("/incidents.csv").headers["ETag"] != before


@pytest.mark.parametrize("path", EVERY)
def test_a_page_of_another_site_may_ask(client, path) -> None:
    asked = client.options(path)
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert client.post(path).status_code == 405


# What is refused.


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        pytest.param("/incidents.csv?yaer=2025", 400, {"parameter": "yaer", "possible": ["year"]}, id="no parameter"),
        pytest.param("/incidents.csv?year=25", 400, {"parameter": "year", "value": "25"}, id="no year"),
        pytest.param("/incidents.csv?year=", 400, {"parameter": "year", "value": ""}, id="empty"),
        pytest.param("/incidents.csv?q=", 400, {"parameter": "q"}, id="empty words"),
        pytest.param("/incidents.csv?since=soon", 400, {"parameter": "since", "value": "soon"}, id="no day"),
        pytest.param("/incidents.csv?q=a&q=b", 400, {"parameter": "q", "value": "b"}, id="twice"),
        pytest.param("/incidents.csv?since=2025-02-01&until=2025-01-01", 400, {"parameter": "until"}, id="ends first"),
        pytest.param("/incidents.csv?category=war", 400, {"parameter": "category", "value": "war"}, id="no code"),
        pytest.param("/incidents.csv?province=AF-XYZ", 400, {"parameter": "province"}, id="no province"),
        pytest.param("/incidents.csv?province=Khost", 400, {"parameter": "province"}, id="no province code"),
        pytest.param("/incidents.csv?actor=nobody", 400, {"parameter": "actor", "value": "nobody"}, id="no actor"),
        pytest.param("/incidents.csv?group=nothing", 400, {"parameter": "group"}, id="no cluster"),
        pytest.param("/incidents.csv?dataset=acled", 400, {"possible": ["curated"]}, id="no dataset"),
        pytest.param("/incidents.csv?linked=twice", 400, {"possible": ["each", "once"]}, id="no way to count"),
        pytest.param("/incidents.csv?rule=mean", 400, {"parameter": "rule", "value": "mean"}, id="no rule"),
        pytest.param("/incidents.csv?rule=claimant:PK-ISPR", 400, {"parameter": "rule"}, id="no claimant"),
        pytest.param("/incidents.csv?incident=x", 400, {"parameter": "incident"}, id="of a page only"),
        pytest.param("/feed.atom?rule=lowest", 400, {"parameter": "rule"}, id="of other answers only"),
        pytest.param("/api?year=2025", 400, {"parameter": "year"}, id="where there is none"),
        pytest.param(f"/incidents/{INCIDENT}.json?year=2021", 400, {"parameter": "year"}, id="of a selection"),
        pytest.param("/incidents/nothing.json", 404, {"detail": "no incident has the id 'nothing'"}, id="no incident"),
        pytest.param(f"/incidents.csv?q={'x' * 201}", 400, {"parameter": "q"}, id="long"),
        pytest.param(f"/incidents.csv?{'year=2025&' * 900}", 414, {}, id="very long"),
    ],
)
def test_what_is_refused_is_named(client, asked, status, said) -> None:
    for answer in (client.get(asked), client.head(asked)):
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" not in answer.headers
    found = client.get(asked).json()
    assert found["status"] == status
    assert said.items() <= found.items()
    assert {"title", "detail"} <= found.keys()


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["../../etc/passwd", "%00", "\0", "'; DROP TABLE incident; --", "<script>", "{{7*7}}", "9" * 400]),
)
NAMES = st.one_of(st.sampled_from(["rule", "view", "dpi", "title", *FIELDS]), HOSTILE)
PATHS = st.sampled_from(
    [
        *("/incidents.csv", "/provinces.json", "/feed.atom", "/figure.png", "/incidents/{}.json", "/api"),
        *("/embed", "/map/cards/{}", "/map/tiles/6/44/25", "/map/tiles/{}/1/1", "/map/tiles/6/44/25/list"),
    ]
)


@settings(max_examples=80)
@given(PATHS, st.lists(st.tuples(NAMES, HOSTILE), max_size=4), HOSTILE)
def test_nothing_that_is_asked_is_a_fault_of_the_program(client, path, pairs, incident) -> None:
    def sent(text: str) -> str:
        return quote(text.encode("utf-8", "surrogatepass"), safe="")

    query = "&".join(f"{sent(name)}={sent(value)}" for name, value in pairs)
    answer = client.head(f"{path.format(sent(incident) or 'x')}?{query}")
    assert answer.status_code in {200, 400, 404, 413, 414}
    assert answer.status_code == 200 or answer.headers["Content-Type"].startswith(("application/problem", "text/plain"))
    body = client.get(f"{path.format(sent(incident) or 'x')}?{query}").text if answer.status_code != 200 else ""
    assert "/work" not in body
    assert "site-packages" not in body
    assert "Traceback" not in body


@pytest.mark.parametrize(
    ("query", "said", "unsaid"),
    [
        pytest.param("year=2025", (), ("ignored", '<p class="quiet" id="none">'), id="known"),
        pytest.param("year=MMXXV&utm=1", ("Unknown filter values ignored: year=MMXXV.",), ("utm",), id="unknown"),
        pytest.param("category=%3Cb%3E", ("category=&lt;b&gt;.",), ("category=<b>",), id="markup"),
        pytest.param("province=AF-XXX&province=AF-KHO", ("ignored: province=AF-XXX.",), (" 0 of",), id="no-province"),
        pytest.param("rule=x&incident=y", ("ignored: rule=x, incident=y.",), (), id="no-filter"),
        pytest.param("rule=lowest&incident=2021-07-25-arundu-troop-flight", (), ("ignored",), id="no-filter-known"),
        pytest.param("year=1999", ("300 of 300", "ignored: year=1999."), (), id="year-of-nothing"),
        pytest.param("until=1999-01-01", ("300 of 300", "ignored: until=1999-01-01."), (), id="day-of-nothing"),
        pytest.param("status=lead&linked=once", ("ignored: status=lead, linked=once.",), (), id="imported-alone-have"),
        pytest.param("q=zzzz", ('<p class="quiet" id="none">No incidents match',), (), id="none-fits"),
    ],
)
def test_a_map_in_a_frame_says_what_its_address_does_not_choose(client, query, said, unsaid) -> None:
    page = client.get(f"/embed?{query}").text
    assert all(words in page for words in said)
    assert not any(words in page.split("<script")[0] for words in unsaid)


@pytest.mark.parametrize("raw", [b"q=\xff\xfe", b"year=%", b"&&=&", b"q=%ud800", b"\x00=1"])
def test_bytes_that_are_no_text_are_no_fault_either(raw) -> None:
    assert run_raw(raw)[0] in {200, 400}


@pytest.mark.parametrize(
    ("fault", "status", "detail"),
    [
        pytest.param(RuntimeError("/srv/secret/file"), 500, "Something went wrong here", id="of the program"),
        pytest.param(NoRecordError("/srv/secret/file", ()), 503, "The record cannot be read now", id="no record"),
        pytest.param(StorageError("/srv/secret/file", "gone"), 503, "Imported datasets cannot be read", id="datasets"),
    ],
)
def test_a_fault_tells_nobody_where_it_arose(client, monkeypatch, fault, status, detail) -> None:
    def fail(_: str):
        raise fault

    monkeypatch.setattr(ui.server.answers, "resources_under", fail)
    answer = client.get("/incidents.csv")
    assert answer.status_code == status
    assert answer.json()["detail"].startswith(detail)
    assert "secret" not in answer.text
    assert ("Retry-After" in answer.headers) is (status == 503)


def test_too_many_incidents_are_refused_with_what_to_do(client, monkeypatch) -> None:
    monkeypatch.setattr(ui.server.data_answers, "MOST_INCIDENTS", 40)
    assert client.get("/incidents.csv?country=TJ").status_code == 200
    for answer in (client.get("/incidents.csv"), client.head("/incidents.csv")):
        assert answer.status_code == 413
    assert (
        client.get("/incidents.csv").json()["detail"].startswith("300 incidents are selected, and an answer holds at")
    )


# Files that are made for an answer.


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder in which files are made, for the time of a test; they do not go by being forgotten."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    held = []
    monkeypatch.setattr(ui.server.data_answers, "TemporaryFolder", lambda: held.append(TemporaryFolder()) or held[-1])
    return tmp_path


def run_raw(query: bytes, path: str = "/incidents.csv", *, gone: bool = False) -> tuple[int, dict[str, str]]:
    """Ask as a server does, as a client that goes at once or stays."""
    route = next(route for route in ui.server.routes.routes() if getattr(route, "path", "") == path)
    heard: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        if not gone:
            await anyio.sleep_forever()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        heard.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": [], "server": ("x", 80)}
    scope |= {"scheme": "http", "root_path": "", "client": ("192.0.2.1", 1), "path_params": {}, "http_version": "1.1"}
    awaited(route.app, scope, receive, send)
    start = next(message for message in heard if message["type"] == "http.response.start")
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}


def test_a_file_is_deleted_once_it_is_sent(client, temporary) -> None:
    assert client.get("/incidents.csv").status_code == 200
    assert list(temporary.iterdir()) == []


def test_a_file_is_deleted_where_its_client_has_gone(temporary, monkeypatch) -> None:
    begun, write = Event(), ui.server.data_answers.export_to

    def slow(*arguments, progress, **more):
        begun.set()
        write(*arguments, **more)
        while True:  # as parts are written, until somebody says that it is enough
            progress(0)

    monkeypatch.setattr(ui.server.data_answers, "export_to", slow)
    status, _ = run_raw(b"", gone=True)
    assert begun.is_set()
    assert status == 503
    assert list(temporary.iterdir()) == []


def test_what_is_asked_cannot_break_out_of_the_header_that_repeats_it() -> None:
    _, headers = run_raw(b'q=a>;rel="stylesheet')
    assert headers["link"].count(">") == 2
    assert headers["link"].count("rel=") == 2


def test_a_file_is_sent_whole_for_the_next_may_differ_in_bytes(client) -> None:
    whole = client.get("/incidents.csv?country=TJ")
    part = client.get("/incidents.csv?country=TJ", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content, part.headers["Accept-Ranges"]) == (200, whole.content, "none")
    assert int(whole.headers["Content-Length"]) == len(whole.content)
    assert "Last-Modified" not in whole.headers


def test_a_file_that_outgrows_its_limit_is_given_up(client, temporary, monkeypatch) -> None:
    monkeypatch.setattr(ui.server.data_answers, "MOST_BYTES", 1_000)
    answer = client.get("/incidents.geojson")
    assert (answer.status_code, answer.json()["title"]) == (413, "Too much in one answer")
    assert list(temporary.iterdir()) == []


def test_an_answer_of_json_holds_no_number_that_is_none(client) -> None:
    def refuse(constant: str):
        raise AssertionError(constant)

    json.loads(client.get("/provinces.json").content, parse_constant=refuse)
