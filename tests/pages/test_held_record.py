"""What pages show while the files of the record are edited."""

import json
import re

import pytest

from tests.pages.conftest import run_page, texts


@pytest.mark.slow
def test_pages_show_the_last_record_and_say_since_when_it_is_not_that_of_the_files(run, store) -> None:
    app = run("data/about")
    whole = store.read_text("utf-8")
    document = json.loads(whole)
    document["features"][0]["properties"]["status"] = "<b>sure</b>"
    store.write_text(json.dumps(document), "utf-8")
    app.run()
    assert not app.exception
    said = texts(app).replace("\\", "")
    first = document["features"][0]["id"]
    assert re.search(rf"since \d\d:\d\d on .+\. {first}: status: input should be", said)
    assert "<b>" not in app.warning[0].value.replace("\\<", "")
    assert len(run_page("evidence/quality").metric) > 0
    store.write_text(whole, "utf-8")
    app.run()
    assert not app.warning


@pytest.mark.slow
@pytest.mark.parametrize("page", [None, "evidence/quality"])
def test_without_a_record_one_page_says_what_is_wrong_and_how_to_repair_it(run, store, page) -> None:
    store.unlink()
    app = run(page)
    assert "There is no record to show" in app.main.markdown[0].value
    assert app.error[0].value.replace("\\", "") == "incidents.geojson: cannot be read: is missing."
    assert app.code[0].value == f"python -m geo validate {store}"


@pytest.mark.slow
def test_a_viewer_without_a_record_is_not_told_where_it_should_be(run, store, monkeypatch) -> None:
    monkeypatch.setenv("INCIDENT_MAP_ROLE", "viewer")
    store.unlink()
    app = run()
    assert app.error[0].value.replace("\\", "") == "incidents.geojson: cannot be read: is missing."
    assert "Whoever runs this server has to repair the record" in texts(app)
    assert list(app.code) == []
    assert str(store.parent) not in texts(app).replace("\\", "")
