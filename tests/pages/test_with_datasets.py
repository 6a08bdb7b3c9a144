"""Pages with imported datasets beside the record: it looks and counts as without them, and they stand beside it."""

import re
import shutil
import threading
from pathlib import Path

import pytest

from geo.aggregate.by_province import by_province, toll_of_row
from geo.datasets.folder import FOLDER_VARIABLE, DataFolder
from geo.datasets.links import Link, Report, Verdict, record_decisions
from geo.language.messages import range_words
from geo.selection import FIELDS, Filters
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy
from geo.table.shown_datasets import imported_sources, mixture_words
from tests.geo.imports.files import import_file
from tests.pages.conftest import PATIENCE_S, panels_of, run_page, tables_of, texts

UCDP = Path(__file__).resolve().parents[1] / "geo" / "imports" / "data" / "ucdp_ged_23_1_rows.csv"
EVENT = "durand-line-clashes-2025-10-11"
BESIDE = re.compile(r"The selection (also )?has [\d,]+ imported incidents?, which (is|are) not on this page: .*")


@pytest.fixture(scope="module")
def datasets(many_datasets, tmp_path_factory):
    """A folder with 3,000 synthetic ACLED rows, and real rows of UCDP."""
    folder = tmp_path_factory.mktemp("beside") / "datasets"
    shutil.copytree(many_datasets, folder)
    import_file(UCDP, DataFolder(folder))
    return folder


@pytest.fixture(autouse=True)
def _beside(datasets, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(datasets))


@pytest.fixture(scope="module")
def together(contents, datasets):
    return IncidentTable.of(contents, imported_sources(DataFolder(datasets)))


def shown(app):
    """All that a page says in its main part, in panels and in tables, but for the line about what is imported."""
    said = [part.value for part in (*app.main.markdown, *app.main.caption, *app.main.info, *app.main.success)]
    numbers = [(metric.label, metric.value) for metric in app.main.metric]
    tables = [frame.value.to_dict("tight") for frame in app.main.dataframe]
    return [text for text in said if not BESIDE.fullmatch(text)], numbers, repr(tables), panels_of(app)


CASES = {
    "who-says-what": ("evidence/who_says_what", {}),
    "one-claimant-another-rule": (
        "evidence/who_says_what",
        {"year": "2025", "claimant": "pk-ispr", "rule": "lowest"},
    ),
    "events": ("evidence/events", {}),
    "one-event-split": ("evidence/events", {"event": EVENT, "category": "clash"}),
    "sources": ("evidence/sources", {"country": "TJ"}),
    "quality": ("evidence/quality", {}),
    "linked-once": ("evidence/quality", {"category": "strike", "linked": "once"}),
    "changes": ("evidence/changes", {}),
}


