"""Social Conflict Analysis Database (SCAD), version 3.3: none of its events is in this region, so it is not imported.

It covers Africa, Mexico, Central America and the Caribbean.
"""

from collections.abc import Mapping
from typing import Final

import pyarrow.compute as pc

from geo.imports.blocks import Rows
from geo.imports.fields.countries import OUTSIDE, country_named
from geo.imports.file_kind import FileKind, names_in
from geo.language.messages import say

SCAD: Final = names_in(
    """eventid ccode id countryname startdate enddate duration stday stmo styr eday emo eyr etype escalation actor1
    actor2 actor3 target1 target2 cgovtarget rgovtarget npart ndeath repress elocal ilocal sublocal locnum gislocnum
    issue1 issue2 issue3 issuenote nsource notes coder ACD_questionable latitude longitude geo_comments
    location_precision"""
)
"""SCAD's columns."""


def _is_elsewhere(columns: Mapping[str, str], rows: Rows) -> bool:
    """Tell whether no row names a country of this region; a file that does has SCAD's columns, but is not SCAD."""
    if "countryname" not in columns:
        return True
    named = (value.strip() for value in pc.unique(rows.sample[columns["countryname"]]).to_pylist())
    return all(country_named(name) == OUTSIDE for name in named if name)


KINDS: Final = (
    FileKind(
        code="scad",
        words=say("kind-scad"),
        refusal=say("read-scad"),
        product="SCAD",
        needed=names_in("etype ndeath"),
        distinctive=names_in(
            "ccode countryname styr eyr escalation cgovtarget rgovtarget npart elocal ilocal sublocal locnum"
        ),
        least=4,
        columns=SCAD,
        confirmed_by=_is_elsewhere,
    ),
)
