"""Where datasets are from, and who speaks in them."""

from datetime import date

import pytest

from geo.imports.recognition import KINDS, cited, claimant
from geo.incident.record import whose_losses
from tests.geo.datasets.tables import make_dataset


@pytest.mark.parametrize("kind", [code for code, kind in KINDS.items() if kind.publisher])
def test_a_citation_has_version_address_and_day_of_access(kind):
    text = cited(kind, version="25.1", retrieved_on=date(2026, 11, 24))
    assert "version 25.1. https://" in text
    assert text.endswith("(accessed 24 November 2026).")


def test_a_plain_file_has_no_citation():
    assert cited("plain", version=None, retrieved_on=date(2026, 11, 24)) is None


@pytest.mark.parametrize(
    ("kind", "independent"),
    [
        *(("acled", True), ("ucdp-ged", True), ("ucdp-candidate", True), ("gtd", True), ("awsd", True)),
        *(("gdelt", False), ("gdelt-1", False), ("sigacts", False), ("plain", False)),
    ],
)
def test_who_speaks_is_independent_only_where_that_is_known(kind, independent):
    made = claimant(make_dataset("somebodys", kind=kind, title="Visits"))
    assert (made.id, made.independent) == ("somebodys", independent)


@pytest.mark.parametrize(
    ("kind", "whose"),
    [("awsd", "aid workers only"), ("gtd", "attackers are counted with the victims"), ("acled", None)],
)
def test_whose_losses_are_counted_is_known_where_it_is_not_everybodys(kind, whose):
    assert whose_losses(claimant(make_dataset("somebodys", kind=kind))) == whose
