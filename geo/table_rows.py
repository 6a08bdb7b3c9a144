"""What stands in a row of the incident table: the record, and what is derived from it and never stored."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.boundaries import Boundaries
from geo.claims import Rule, own_toll
from geo.datasets.columns import ROW_SCHEMA
from geo.folding import fold
from geo.incident import Claimant, Incident
from geo.nearest_border import locate_from_nearest_border
from geo.search import search_text
from geo.side import decides, side_share
from geo.vocabulary import About

CURATED: Final = "curated"
"""The dataset of the store itself."""

_TEXT = pa.string()
_TOLLS: Final = (About.KILLED, About.INJURED, About.CROSSED)
TOLL_SCHEMA: Final = pa.schema(
    [
        ("id", _TEXT),
        *(
            (f"{about}_{part}", kind)
            for about in _TOLLS
            for part, kind in (("low", pa.int64()), ("high", pa.int64()), ("or_more", pa.bool_()), ("scope", _TEXT))
        ),
    ]
)
"""People by a rule: `scope` is incident, or group where the figures are for the whole event."""


def incident_rows(incidents: Sequence[Incident], claimants: Mapping[str, Claimant], layers: Boundaries) -> pa.Table:
    """Return one row per incident, in the order given."""
    described = [_recorded(incident, claimants, layers) for incident in incidents]
    placed = _placed(incidents, layers)
    return pa.Table.from_pylist([{**row, **place} for row, place in zip(described, placed, strict=True)], ROW_SCHEMA)


def toll_rows(incidents: Sequence[Incident], rule: Rule) -> pa.Table:
    """Return one row per incident with its tolls by a rule, in the order given; null where nobody gives a figure."""
    return pa.Table.from_pylist([_tolls(incident, rule) for incident in incidents], TOLL_SCHEMA)


def _tolls(incident: Incident, rule: Rule) -> dict[str, Any]:
    row: dict[str, Any] = {"id": incident.id}
    for about in _TOLLS:
        toll, scope = own_toll(incident, about, rule)
        row |= {
            f"{about}_low": toll and toll.low,
            f"{about}_high": toll and toll.high,
            f"{about}_or_more": toll and toll.or_more,
            f"{about}_scope": toll and scope,
        }
    return row


def _recorded(incident: Incident, claimants: Mapping[str, Claimant], layers: Boundaries) -> Mapping[str, Any]:
    return _described(incident, tuple(claimants[c.by] for c in incident.claims if c.by in claimants), layers)


@lru_cache(maxsize=4096)  # a millisecond each, and the same whenever a dataset is switched or another incident edited
def _described(incident: Incident, speakers: tuple[Claimant, ...], layers: Boundaries) -> Mapping[str, Any]:
    searched = search_text(incident, {speaker.id: speaker for speaker in speakers}, layers.place_names)
    province = incident.province and layers.province_named(incident.province, incident.country)
    copied = (
        *("id", "category", "subtype", "title", "summary", "date_start", "date_end", "date_precision", "place"),
        *("district", "province", "country", "location_precision", "lon", "lat", "uncertainty_km", "status"),
        "event_group",
    )
    return {
        **{name: getattr(incident, name) for name in copied},
        "dataset": CURATED,
        "year": incident.date_start.year,
        "province_code": province,
        "actors": list(incident.actors),
        "actors_folded": [fold(actor) for actor in incident.actors],
        "claims": len(incident.claims),
        "sources": len(incident.sources),
        "search": searched.text,
        "search_keys": list(searched.keys),
    }


def _placed(incidents: Sequence[Incident], layers: Boundaries) -> list[dict[str, Any]]:
    """Measure each incident from the border it is nearer to, and tell whether its side is decided."""
    nan = float("nan")
    lon = np.array([nan if i.lon is None else i.lon for i in incidents], float)
    lat = np.array([nan if i.lat is None else i.lat for i in incidents], float)
    placed = _none_for_missing(locate_from_nearest_border(lon, lat, layers).drop(columns="nearby"))
    return [
        row | {"side_decided": None if row["side"] is None else decides(side_share(incident, row["side"]))}
        for incident, row in zip(incidents, placed, strict=True)
    ]


def _none_for_missing(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]  # keys are column names
