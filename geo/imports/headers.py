"""Columns of the files that publishers document, and the names a table's columns get."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Final

from geo.imports.block import ROW
from geo.wording import count_words


def names_in(text: str) -> tuple[str, ...]:
    """Read names with spaces between them."""
    return tuple(text.split())


ACLED: Final = names_in(
    """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
    actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location
    latitude longitude geo_precision source source_scale notes fatalities tags timestamp"""
)
"""ACLED's event file since March 2023."""
ACLED_BEFORE_2023: Final = ("data_id", "event_id_no_cnty", "iso3")
"""Columns of ACLED's event file that went away in March 2023, when disorder_type, civilian_targeting and tags came."""
ACLED_WEEKLY: Final = names_in(
    """week region country admin1 disorder_type event_type sub_event_type events fatalities population_best
    centroid_longitude centroid_latitude"""
)
"""ACLED's weekly aggregates."""
UCDP_GED: Final = names_in(
    """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
    dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
    number_of_sources source_article source_office source_date source_headline source_original where_prec
    where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id
    region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high
    low gwnoa gwnob"""
)
"""UCDP's georeferenced events, final and candidate, since 21.1; older ones have fewer columns."""
_ACTOR: Final = names_in(
    """Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"""
)
_GEO: Final = names_in("Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID")
GDELT: Final = (
    *names_in("GLOBALEVENTID SQLDATE MonthYear Year FractionDate"),
    *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR),
    *names_in("IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale"),
    *names_in("NumMentions NumSources NumArticles AvgTone"),
    *(f"{place}_{part}" for place in ("Actor1Geo", "Actor2Geo", "ActionGeo") for part in _GEO),
    *names_in("DATEADDED SOURCEURL"),
)
"""GDELT 2.0's events, whose files have no header."""
_TESTS_OF_VALUES: Final[Mapping[tuple[str, ...], Mapping[str, str]]] = {
    UCDP_GED: {
        "id": r"\d+(\.0)?",
        "year": r"(19|20)\d\d(\.0)?",
        "type_of_violence": r"[1-4](\.0)?",
        "latitude": r"-?\d+(\.\d+)?",
        "longitude": r"-?\d+(\.\d+)?",
        "best": r"\d+(\.0)?",
    },
    GDELT: {"GLOBALEVENTID": r"\d+", "SQLDATE": r"(19|20)\d{6}", "Year": r"(19|20)\d\d", "QuadClass": r"[1-4]"},
}
_HASHTAG: Final = re.compile(r"#[a-z][a-z0-9_]*(\s*\+[a-z0-9_]+)*", re.IGNORECASE)


def names_without_header(first: Sequence[str]) -> tuple[str, ...] | None:
    """Give the documented columns where the first line of a file holds the values of an event; None where not."""
    for names, tests in _TESTS_OF_VALUES.items():
        values = dict(zip(names, first, strict=False))
        if len(first) == len(names) and all(re.fullmatch(test, values[name].strip()) for name, test in tests.items()):
            return names
    return None


def is_hashtag_row(values: Sequence[str]) -> bool:
    """Tell whether a row holds HXL hashtags, as files on the Humanitarian Data Exchange do under their header.

    >>> is_hashtag_row(["#date+start", "", "#geo+lat"]), is_hashtag_row(["#1 hit", ""])
    (True, False)
    """
    used = [value.strip() for value in values if value.strip()]
    return bool(used) and all(_HASHTAG.fullmatch(value) for value in used)


def column_names(header: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give each column a name that is not empty and stands once, and notes on those that had to be changed.

    >>> column_names(["id", "", "id "])
    (('id', 'column 2', 'id (2)'), ('1 column has no name', "'id' names 2 columns"))
    """
    given = [value.strip().lstrip("\ufeff").strip() for value in header]
    names: dict[str, None] = {ROW: None}
    for number, name in enumerate(given, start=1):
        wanted = name or f"column {number}"
        copies = (f"{wanted} ({copy})" for copy in count(2))
        names[wanted if wanted not in names else next(copy for copy in copies if copy not in names)] = None
    nameless = given.count("")
    notes = [f"{count_words(nameless, 'column has', 'columns have')} no name"] if nameless else []
    times = Counter(name for name in given if name)
    notes += [f"{name[:60]!r} names {count_words(number, 'column')}" for name, number in times.items() if number > 1]
    return tuple(names)[1:], tuple(notes)
