"""A citation of a selection names all that another person needs to see the same."""

import re
from pathlib import Path

import pytest

from geo import __version__
from geo.casualties import Rule
from geo.citation import AUTHOR, NO_ADDRESS, TITLE, CitationFormat, Settings, cite, view_reference
from geo.selection import Filters

ROOT = Path(__file__).resolve().parents[3]
PUBLIC = "https://map.example.org/sources?year=2025&category=strike"
STRIKES = Filters(year=(2025,), category=("strike",))


def cited(filters, table, layers, link=PUBLIC) -> str:
    return cite([view_reference(filters, table, layers, link=link)], format=CitationFormat.TEXT)


def test_names_choice_rule_versions_and_day(table, layers) -> None:
    text = cited(STRIKES, table, layers)
    chosen = table.count(STRIKES)
    for said in (
        f"version {__version__}, data version {table.version[:8]}",
        f"Selection: Strikes, 2025; {chosen} of {len(table)} incidents",
        f"Casualty counting rule: {table.rule.name}",
        f"Boundary version {layers.version[:8]}",
        "filters selected some of the incidents, and none was altered",
    ):
        assert said in text
    assert re.search(
        r"https://map\.example\.org/sources\?year=2025&category=strike \(accessed \d+ \w+ \d{4}\)$", text.strip()
    )


def test_names_the_rule_that_is_chosen(table, layers) -> None:
    told = table.under(Rule.parse("claimant:pk-ispr", table.claimants))
    assert f"Casualty counting rule: {told.rule.name}." in cited(STRIKES, told, layers)


def test_everything_is_no_change(table, layers) -> None:
    assert "Changes made: none." in cited(Filters(), table, layers)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("http://localhost:8501/sources?year=2025", "Link: /sources?year=2025 at the address of any copy"),
        ("http://127.0.0.1:8501/", "Link: / at the address of any copy"),
        ("http://192.168.1.7:8501/?q=a", "Link: /?q=a at the address of any copy"),
        ("http://analyst-laptop:8501/?q=a", "Link: /?q=a at the address of any copy"),
        ("http://[::1]:8501/?q=a", "Link: /?q=a at the address of any copy"),
    ],
)
def test_an_address_that_others_cannot_reach_is_told_without_its_host(table, layers, link, said) -> None:
    reference = view_reference(STRIKES, table, layers, link=link)
    assert reference.url is None
    assert said in reference.note


def test_equal_choices_have_one_key_and_others_another(table, layers) -> None:
    keys = [view_reference(filters, table, layers, link=PUBLIC).key for filters in (STRIKES, STRIKES, Filters())]
    assert keys[0] == keys[1] != keys[2]


def test_author_and_title_are_those_of_the_citation_file() -> None:
    file = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f'title: "{TITLE}"' in file
    assert f'name: "{AUTHOR}"' in file


def test_the_data_s_own_advice_is_what_is_written(table, layers) -> None:
    readme = " ".join((ROOT / "data" / "README.md").read_text("utf-8").replace("\n> ", " ").split())
    head = cited(Filters(), table, layers).split(" Selection:")[0]
    assert head.replace(table.version[:8], "‹first eight characters›") in readme


def test_the_address_that_the_publisher_has_set_is_cited(table, layers, monkeypatch) -> None:
    published = Settings(address="https://map.example.org/atlas")
    monkeypatch.setattr(Settings, "read", classmethod(lambda _: published))
    reference = view_reference(STRIKES, table, layers, link="http://localhost:8501/sources?year=2025")
    assert reference.url == "https://map.example.org/atlas/sources?year=2025"
    assert NO_ADDRESS not in reference.note


def test_where_none_is_set_the_citation_says_so(table, layers) -> None:
    assert NO_ADDRESS in view_reference(STRIKES, table, layers, link="http://localhost:8501/").note
