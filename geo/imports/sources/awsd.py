"""Aid Worker Security Database (AWSD) files, as in its codebook of January 2025; older ones lack some totals.

Its figures count only aid workers, not everybody who died. Its column “Location” is not a place but the setting of an
attack, such as a road or an office; location precision follows from the smallest unit that is named.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.fields.cell_values import by_text
from geo.imports.fields.countries import country_named
from geo.imports.fields.counts import People, added
from geo.imports.fields.drafted_rows import Cells, Draft, kinds, people_columns
from geo.imports.fields.place_columns import WhereColumns, where
from geo.imports.fields.published_tables import What, kinds_in, places_by_code
from geo.imports.file_kind import FileKind, Publisher
from geo.imports.sources.gtd import stated
from geo.incident.vocabulary import About, ClaimantKind, DatePrecision
from geo.language.messages import say

AWSD: Final = (
    *("Incident ID", "Year", "Month", "Day", "Country Code", "Country", "Region", "District", "City"),
    *("UN", "INGO", "ICRC", "NRCS and IFRC", "NNGO", "Other"),
    *("Nationals killed", "Nationals wounded", "Nationals kidnapped", "Total nationals"),
    *("Internationals killed", "Internationals wounded", "Internationals kidnapped", "Total internationals"),
    *("Total killed", "Total wounded", "Total kidnapped", "Total affected"),
    *("Gender Male", "Gender Female", "Gender Unknown", "Means of attack", "Attack context", "Location"),
    *("Latitude", "Longitude", "Motive", "Actor type", "Actor name", "Details", "Verified", "Source"),
)
"""AWSD's columns."""

_WHERE: Final = WhereColumns(
    place=("City", "District", "Region", "Country"),
    district="District",
    province="Region",
    country="Country",
    longitude="Longitude",
    latitude="Latitude",
)
_PEOPLE: Final = {About.KILLED: "killed", About.INJURED: "wounded"}


def awsd_draft(cells: Cells) -> Draft:
    """Read AWSD's columns."""
    means = cells.text("Means of attack")
    category, subtype, words = kinds(means, _known(means), cells, "Means of attack")
    dates = cells.dates_of_parts("Year", "Month", "Day")
    pending = pc.starts_with(pc.utf8_lower(cells.text("Verified").fill_null("")), "pen")
    cells.ledger.flag(say("flag-awsd-pending"), int((np.asarray(pending) & cells.ledger.kept).sum()))
    return Draft(
        source_id=cells.identifiers("Incident ID"),
        category=category,
        subtype=subtype,
        kind_words=words,
        start=dates.start,
        end=dates.end,
        date_precision=dates.precision.fill_null(DatePrecision.DAY.value),
        **_where(cells),
        people=people_columns({about: _staff(cells, about, what) for about, what in _PEOPLE.items()}),
        actors=_actors(cells),
        words=cells.text("Details"),
        source_text=stated(cells.text("Source")),
        source_url=pa.nulls(cells.rows, pa.string()),
        sources=pa.repeat(pa.scalar(1, pa.int32()), cells.rows),
    )


def _where(cells: Cells) -> dict[str, pa.Array]:
    named = [stated(cells.text(field)) for field in _WHERE.place]
    finest = np.select([np.asarray(names.is_valid()) for names in named[:-1]], [1, 2, 3], 4)
    known = places_by_code("awsd", "finest place named")
    precision = pa.array([known[code].precision.value for code in finest.tolist()], pa.string())
    radius = pa.array([known[code].uncertainty_km for code in finest.tolist()], pa.float64())
    code = by_text(cells.text("Country Code"), country_named, pa.string())
    return where(
        cells,
        _WHERE,
        (precision, radius),
        code=code,
        place=pc.coalesce(*named),
        district=named[1],
        province=named[2],
    )


def _staff(cells: Cells, about: About, what: str) -> People:
    """Return the total, or the sum of national and international staff where there is none."""
    total, *parts_of = (cells.people(f"{whose} {what}", about) for whose in ("Total", "Nationals", "Internationals"))
    parts = added(parts_of)
    return People(
        *(pc.if_else(total.stated, getattr(total, end), getattr(parts, end)) for end in ("low", "best", "high"))
    )


def _actors(cells: Cells) -> pa.ListArray:
    """Return the alleged attackers, by name or else by type."""
    who = pc.coalesce(stated(cells.text("Actor name")), stated(cells.text("Actor type")))
    return by_text(who, lambda name: [name] if name else [], pa.list_(pa.string()))


_MORE: Final = re.compile(r"\s*[(/].*", re.DOTALL)


def _known(means: pa.Array) -> Mapping[str, What]:
    """Return kinds by the means of attack in a file: codes, or words with or without explanations."""
    known = _means()
    found = {}
    for text in filter(None, pc.unique(means).to_pylist()):
        plain = text.lower()
        what = known.get(plain) or known.get(_MORE.sub("", plain))
        if what:
            found[text] = what
    return found


@cache
def _means() -> Mapping[str, What]:
    spelt = kinds_in("awsd_means_of_attack", "code", "means_of_attack")
    return MappingProxyType(
        {text: what for (code, means), what in spelt.items() for text in (code, *means.split(";")) if text}
    )


def _notes(columns: Mapping[str, str]) -> Iterable[str]:
    del columns
    yield say("note-awsd-whose")


KINDS: Final = (
    FileKind(
        code="awsd",
        words=say("kind-awsd"),
        offered=(say("import-awsd"), say("import-awsd-about")),
        draft=awsd_draft,
        publisher=Publisher(
            title="Aid Worker Security Database",
            name="AWSD (Aid Worker Security Database)",
            url="https://www.aidworkersecurity.org/",
            licence=say("licence-awsd"),
            reference="Humanitarian Outcomes: Aid Worker Security Database (AWSD)",
            lets_pass_on=False,
            kind=ClaimantKind.NGO,
            note=say("claimant-awsd-about"),
            whose=say("whose-awsd"),
        ),
        publisher_short="AWSD",
        product="AWSD",
        needed=("Year", "Means of attack"),
        distinctive=(
            *("Total killed", "Total wounded", "Total kidnapped", "Total affected", "Nationals killed"),
            *("Internationals killed", "Attack context", "Actor type", "Country Code", "NRCS and IFRC"),
        ),
        least=2,
        usual=("Month", "Day", "Country", "Latitude", "Longitude"),
        ids=("Incident ID",),
        columns=AWSD,
        also={"Incident ID": ("ID",), "Total affected": ("Total victims",), "Region": ("Province",)},
        called={
            "id": "Incident ID",
            "date": "Year",
            "country": "Country",
            "latitude": "Latitude",
            "longitude": "Longitude",
        },
        notes=_notes,
    ),
)
