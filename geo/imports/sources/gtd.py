"""Global Terrorism Database (GTD) files, as in START's codebooks of 2015 to 2021.

The title's wording is the publisher's: incidents are named after the kind of attack, not after who is said to be behind
it. Figures of people killed include attackers.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.fields.cell_values import by_text, joined
from geo.imports.fields.drafted_rows import BETWEEN, Cells, Draft, kinds, lists, people_columns, places_coded
from geo.imports.fields.place_columns import WhereColumns, where
from geo.imports.fields.published_tables import What, countries_by, kinds_in, table
from geo.imports.file_kind import FileKind, Publisher, names_in
from geo.incident.vocabulary import About, ClaimantKind, DatePrecision, LocationPrecision
from geo.language.messages import say


def _numbered(name: str, numbers: Iterable[int]) -> Iterable[str]:
    for number in numbers:
        yield f"{name}{number}"
        yield f"{name}{number}_txt"


GTD: Final = (
    *names_in(
        "eventid iyear imonth iday approxdate extended resolution country country_txt region region_txt provstate"
    ),
    *names_in("city latitude longitude specificity vicinity location summary crit1 crit2 crit3"),
    *names_in("doubtterr alternative alternative_txt multiple success suicide"),
    *_numbered("attacktype", (1, 2, 3)),
    *(
        name
        for number in (1, 2, 3)
        for name in (
            *_numbered("targtype", (number,)),
            *_numbered("targsubtype", (number,)),
            *(f"corp{number}", f"target{number}"),
            *_numbered("natlty", (number,)),
        )
    ),
    *names_in("gname gsubname gname2 gsubname2 gname3 gsubname3 motive guncertain1 guncertain2 guncertain3 individual"),
    *names_in("nperps nperpcap claimed claimmode claimmode_txt claim2 claimmode2 claimmode2_txt claim3 claimmode3"),
    *names_in("claimmode3_txt compclaim"),
    *(name for number in (1, 2, 3, 4) for part in ("weaptype", "weapsubtype") for name in _numbered(part, (number,))),
    *names_in(
        "weapdetail nkill nkillus nkillter nwound nwoundus nwoundte property propextent propextent_txt propvalue"
    ),
    *names_in("propcomment ishostkid nhostkid nhostkidus nhours ndays divert kidhijcountry ransom ransomamt"),
    *names_in("ransomamtus ransompaid ransompaidus ransomnote hostkidoutcome hostkidoutcome_txt nreleased addnotes"),
    *names_in("scite1 scite2 scite3 dbsource INT_LOG INT_IDEO INT_MISC INT_ANY related"),
)
"""GTD's columns."""

_WHERE: Final = WhereColumns(
    place=("city", "provstate", "country_txt"), district="", province="provstate", country="country_txt"
)
_PEOPLE: Final = {About.KILLED: "nkill", About.INJURED: "nwound"}
_IN_ITS_VICINITY_KM: Final = 25.0
"""Radius for “in the vicinity of the city”, the same as for other publishers."""


def gtd_draft(cells: Cells) -> Draft:
    """Read GTD's columns."""
    category, subtype, words = _kinds(cells)
    dates = cells.dates_of_parts("iyear", "imonth", "iday")
    cited = lists(cells, ("scite1", "scite2", "scite3"), between=BETWEEN)
    number = pc.max_element_wise(pc.list_value_length(cited), pa.scalar(1, pa.int32()))
    _flag(cells)
    return Draft(
        source_id=cells.identifiers("eventid"),
        category=category,
        subtype=subtype,
        kind_words=words,
        start=dates.start,
        end=dates.end,
        date_precision=dates.precision.fill_null(DatePrecision.DAY.value),
        **_where(cells),
        people=people_columns({about: cells.people(field, about) for about, field in _PEOPLE.items()}),
        actors=_groups(cells),
        words=cells.first(("summary", "location")),
        source_text=pc.if_else(pc.greater(pc.list_value_length(cited), 0), pc.binary_join(cited, "; "), None),
        source_url=pa.nulls(cells.rows, pa.string()),
        sources=number,
        searched=(cells.text("target1"), cells.text("location")),
    )


def stated(texts: pa.Array) -> pa.Array:
    """Return texts with “Unknown” as null, shape (rows,)."""
    unknown = pc.fill_null(pc.equal(pc.utf8_lower(texts), "unknown"), False)  # noqa: FBT003  # the fill value
    return pc.if_else(unknown, pa.scalar(None, pa.string()), texts)


def _where(cells: Cells) -> dict[str, pa.Array]:
    precision, uncertainty_km = places_coded(cells, "gtd", "specificity", missing=4)
    beside = pc.and_(
        pc.equal(cells.codes("vicinity").fill_null(0), 1), pc.equal(precision, LocationPrecision.NEAR.value)
    )
    known = precision, pc.if_else(beside, _IN_ITS_VICINITY_KM, uncertainty_km)
    code = by_text(
        cells.codes("country").cast(pa.string()), lambda code: countries_by("gtd").get(code or ""), pa.string()
    )
    city, province = stated(cells.text("city")), stated(cells.text("provstate"))
    place = pc.coalesce(city, province, cells.text("country_txt"))
    return where(cells, _WHERE, known, code=code, place=place, province=province)


