"""How often a client may ask, how much is made at once, and what those are told who must wait."""

from threading import Event

import anyio
import pytest

from tests.conftest import awaited
from tests.ui.server.conftest import client_of
from ui.server.answers import Allowance, AnswerService, Sending, Workers
from ui.server.answers import client_of as whose
from ui.server.parameters import Problem

INCIDENT = "2021-01-06-mohmand-militant-attack"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_client_has_so_many_at_once_and_again_in_a_minute() -> None:
    clock = Clock()
    allowance = Allowance(60, clock=clock)
    assert [allowance.wait_s("a") for _ in range(60)] == [0] * 60
    assert allowance.wait_s("a") == pytest.approx(1)
    assert allowance.wait_s("b") == 0
    clock.now = 2.5
    assert [allowance.wait_s("a") for _ in range(3)] == [0, 0, pytest.approx(0.5)]
    clock.now = 10_000
    assert [allowance.wait_s("a") for _ in range(61)] == [0] * 60 + [pytest.approx(1)]


def test_clients_that_nobody_has_heard_of_for_long_are_forgotten(monkeypatch) -> None:
    monkeypatch.setattr("ui.server.answers._MOST_CLIENTS", 3)
    allowance = Allowance(1, clock=Clock())
    assert [allowance.wait_s(name) for name in "abcd"] == [0] * 4
    assert (allowance.wait_s("d") > 0, allowance.wait_s("a")) == (True, 0)


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_whose_request_it_is(host, client) -> None:
    assert whose({"client": (host, 1)}) == client


def test_who_asks_too_often_is_told_when_to_come_back() -> None:
    client = client_of(AnswerService(heavy_allowance=Allowance(2)))
    forged = [{"X-Forwarded-For": f"192.0.2.{n}"} for n in range(4)]  # who says that is not believed
    asked = [client.head("/incidents.csv?year=1990", headers=headers) for headers in forged]
    assert [answer.status_code for answer in asked] == [200, 200, 429, 429]
    refused = client.get("/incidents.csv?year=1990")
    assert 1 <= int(refused.headers["Retry-After"]) <= 31
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert refused.json()["detail"] == "More than 2 requests in a minute; wait as long as Retry-After says."
    assert client.get("/incidents/nothing.json").status_code == 404  # what costs little is counted by itself
    assert client.get("/app/static/favicon.png").status_code == 200


async def crowd(workers: Workers, going: Event, number: int) -> list[str]:
    """What becomes of so many who come at once to workers that are held up."""
    heard: list[str] = []

    async def come() -> None:
        try:
            await workers.run(lambda: going.wait(5))
        except Problem as problem:
            heard.append(f"{problem.status}, again in {problem.retry_after_s} s")
        else:
            heard.append("made")

    async with anyio.create_task_group() as tasks:
        for _ in range(number):
            tasks.start_soon(come)
        await anyio.sleep(0.05)
        going.set()
    return heard


def test_those_for_whom_there_is_no_room_are_sent_away_at_once() -> None:
    workers = Workers(1, waiting=2)
    assert awaited(crowd, workers, Event(), 5) == ["503, again in 10 s"] * 2 + ["made"] * 3
    assert awaited(crowd, workers, Event(), 3) == ["made"] * 3


def test_the_loop_answers_others_while_an_answer_is_made() -> None:
    going, workers = Event(), Workers(1, waiting=0)

    async def ticks() -> int:
        seen = 0
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(workers.run, lambda: going.wait(5))
            while seen < 5:
                await anyio.sleep(0.01)
                seen += not going.is_set()
            going.set()
        return seen

    assert awaited(ticks) == 5


@pytest.mark.parametrize(
    ("most", "to_one", "came", "answered"),
    [
        pytest.param(9, 2, "aaab", "yyny", id="so many to one client"),
        pytest.param(2, 9, "abcc", "yynn", id="so many to all"),
    ],
)
def test_so_many_files_are_on_their_way_at_once(most, to_one, came, answered) -> None:
    sending, heard = Sending(most, to_one=to_one), ""
    for client in came:
        try:
            sending.begin(client)
            heard += "y"
        except Problem:
            heard += "n"
    assert heard == answered
    sending.end("a")
    sending.begin("a")


@pytest.mark.parametrize("path", ["/embed", f"/map/cards/{INCIDENT}", "/map/tiles/3/5/3", "/map/tiles/3/5/3/list"])
def test_what_the_map_asks_for_takes_no_thread_that_others_need(path) -> None:
    busy = client_of(AnswerService(map=Workers(0, waiting=0)))
    assert busy.get(path).status_code == 503
    assert busy.get("/app/static/favicon.png").status_code == 200
    often = client_of(AnswerService(light_allowance=Allowance(1), tile_allowance=Allowance(1)))
    assert [often.get(path).status_code == 429 for _ in range(2)] == [False, True]


def test_a_file_that_cannot_be_sent_yet_is_not_kept(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    answer = client_of(AnswerService(sending=Sending(0))).get("/incidents.csv?year=2021")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert list(tmp_path.iterdir()) == []


def test_a_busy_desk_says_so_over_http() -> None:
    client = client_of(AnswerService(heavy=Workers(0, waiting=0)))
    answer = client.get("/incidents.csv?year=1990")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert client.head("/incidents.csv?year=1990").status_code == 200
