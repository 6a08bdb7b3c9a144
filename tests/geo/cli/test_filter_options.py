"""The options mean what the link means."""

import pytest
from hypothesis import assume, given

from geo.cli import command_line
from geo.cli.shared import chosen_filters
from geo.incident.vocabulary import NEAR_KM
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
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


@pytest.mark.parametrize("given", ["Khost", "khost", "af-kho", "AF-KHO"])
def test_a_province_goes_by_its_name_too(given: str, table: IncidentTable) -> None:
    arguments = command_line(["list"]).parse_args(["list", "--province", given, "unknown"])
    assert chosen_filters(arguments, table) == Filters(province=("AF-KHO", "unknown"))


@pytest.mark.parametrize(
    ("option", "said"),
    [
        pytest.param(
            ["--border", "AF-PK"], "'AF-PK' is none of: durand_line, afghan_tajik_border, unknown", id="border"
        ),
        pytest.param(["--province", "none"], "unknown (not known)", id="province"),
    ],
)
def test_a_place_that_is_none_is_refused_with_what_is_accepted(
    capsys: pytest.CaptureFixture[str], option: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        command_line(["list"]).parse_args(["list", *option])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_approximate_is_another_word_for_near(table: IncidentTable) -> None:
    arguments = command_line(["list"]).parse_args(["list", "--precision", "approximate"])
    assert chosen_filters(arguments, table) == Filters(precision=("near",))


@pytest.mark.parametrize(
    "says",
    [
        pytest.param(f"at most {NEAR_KM} km from this line", id="how far a border reaches"),
        pytest.param("known: exact, approximate/near, district,", id="two words for one precision"),
    ],
)
def test_the_help_says_what_a_value_means(capsys: pytest.CaptureFixture[str], says: str) -> None:
    with pytest.raises(SystemExit):
        command_line(["list"]).parse_args(["list", "--help"])
    assert says in " ".join(capsys.readouterr().out.split())