def _groups(cells: Cells) -> pa.ListArray:
    """Return the groups to whom GTD attributes the attack."""
    names = joined([stated(cells.text(field)) for field in ("gname", "gname2", "gname3")], BETWEEN)
    return by_text(names, lambda text: [name for name in (text or "").split(BETWEEN) if name], pa.list_(pa.string()))


def _flag(cells: Cells) -> None:
    """Flag rows that GTD itself doubts belong in it, and rows whose deaths may be a share of a larger number."""
    for field, flag in (("doubtterr", "flag-gtd-doubt"), ("multiple", "flag-gtd-multiple")):
        coded = np.asarray(pc.equal(cells.codes(field).fill_null(0), 1))
        cells.ledger.flag(say(flag), int((coded & cells.ledger.kept).sum()))


# Kinds of attack, by weapon and target.

_EXPLOSIVES: Final = "6"
_PROJECTILES: Final = "11"
"""Codes of a weapon type, and of one of its subtypes."""


def _kinds(cells: Cells) -> tuple[pa.Array, pa.Array, pa.Array]:
    fields = ("attacktype1_txt", "attacktype1", "targtype1_txt", "targtype1", "weaptype1", "weaptype1_txt")
    columns = [cells.text(field) for field in (*fields, "weapsubtype1", "weapsubtype1_txt")]
    keys = pc.utf8_lower(joined(columns, BETWEEN))
    known = {text: what for text in pc.unique(keys).to_pylist() if (what := _what(*text.split(BETWEEN)[:8]))}
    return kinds(keys, known, cells, "attacktype1_txt" if cells.has("attacktype1_txt") else "attacktype1")


def _what(*texts: str) -> What | None:
    attack_words, attack_code, target_words, target_code, weapon_code, weapon_words, subtype_code, subtype_words = (
        text.removesuffix(".0") for text in texts
    )
    table_of_kinds = kinds_in("gtd_attack_types", "attacktype1_txt", "with", "against")
    attack = attack_words or attack_code
    attack = _attacks().get(attack, attack)  # in a shapefile, one column may hold either
    against = _targets().get(target_words) or _targets().get(target_code) or ""
    used = [""]
    if weapon_code == _EXPLOSIVES or weapon_words.startswith("explosives"):
        used.insert(0, "explosives")
    if subtype_code == _PROJECTILES or subtype_words.startswith("projectile"):
        used.insert(0, "projectile")
    found = (table_of_kinds.get((attack, weapon, target)) for weapon in used for target in (against, ""))
    return next((what for what in found if what), None)


@cache
def _attacks() -> Mapping[str, str]:
    """Return the words for kinds of attack by code."""
    lines = table("gtd_attack_types")
    return MappingProxyType({line["attacktype1"]: line["attacktype1_txt"].lower() for line in lines})


@cache
def _targets() -> Mapping[str, str]:
    """Return whether a target is civilians or armed people, by its code and by its words."""
    lines = table("gtd_target_types")
    return MappingProxyType(
        {line[column].lower(): line["against"] for line in lines for column in ("targtype1", "targtype1_txt")}
    )


def _notes(columns: Mapping[str, str]) -> Iterable[str]:
    if "nkill" in columns:
        yield say("note-gtd-deaths")


KINDS: Final = (
    FileKind(
        code="gtd",
        words=say("kind-gtd"),
        offered=(say("import-gtd"), say("import-gtd-about")),
        draft=gtd_draft,
        publisher=Publisher(
            title="Global Terrorism Database",
            name="GTD (Global Terrorism Database)",
            url="https://www.start.umd.edu/gtd/",
            licence=say("licence-gtd"),
            reference=(
                "START (National Consortium for the Study of Terrorism and Responses to Terrorism), University of "
                "Maryland: Global Terrorism Database (GTD)"
            ),
            lets_pass_on=False,
            kind=ClaimantKind.NGO,
            note=say("claimant-gtd-about"),
            whose=say("whose-gtd"),
        ),
        publisher_short="GTD",
        product="GTD",
        needed=("iyear",),
        distinctive=names_in(
            """eventid imonth iday approxdate country_txt region_txt provstate specificity doubtterr attacktype1
            attacktype1_txt targtype1 targtype1_txt weaptype1 weaptype1_txt gname nkill nwound nperps INT_LOG"""
        ),
        least=4,
        usual=names_in("imonth iday latitude longitude specificity nkill gname"),
        ids=("eventid",),
        columns=GTD,
        called={"id": "eventid", "date": "iyear", "country": "country_txt"},
        notes=_notes,
    ),
)
