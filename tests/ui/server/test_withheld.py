"""Single incidents of ACLED, and of whom nobody knows the terms, are given out by no address."""

import json

import pytest

from tests.geo.datasets.tables import SECRET

BY_FORMAT = ["/incidents.csv", "/incidents.geojson", "/incidents.kml"]


@pytest.mark.parametrize("query", ["province=AF-KHO", "dataset=acled", "actor=taliban"])
@pytest.mark.parametrize("path", BY_FORMAT)
def test_files_are_without_them_and_say_so(mixed, path, query) -> None:
    answer = mixed.get(f"{path}?{query}")
    assert answer.status_code == 200
    assert SECRET.encode() not in answer.content
    assert answer.headers["Incidents-Withheld"] == ("3" if "dataset" in query else "4")
    if path.endswith("geojson"):
        document = answer.json()
        sources = {feature["id"].rpartition("-")[0] for feature in document["features"]}
        assert ("ucdp-ged" in sources) is ("dataset" not in query)
        assert not sources & {"acled", "own-notes"}
        assert "left out: " in document["manifest"]["withheld"]["in_words"]


def test_the_description_of_a_csv_says_so_too(mixed) -> None:
    said = mixed.get("/incidents.csv-metadata.json?dataset=acled").json()
    why = "its terms do not allow single incidents to be passed on, or nobody has said that they do."
    withheld = [each["this file"] for each in said["notes"] if each["about"] == "Not passed on"]
    assert withheld == [f"3 incidents of ACLED are left out: {why}"]
    assert "dc:license" not in said


@pytest.mark.parametrize(
    ("incident", "status"),
    [("acled-afg1", 403), ("own-notes-afg1", 403), ("ucdp-ged-afg1", 200), ("acled-afg9", 404)],
)
def test_single_incidents_are_refused(mixed, incident, status) -> None:
    answer = mixed.get(f"/incidents/{incident}.json")
    assert (answer.status_code, mixed.head(f"/incidents/{incident}.json").status_code) == (status, status)
    assert SECRET not in answer.text
    assert ("licence" in answer.json().get("manifest", {})) is False


def test_sums_by_province_count_them_and_credit_who_published_them(mixed) -> None:
    found = mixed.get("/provinces.json?dataset=acled").json()
    khost = next(row for row in found["provinces"] if row["province_code"] == "AF-KHO")
    assert khost["incidents"] == 3
    assert "ACLED" in found["manifest"]["credit"]
    assert SECRET not in json.dumps(found)


@pytest.mark.slow
@pytest.mark.parametrize("query", ["province=AF-KHO", "dataset=acled"])
def test_a_figure_draws_them_and_describes_none(mixed, query) -> None:
    answer = mixed.get(f"/figure.svg?{query}&size=column")
    assert answer.status_code == 200
    assert SECRET not in answer.text
    assert "ACLED" in answer.text
    assert '"key": false' in answer.text.replace("&quot;", '"')


@pytest.mark.parametrize("path", ["/feed.atom", "/api"])
def test_what_is_about_the_record_has_none(mixed, path) -> None:
    assert SECRET not in mixed.get(path).text
