"""What a link asks of a page and nothing has is named, as unknown values of filters are."""

import pytest

from tests.pages.conftest import texts

pytestmark = pytest.mark.slow

ASKED = [
    pytest.param("explore/timeline", ["lanes"], {}, id="timeline"),
    pytest.param("explore/provinces", ["measure", "scheme", "classes", "limits", "lock"], {}, id="provinces"),
    pytest.param("explore/provinces", ["limits"], {"scheme": "own"}, id="limits"),
    pytest.param("report/figure", ["view"], {}, id="figure"),
    pytest.param("explore/provinces", ["timeline"], {"profile": "AF-KHO"}, id="profile"),
    pytest.param("evidence/who_says_what", ["claimant", "side", "kind", "gaps"], {}, id="claimants"),
    pytest.param("evidence/sources", ["source-kind", "publisher"], {}, id="sources"),
    pytest.param("evidence/changes", ["from", "to"], {}, id="changes"),
]


@pytest.mark.parametrize(("page", "keys", "more"), ASKED)
def test_what_nothing_has_is_named(run, page, keys, more) -> None:
    said = texts(run(page, **dict.fromkeys(keys, "<b>x</b>"), **more)).replace("\\", "")
    assert "Unknown filter values ignored: " in said
    assert [key for key in keys if f"{key}=<b>x</b>" not in said] == []


def test_what_the_page_has_is_not(run) -> None:
    app = run("explore/provinces", measure="deaths-highest", scheme="quantiles", classes="4", lock="true")
    assert "ignored" not in texts(app)
