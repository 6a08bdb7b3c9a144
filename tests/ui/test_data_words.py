"""Words of the page of datasets: names, sizes, progress, what a mapping lacks, and figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets.dataset import Dataset, Deaths, PeopleSum
from geo.imports.fields.days import DatesSeen
from geo.imports.readers.dialect import DELIMITERS
from geo.imports.report import Progress, Stage
from geo.incident.vocabulary import About
from geo.language.messages import say
from tests.geo.datasets.tables import make_dataset
from ui.datasets.dataset_list import deaths_words, facts_words, names_apart
from ui.datasets.import_session import progress_words, shown_name
from ui.datasets.import_view import date_order_words, size_words, still_needed


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("acled.csv", "acled.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\kunar.csv", "kunar.csv"),
        ("/", "file"),
        ("", "file"),
        ("a\nb\x00.csv", "a b .csv"),
        ("کنر.csv", "کنر.csv"),
        (f"{'x' * 200}.csv", f"{'x' * 116}.csv"),
    ],
    ids=repr,
)
def test_a_name_is_shown_as_one_short_line(name, shown) -> None:
    assert shown_name(name) == shown


def test_datasets_are_named_by_their_titles_with_the_id_where_these_do_not_tell_them_apart() -> None:
    named = (("acled", "ACLED"), ("kunar", "Visits"), ("khost", "Visits"))
    datasets = [Dataset.model_construct(id=each, title=title) for each, title in named]
    assert names_apart(datasets) == {"acled": "ACLED", "kunar": "Visits (kunar)", "khost": "Visits (khost)"}


@given(st.text())
def test_no_name_is_empty_or_a_path(name) -> None:
    shown = shown_name(name)
    assert shown.strip()
    assert not set(shown) & set("/\\\n\0")


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (999, "999 bytes"), (110_461, "110 KB"), (550_078_523, "550.1 MB")],
)
def test_sizes(size, words) -> None:
    assert size_words(size) == words


@pytest.mark.parametrize("delimiter", DELIMITERS.values())
def test_what_separates_values_is_said_by_the_catalogue(delimiter) -> None:
    assert say(f"form-separated-{delimiter}")


def progress(**changes) -> Progress:
    fields = {"stage": Stage.READING, "rows": 100_000, "bytes_done": 1, "bytes_total": 4, "seconds_left": 12}
    return Progress(**(fields | changes))


@pytest.mark.parametrize(
    ("how_far", "words"),
    [
        (None, "Reading the first rows, 7 s …"),
        (progress(), "100,000 rows read · 25 % · about 12 seconds left"),
        (progress(seconds_left=95), "100,000 rows read · 25 % · about 2 minutes left"),
        (progress(seconds_left=None), "100,000 rows read · 25 %"),
        (progress(seconds_left=0.1), "100,000 rows read · 25 % · about 1 second left"),
        (progress(stage=Stage.COMPARING), "100,000 rows read · checking for repeated ids and for changes …"),
    ],
)
def test_progress(how_far, words) -> None:
    assert progress_words(how_far, 7.4) == words


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"date_start": "d", "country": "c"}, None),
        ({"date_start": "d", "latitude": "y", "longitude": "x"}, None),
        ({"latitude": "y", "longitude": "x"}, "the day it began"),
        ({"date_start": "d", "latitude": "y"}, "latitude and longitude"),
        ({}, "the day it began"),
    ],
    ids=repr,
)
def test_what_a_mapping_lacks(mapping, said) -> None:
    lacks = still_needed(mapping, placed=False)
    assert lacks is None if said is None else said in lacks


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["03/04/2023", "25/04/2023", "26/04/2023"], "Inferred from 2 dates"),
        (["03/04/2023", "04/25/2023"], "Inferred from 1 date among"),
        (["03/04/2023"], "No date in the first rows settles it"),
        (["03/04/2023", "25/04/2023", "04/25/2023"], "1 date can only be day first and 1 only month first"),
    ],
    ids=repr,
)
def test_it_is_said_what_tells_the_order_of_day_and_month(days, said) -> None:
    assert said in date_order_words(DatesSeen.of(days))


@pytest.mark.parametrize(
    ("killed", "words"),
    [
        pytest.param(Deaths(low=3, best=3, high=3), "3 killed, as the dataset counts", id="one figure"),
        pytest.param(
            Deaths(low=775, best=1096, high=1351),
            "1,096 killed by its best estimates, 775 by its low and 1,351 by its",
            id="three",
        ),
    ],
)
def test_deaths_name_whose_figures_they_are(killed, words) -> None:
    assert words in deaths_words(killed)


def test_a_dataset_says_how_many_others_it_counts() -> None:
    people = (
        PeopleSum(about=About.INJURED, rows=1, low=5, high=7),
        PeopleSum(about=About.CROSSED, rows=4, low=50_040, high=50_040),
    )
    said = "5–7 injured, in 1 row that gives a figure · 50,040 crossed, in 4 rows that give a figure"
    assert facts_words(make_dataset(people=people)).endswith(said)


@pytest.mark.parametrize(("kind", "words"), [("awsd", " · aid workers only"), ("acled", "as the dataset counts")])
def test_a_dataset_says_whose_deaths_it_counts_where_it_is_not_everybodys(kind, words) -> None:
    dataset = make_dataset(kind=kind, killed=Deaths(low=3, best=3, high=3))
    assert facts_words(dataset).endswith(words)
