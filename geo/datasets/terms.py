"""Where datasets are from, on which terms, and how they are cited; and who speaks in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.datasets.dataset import Dataset
from geo.incident import Claimant
from geo.vocabulary import ClaimantKind
from geo.wording import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes files of a kind, and what they ask for."""

    title: str
    name: str
    """Of who speaks."""
    url: str
    licence: str
    reference: str
    """What their terms ask to cite; day of access and version come after it."""
    kind: ClaimantKind
    note: str
    leads: bool = False


_UCDP: Final = "Uppsala Conflict Data Program (UCDP), Uppsala University"
PUBLISHERS: Final[Mapping[str, Publisher]] = {
    "acled": Publisher(
        title="ACLED",
        name="ACLED (Armed Conflict Location & Event Data)",
        url="https://acleddata.com/",
        licence=(
            "ACLED's terms of use: its data as they are must not be passed on; credit ACLED on every graphic, with the "
            "day of access, the filters used, and what was changed or added"
        ),
        reference="Armed Conflict Location & Event Data (ACLED), acleddata.com",
        kind=ClaimantKind.NGO,
        note="counts deaths by the most conservative report, for an event as a whole",
    ),
    "ucdp-ged": Publisher(
        title="UCDP GED",
        name="UCDP (Uppsala Conflict Data Program)",
        url="https://ucdp.uu.se/downloads/",
        licence="CC BY 4.0",
        reference=(
            "Sundberg, R. and Melander, E. (2013): Introducing the UCDP Georeferenced Event Dataset. Journal of Peace "
            f"Research 50(4), doi:10.1177/0022343313484347. {_UCDP}: UCDP Georeferenced Event Dataset"
        ),
        kind=ClaimantKind.NGO,
        note="gives a low, a best and a high estimate of deaths, by side",
    ),
    "ucdp-candidate": Publisher(
        title="UCDP Candidate Events",
        name="UCDP (Uppsala Conflict Data Program), candidate events",
        url="https://ucdp.uu.se/downloads/",
        licence="CC BY 4.0",
        reference=(
            "Hegre, H., Croicu, M., Eck, K. and Högbladh, S. (2020): Introducing the UCDP Candidate Events Dataset. "
            f"Research & Politics 7(3). {_UCDP}: UCDP Candidate Events Dataset"
        ),
        kind=ClaimantKind.NGO,
        note="monthly and preliminary; events may be changed or dropped in the yearly release",
    ),
    "gdelt": Publisher(
        title="GDELT 2.0 events",
        name="GDELT",
        url="https://www.gdeltproject.org/",
        licence="free for any use with a citation of the GDELT Project and a link to it",
        reference="The GDELT Project: Event Database 2.0",
        kind=ClaimantKind.MEDIA,
        note="found in news by a machine; leads, no incidents",
        leads=True,
    ),
}
"""By the kind of their files; files of other kinds say nothing of where they are from."""


def cited(kind: str, *, version: str | None, retrieved_on: date) -> str | None:
    """Return how data of a kind are cited, with version and day of access; None for kinds without a publisher."""
    publisher = PUBLISHERS.get(kind)
    if publisher is None:
        return None
    named = f"{publisher.reference}, version {version}" if version else publisher.reference
    return f"{named}. {publisher.url} (accessed {day_words(retrieved_on)})."


def claimant(dataset: Dataset) -> Claimant:
    """Return who speaks in a dataset's figures.

    Publishers of event data are independent of the parties; who is behind a plain file nobody has said, so it is not
    taken to be.
    """
    publisher = PUBLISHERS.get(dataset.kind)
    if publisher is None:
        note = f"imported from {dataset.file_name}"
        return Claimant(
            id=dataset.id, name=dataset.title, side="other", kind=ClaimantKind.MEDIA, independent=False, note=note
        )
    return Claimant(
        id=dataset.id,
        name=publisher.name,
        side="other",
        kind=publisher.kind,
        independent=not publisher.leads,
        note=publisher.note,
    )
