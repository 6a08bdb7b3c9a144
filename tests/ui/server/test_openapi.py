"""The description of the answers: valid, complete, and true of every example."""

from typing import Any
from urllib.parse import urlencode

import pytest
from openapi_spec_validator import validate

from geo.casualties import RULES
from geo.export.writing import FORMATS
from geo.figure.options import FigureFormat, FigureSize
from geo.selection import FIELDS
from ui.server.routes import ANSWERS


@pytest.fixture(scope="module")
def described(client) -> dict[str, Any]:
    answer = client.get("/api")
    assert answer.headers["Content-Type"].startswith("application/vnd.oai.openapi+json")
    return answer.json()


def parameters_of(described: dict[str, Any], path: str) -> list[dict[str, Any]]:
    listed = described["paths"][path]["parameters"]
    return [described["components"]["parameters"][p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in listed]


def example_of(described: dict[str, Any], path: str, *, only: str | None = None) -> str:
    """An address with the examples of its parameters, or of one of them."""
    query = {}
    for each in parameters_of(described, path):
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", each["example"])
        elif "example" in each and only in (None, each["name"]):
            query[each["name"]] = str(each["example"]).lower() if each["example"] in (True, False) else each["example"]
    return f"{path}?{urlencode(query, doseq=True)}"


def test_it_is_valid(described) -> None:
    validate(described)
    assert described["openapi"].startswith("3.1")


def test_it_has_every_answer_and_every_choice(described) -> None:
    assert described["paths"].keys() == {answer.path for answer in ANSWERS}
    assert {f"/incidents.{ending}" for ending in FORMATS} <= described["paths"].keys()
    assert {f"/figure.{kind}" for kind in FigureFormat} <= described["paths"].keys()
    parameters = described["components"]["parameters"]
    assert {*FIELDS, "rule"} == {each["name"] for each in parameters_of(described, "/incidents.csv")}
    assert parameters["size"]["schema"]["enum"] == [size.value for size in FigureSize]
    assert all(rule in parameters["rule"]["schema"]["pattern"] for rule in RULES)
    assert all(each["description"] for each in parameters.values())


@pytest.mark.slow
@pytest.mark.parametrize("path", [answer.path for answer in ANSWERS])
def test_every_example_is_answered_as_described(client, described, path) -> None:
    answer = client.get(example_of(described, path))
    (media_type,) = described["paths"][path]["get"]["responses"]["200"]["content"]
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].removesuffix("; charset=utf-8") == media_type


@pytest.mark.parametrize("name", [*FIELDS, "rule"])
def test_every_example_of_a_parameter_is_answered_alone(client, described, name) -> None:
    assert client.head(example_of(described, "/incidents.csv", only=name)).status_code == 200


@pytest.mark.parametrize("asked", ["/incidents.csv?x=1", "/incidents/x.json", "/figure.png?size=A3-portrait&dpi=600"])
def test_every_refusal_is_described(client, described, asked) -> None:
    path = next(
        path for path in described["paths"] if path.partition("{")[0] == asked.partition("?")[0].replace("x.json", "")
    )
    answer = client.get(asked)
    refusal = described["paths"][path]["get"]["responses"][str(answer.status_code)]["$ref"].rpartition("/")[2]
    said = described["components"]["responses"][refusal]
    assert said["content"].keys() == {answer.headers["Content-Type"]}
    assert said["description"] == answer.json()["title"]
    assert answer.json().keys() <= described["components"]["schemas"]["Problem"]["properties"].keys()
