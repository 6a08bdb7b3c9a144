"""The options mean what the link means."""

from hypothesis import assume, given

from geo.cli import command_line
from geo.cli.filter_options import chosen_filters
from geo.filters import Filters
from geo.table import IncidentTable
from tests.geo.strategies import FILTERS


@given(filters=FILTERS)
def test_options_written_from_a_link_make_the_same_choice(table: IncidentTable, filters: Filters) -> None:
    assume(not (filters.since and filters.until and filters.since > filters.until))
    wanted = filters.without("actor", "group", "dataset")
    options = [f"--{name}={value}" for name, values in wanted.to_query().items() for value in values]
    arguments = command_line(["list"]).parse_args(["list", *options])
    assert chosen_filters(arguments, table) == wanted


def test_names_are_known_whatever_their_case_and_accents(table: IncidentTable) -> None:
    arguments = command_line(["list"]).parse_args(["list", "--actor", "AFGHAN  Talibán", "--dataset", "curated"])
    chosen = chosen_filters(arguments, table)
    assert table.count(chosen) == table.count(Filters(actor=("Afghan Taliban",)))
