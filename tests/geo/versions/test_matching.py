"""Claims and sources are told apart by what they say, not by where they stand."""

import pytest

from geo.versions.comparing import pair_claims, pair_sources
from tests.conftest import make_claim, make_source

ISPR = make_claim(by="pk-ispr", value=8, of="militants", note="first count")
LATER = make_claim(by="pk-ispr", value=16, of="militants", note="later count")
COUNTED_AGAIN = make_claim(by="pk-ispr", value=17, of="militants", note="later count")
DAWN = make_claim(by="dawn", value=3, about="injured", note="in hospital")


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        pytest.param([ISPR, LATER], [LATER, ISPR], {(0, 1), (1, 0)}, id="moved"),
        pytest.param([ISPR], [LATER, ISPR], {(0, 1), (None, 0)}, id="one-more-of-a-kind"),
        pytest.param([ISPR, LATER], [COUNTED_AGAIN], {(1, 0), (0, None)}, id="nearest-words"),
        pytest.param([ISPR], [DAWN], {(0, None), (None, 0)}, id="strangers"),
        pytest.param([ISPR, ISPR], [ISPR], {(0, 0), (1, None)}, id="twins"),
        pytest.param([], [ISPR], {(None, 0)}, id="from-nothing"),
    ],
)
def test_claims(old, new, pairs) -> None:
    assert set(pair_claims(old, new, [(0, 0)])) == pairs


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        pytest.param({}, {"title": "A title", "publisher": "Dawn News"}, True, id="same-address"),
        pytest.param({"url": None, "title": "Chaman shut"}, {"title": "Chaman shut"}, True, id="address-found"),
        pytest.param({}, {"url": "https://x.org/2", "publisher": "Amu TV"}, False, id="another"),
    ],
)
def test_sources(old, new, same) -> None:
    assert ((0, 0) in pair_sources([make_source(**old)], [make_source(**new)])) is same
