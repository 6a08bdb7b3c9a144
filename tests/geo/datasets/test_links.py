"""What an analyst decides about reports of different datasets: kept, changed and forgotten."""

import pytest

from geo.datasets.folder import DataFolder
from geo.datasets.links import Link, Report, Verdict, read_links, record_decisions, undo
from geo.incident.errors import DataError


def report(name):
    """A report of the dataset that the name begins with."""
    return Report(dataset=name.split("-")[0], id=name)


def link(one, other, verdict=Verdict.LINKED):
    return Link.of(report(one), report(other), verdict)


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


class TestFile:
    def test_there_is_none_to_begin_with(self, folder):
        assert read_links(folder) == ()

    def test_what_was_decided_is_read(self, folder):
        made = record_decisions(folder, [link("curated-1", "acled-1"), link("acled-2", "gdelt-2", Verdict.REJECTED)])
        assert read_links(folder) == made
        assert [(one.a.id, one.b.id) for one in made] == [("acled-1", "curated-1"), ("acled-2", "gdelt-2")]

    def test_a_later_decision_takes_the_place_of_an_earlier_one(self, folder):
        record_decisions(folder, [link("curated-1", "acled-1"), link("curated-2", "acled-2")])
        record_decisions(folder, [link("acled-1", "curated-1", Verdict.REJECTED)])
        assert {one.a.id: one.verdict for one in read_links(folder)} == {"acled-1": "rejected", "acled-2": "linked"}

    def test_a_decision_can_be_forgotten(self, folder):
        record_decisions(folder, [link("curated-1", "acled-1"), link("curated-2", "acled-2")])
        assert [one.a.id for one in undo(folder, report("curated-1"), report("acled-1"))] == ["acled-2"]

    def test_no_report_is_linked_to_itself(self):
        with pytest.raises(ValueError, match="two reports"):
            link("acled-1", "acled-1")

    @pytest.mark.parametrize("text", ["{", '[{"a": 1}]', "null"])
    def test_a_file_that_is_not_valid_is_said_so_and_kept(self, folder, text):
        folder.path.mkdir()
        path = folder.path / "links.json"
        path.write_text(text)
        with pytest.raises(DataError, match=r"links\.json"):
            record_decisions(folder, [link("curated-1", "acled-1")])
        assert path.read_text() == text
