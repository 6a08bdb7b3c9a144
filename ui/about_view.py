"""The page that says what the record is, how it is made, what its words mean, and what was not researched."""

from geo import __version__
from geo.aggregate.coverage import coverage
from geo.casualties.rules import RULES
from geo.citation import AUTHOR, LICENCE
from geo.evidence.reliability import read_excluded
from geo.incident.vocabulary import Category, DatePrecision, LocationPrecision, Status, Subtype, Trait
from geo.language.formatting import capitalised, day_words, list_words
from geo.language.messages import say
from geo.places.boundaries import BOUNDARY_CREDIT, BOUNDARY_NOTE
from geo.table.incident_table import IncidentTable
from ui.parts.components import panel, symbol


def about(record: IncidentTable) -> None:
    """Draw all that is said of the record as a whole, whatever the filters."""
    known = coverage()
    panel(
        "about.html",
        key="about",
        on_choose=lambda _: None,
        first_day=day_words(known.first_day),
        last_day=day_words(known.last_day),
        sizes=sizes_words(record),
        worked_on=day_words(known.worked_on),
        thin=[period.words for period in known.thin],
        excluded=len(read_excluded()),
        rules=[kind.counted for kind in RULES.values()],
        boundaries=(BOUNDARY_NOTE, BOUNDARY_CREDIT),
        definitions=[
            (say("column-category"), [_category(category) for category in Category if _of_record(category)]),
            (say("column-status"), [("", status.label, status.meaning) for status in Status]),
            (
                say("filter-place-known"),
                [("", at.label, say("where-precision", precision=at.meaning)) for at in LocationPrecision],
            ),
            (say("filter-day-known"), [("", at.label, capitalised(at.meaning)) for at in DatePrecision]),
        ],
        made=say("about-made-by", author=AUTHOR, version=__version__, data_version=record.version[:8], licence=LICENCE),
    )


def sizes_words(record: IncidentTable) -> str:
    """Say how many incidents, claims, claimants and source entries the record holds."""
    return say(
        "quality-sizes",
        table=len(record),
        claims=sum(len(incident.claims) for incident in record.incidents),
        claimants=len(record.claimants),
        sources=sum(len(incident.sources) for incident in record.incidents),
    )


def _of_record(entry: Category | Subtype) -> bool:
    return Trait.IMPORTED not in entry.traits


def _category(category: Category) -> tuple[str, str, str]:
    """Return the symbol, the name and the meaning of a category, with the kinds of incidents in it."""
    kinds = [kind.label for kind in Subtype if kind.category is category and _of_record(kind)]
    meaning = say("about-kinds", meaning=category.meaning, kinds=list_words(kinds))
    return symbol(category, Status.REPORTED), category.label, meaning