@pytest.fixture(scope="module")
def looks(datasets, no_datasets):
    """The page of each case without datasets, and with them."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        for folder in (no_datasets, datasets):
            patch.setenv(FOLDER_VARIABLE, str(folder))
            found.append({name: run_page(page, **query) for name, (page, query) in CASES.items()})
    return found


@pytest.mark.parametrize("case", CASES)
def test_a_page_about_the_record_looks_and_counts_as_before(looks, case) -> None:
    without, beside = looks
    assert shown(beside[case]) == shown(without[case])


@pytest.mark.parametrize("case", CASES)
def test_a_page_about_the_record_says_what_is_not_on_it(looks, table, together, case) -> None:
    filters = Filters.from_query({name: [value] for name, value in CASES[case][1].items() if name in FIELDS})
    own, imported = table.count(filters), together.count(filters) - table.count(filters)
    said = texts(looks[1][case])
    assert f"**{own} of {len(table)} incidents**" in said
    assert re.search(rf"The selection also has {imported:,} imported incidents?, which (is|are) not on this page", said)


def test_a_choice_of_imported_incidents_alone_says_why_the_page_is_empty(run, table) -> None:
    app = run("evidence/quality", dataset="ucdp-ged")
    said = texts(app)
    assert f"**0 of {len(table)} incidents**" in said
    assert "Incidents from UCDP GED" in said
    assert "The selection has 6 imported incidents, which are not on this page" in said
    assert "This page is about the record, which the selection leaves out." in said
    app.button(key="with-record").click().run()
    assert f"**{len(table)} of {len(table)} incidents**" in texts(app)
    assert "No incidents match" not in said


def test_a_choice_that_only_imported_incidents_match_says_so(run) -> None:
    said = texts(run("evidence/sources", category="other"))
    assert "Only imported incidents match. Remove one of the filters, or reset them all." in said


@pytest.fixture
def provinces(seen):
    """The table of the provinces page."""
    return tables_of(seen("explore/provinces"))[0].set_index("Province")


class TestDeathsByProvince:
    def test_are_counted_with_all_of_them(self, provinces, together, table) -> None:
        repeated = provinces["In several"].iloc[:-1].sum() if "In several" in provinces else 0
        assert provinces["Incidents"].sum() - repeated == len(together) == len(table) + 3_000 + 6

    @pytest.mark.parametrize(("dataset", "column"), [("acled", "Killed, ACLED"), ("ucdp-ged", "Killed, UCDP GED")])
    def test_stand_by_dataset(self, provinces, together, layers, dataset, column) -> None:
        told = together.tolls(Filters(dataset=(dataset,)), TollsBy.PROVINCE)
        names = layers.provinces["province"]
        expected = {names[r.key]: range_words(int(r.low), int(r.high)) for r in told.itertuples() if r.figures}
        assert dict(provinces[column][provinces[column] != ""]) == expected

    @pytest.mark.parametrize("dataset", ["curated", "acled", "ucdp-ged"])
    def test_incidents_stand_by_dataset(self, provinces, together, layers, dataset) -> None:
        name = next(name for name, code in NAMED.items() if code == dataset)
        counts = together.province_months(Filters(dataset=(dataset,))).groupby("province_code")["incidents"].sum()
        expected = {layers.provinces["province"][code]: number for code, number in counts.items()}
        column = provinces[f"Incidents, {name}"].drop("Several or not known")
        assert dict(column[column > 0]) == expected

    def test_of_the_record_stay_in_their_column(self, provinces, table, layers) -> None:
        own = by_province(Filters(), table, layers)
        named = {row.province: toll_of_row(row, "killed") for row in own.itertuples()}
        assert {name: str(provinces["Killed"][name]) for name in named} == named


def test_a_profile_tells_each_dataset_s_deaths(seen) -> None:
    panels = panels_of(seen("explore/provinces", profile="AF-NAN"))
    lines = re.findall(r'<th scope="row">(killed[^<]*)</th>', panels["province-panel"])
    assert lines == ["killed here alone", "killed, ACLED", "killed, UCDP GED"]
    assert "Figures of different datasets are not added: they may overlap." in panels["province-panel"]
    assert "the same casualties are in both" not in panels["province-panel"]


def test_a_map_of_people_says_whose_figures_it_shows(seen) -> None:
    said = "Figures for people come from the record’s claims"
    assert said in texts(seen("explore/provinces", measure="deaths-highest"))
    assert said not in texts(seen("explore/provinces"))


def test_a_profile_counts_by_dataset(seen, together) -> None:
    panels = panels_of(seen("explore/provinces", profile="AF-NAN"))
    shown = re.findall(r'<th scope="row">from ([^<]*)</th><td>([\d,]+)</td>', panels["province-panel"])
    here = {name: Filters(dataset=(code,), province=("AF-NAN",)) for name, code in NAMED.items()}
    assert shown == [(name, f"{together.count(filters):,}") for name, filters in here.items()]


NAMED = {"the record": "curated", "ACLED": "acled", "UCDP GED": "ucdp-ged"}


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("page", [None, "explore/timeline", "explore/provinces", "report/figure"])
def test_no_page_counts_datasets_together_without_a_word(run, together, page) -> None:
    said = texts(run(page, category=["clash", "strike"])).replace("\\", "")
    mixture = together.mixture(Filters(category=("clash", "strike")))
    assert mixture_words(mixture) in said
    assert "Their periods differ" in said
    assert f"UCDP GED {mixture.parts[2].incidents}" in said
    assert "the same casualties are in both" not in said


@pytest.mark.parametrize(
    ("query", "key"),
    [
        pytest.param({}, "common-period", id="period"),
        pytest.param(
            {"country": "AF", "status": "reported"}, "common-provinces", id="and-provinces-with-other-filters"
        ),
    ],
)
def test_a_button_chooses_what_is_common(run, together, query, key) -> None:
    app = run("explore/provinces", **query)
    found = together.mixture(Filters.from_query({name: [value] for name, value in query.items()}))
    app.button(key=key).click().run()
    assert not app.exception
    assert (app.session_state["since"], app.session_state["until"]) == found.period
    assert "Their periods differ" not in texts(app)
    if key == "common-provinces":
        assert app.session_state["province"] == list(found.provinces)
        assert "Provinces in which they have incidents" not in texts(app)
        assert not [button for button in app.button if button.key in ("common-period", "common-provinces")]


def test_the_record_alone_has_no_word_of_datasets(run, no_datasets, monkeypatch) -> None:
    assert "By dataset" not in texts(run(dataset="curated"))
    monkeypatch.setenv(FOLDER_VARIABLE, str(no_datasets))
    app = run("explore/provinces")
    assert "dataset" not in texts(app).lower()
    assert not [head for head in tables_of(app)[0] if str(head).startswith("Incidents,")]


def test_what_a_dataset_lacks_in_a_year_is_told_from_what_it_does_not_cover(run) -> None:
    app = run("explore/provinces", year="2015", profile="AF-KAN", dataset=["curated", "ucdp-ged"])
    assert "By dataset: the record none, UCDP GED 1." in texts(app).replace("\\", "")
    assert "the record January 2021 to" in texts(app)
    assert "no month of this selection is in both" in texts(app)
    assert "province-panel" in panels_of(app)


@pytest.fixture
def _linked(datasets, together, monkeypatch, tmp_path):
    """A folder in which a report of each dataset is linked with one of the other."""
    folder = tmp_path / "datasets"
    shutil.copytree(datasets, folder)
    ids = [together.page(Filters(dataset=(name,)), offset=0, limit=1).index[0] for name in ("acled", "ucdp-ged")]
    pair = Report(dataset="acled", id=ids[0]), Report(dataset="ucdp-ged", id=ids[1])
    record_decisions(DataFolder(folder), [Link.of(*pair, Verdict.LINKED)])
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))


@pytest.mark.usefixtures("_linked", "undrawn")
def test_linked_reports_count_once_everywhere_and_the_same_people_are_said_of_them(run, together) -> None:
    for page in ("explore/provinces", "report/figure"):
        assert re.search(rf"\*\*{len(together) - 1:,} of [\d,]+ incidents", texts(run(page, linked="once")))
    app = run()
    assert re.search(rf"\*\*{len(together):,} of [\d,]+ incidents", texts(app))
    assert (
        "they may overlap. 1 pair of reports is linked as the same incident: the same casualties are in both."
        in panels_of(app)["overview"]
    )


def test_the_figure_draws_many(run, together) -> None:
    app = run("report/figure")
    assert f"**{len(together):,} of {len(together):,} incidents**" in texts(app)
    assert len(app.get("image")) == 1


@pytest.mark.usefixtures("undrawn")
class TestFileOfMany:
    @pytest.fixture
    def app(self, run):
        return run("report/figure")

    def buttons(self, app):
        return [button.proto.label for button in app.get("download_button")]

    def made(self, app):
        """Have a file made, and wait for it."""
        app.button(key="file-of-many-make").click().run()
        for thread in threading.enumerate():
            if thread.name == "file-job":
                thread.join(PATIENCE_S)
        app.run()
        return self.buttons(app)

    def test_is_made_only_when_somebody_asks_and_offered_for_this_choice_only(self, app, together) -> None:
        assert self.buttons(app) == ["Download PNG"]
        assert self.made(app) == [f"Save CSV, zipped: {len(together):,} incidents, 1 MB", "Download PNG"]
        app.pills(key="category").set_value(["clash", "strike", "other"]).run()
        assert self.buttons(app) == ["Download PNG"]

    def test_a_sheet_that_cannot_hold_them_names_the_other_formats(self, app, monkeypatch) -> None:
        monkeypatch.setattr("geo.export.xlsx_format.MOST_ROWS", 3_000)
        app.selectbox(key="file-of-many-format").set_value("xlsx").run()
        assert app.button(key="file-of-many-make").disabled
        assert "write CSV, GeoPackage or Parquet" in texts(app)

    def test_too_many_for_a_browser_gives_the_command(self, run, monkeypatch, datasets) -> None:
        monkeypatch.setattr("ui.parts.downloads.MOST_INCIDENTS", 2_500)
        app = run("report/figure", status="reported", rule="lowest")
        assert app.main.code[-1].value == (
            f"python -m geo export --data {datasets} --rule lowest --status reported -o incidents-reported.csv"
        )
