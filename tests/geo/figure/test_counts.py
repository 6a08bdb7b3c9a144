"""How many of each category a mark stands for."""

from geo.figure.paper_marks import counts
from tests.conftest import make_incident


def test_incidents_are_counted_in_the_order_of_the_vocabulary() -> None:
    made = [make_incident(category=c, subtype=s) for c, s in (("clash", "raid"), ("crossing", "mass_return"))]
    assert counts([*made, made[0]]) == (("crossing", 1), ("clash", 2))
