"""Counts of events by area and period from the Humanitarian Data Exchange: not single events, so not imported.

Its API, HAPI, has one row per district, kind of event and month; ACLED's workbooks there have one per country and month
or year.
"""

from collections.abc import Collection
from typing import Final

from geo.imports.file_kind import FileKind, names_in
from geo.language.messages import say

HAPI: Final = names_in(
    """location_code has_hrp in_gho provider_admin1_name provider_admin2_name admin1_code admin1_name admin2_code
    admin2_name admin_level event_type events fatalities reference_period_start reference_period_end dataset_hdx_id
    resource_hdx_id warning error"""
)
"""Columns of HAPI's conflict events, version 2; a row of hashtags follows the header."""

_AREA: Final = frozenset(names_in("country countryname iso iso3 region admin1 admin2"))
_PERIOD: Final = frozenset(names_in("week month year"))
_EVENTS: Final = frozenset(names_in("events incidents numberofevents numberofincidents eventcount count"))
_COUNTED: Final = _EVENTS | frozenset(names_in("fatalities killed deaths"))
_BESIDE: Final = frozenset(
    names_in(
        """admin1pcode admin2pcode disordertype eventtype subeventtype populationbest populationexposure
        centroidlatitude centroidlongitude"""
    )
)


def _is_counts(names: Collection[str]) -> bool:
    """Recognise counts by columns of areas, periods and counts, and little else.

    Deaths by province and month may be incidents of which no more is known, unless events are counted too.
    """
    given = set(names)
    counted = bool(given & _EVENTS) or not given & {"admin1", "admin2"}
    whole = all(given & part for part in (_AREA, _PERIOD, _COUNTED)) and counted
    return whole and given <= _AREA | _PERIOD | _COUNTED | _BESIDE


KINDS: Final = (
    FileKind(
        code="counts",
        words=say("kind-counts"),
        refusal=say("read-counts"),
        columns=names_in("country iso3 admin1 admin2 month year events fatalities"),
        recognised_by=_is_counts,
    ),
    FileKind(
        code="hapi-counts",
        words=say("kind-hapi-counts"),
        refusal=say("read-hapi-counts"),
        needed=names_in("reference_period_start events"),
        distinctive=names_in(
            "location_code admin1_code admin2_code event_type fatalities has_hrp in_gho dataset_hdx_id"
        ),
        least=2,
        columns=HAPI,
    ),
)
