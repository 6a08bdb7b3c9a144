"""axe-core on every page: nothing serious, in the page or inside the map's frame."""

from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
FIND = """() => axe.run(document, { resultTypes: ['violations'], iframes: false }).then((found) => found.violations
  .filter((violation) => ['serious', 'critical'].includes(violation.impact))
  .map((violation) => [violation.id, violation.help, violation.nodes.map((node) => node.html.slice(0, 200))]))"""

NOT_OURS = {
    "nested-interactive": "the map's frame is named by its component",
    "svg-img-alt": "Vega gives the groups of a brush a role and no name; the chart as a whole has its text",
}
"""Rules that the markup of Streamlit and Vega breaks, and what it means for a reader."""

PAGES = [
    "/",
    "/?incident=2025-10-11-durand-line-border-clash",
    "/timeline?year=2025",
    "/provinces?profile=AF-KHO",
    "/figure",
    "/who_says_what",
    "/events",
    "/events?event=open-war-2026-02-03",
    "/sources?publisher=Dawn",
    "/changes",
    "/datasets",
]


@pytest.mark.parametrize(
    ("address", "scheme"),
    [(address, "light") for address in PAGES] + [(address, "dark") for address in PAGES[1:4]],  # what has most colours
)
def test_no_serious_violation(server, new_page, address, scheme) -> None:
    page = new_page(scheme=scheme).open(server + address)
    page.page.wait_for_timeout(2500)
    page.settled()  # what waits for a new run is faded
    found = []
    for frame in page.page.frames:
        if frame.url.startswith("http"):
            frame.evaluate(AXE)
            found += frame.evaluate(FIND)
    assert [violation for violation in found if violation[0] not in NOT_OURS] == []
