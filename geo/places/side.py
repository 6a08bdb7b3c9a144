"""On which side of a border a place lies when it is known to some kilometres only, and with what probability."""

from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer

from geo.incident.record import Incident
from geo.incident.vocabulary import LINE_NAMES, Country, LocationPrecision
from geo.language.formatting import list_words
from geo.language.messages import number_words, say
from geo.places.boundaries import boundaries
from geo.places.plane import EQUAL_AREA, WGS84, circles

_CORNERS: Final = 180
"""Of the polygon that stands for a disc; it misses 0.02 % of the area."""
_TO_EQUAL_AREA: Final = Transformer.from_crs(WGS84, EQUAL_AREA, always_xy=True)
_SMALLEST_KM: Final = 0.001
"""Below it a disc has no area to share out."""
_PLACES: Final = 3
"""To which a share is rounded before it is printed, and before it is asked whether it decides the side."""
_SHORT_KM: Final = 10


def side_probability(lon: npt.ArrayLike, lat: npt.ArrayLike, radius_km: npt.ArrayLike) -> pd.DataFrame:
    """Say how likely places lie in each country, if every spot within the radius is equally likely.

    Parameters
    ----------
    lon, lat
        Degrees, WGS84, shape (n,).
    radius_km
        Geodesic radius, shape (n,).

    Returns
    -------
    DataFrame
        One row per place, columns AF, PK and TJ: the share of the disc's area, measured in EQUAL_AREA, from 0 to 1.
        What lies in other countries is in none of them; all missing where a coordinate or the radius is, and for
        discs that the plane cannot hold, far from the region.

    """
    rows = np.broadcast_arrays(*(np.atleast_1d(np.asarray(values, float)) for values in (lon, lat, radius_km)))
    shares = [_shares(*place) for place in zip(*(values.tolist() for values in rows), strict=True)]
    return pd.DataFrame(shares, columns=[country.value for country in Country], dtype=float)


def sides(incident: Incident) -> dict[Country, float]:
    """Return how likely an incident lies in each country by its position, likeliest first; empty where nobody can say.

    A province lies on one side as a whole. A stretch of the border lies on none.
    """
    if incident.location_precision is LocationPrecision.PROVINCE:
        return {incident.country: 1.0} if _lies_in_provinces_of_one_country(incident) else {}
    if incident.location_precision is LocationPrecision.BORDER_SEGMENT:
        return {}
    if incident.lon is None or incident.lat is None or incident.uncertainty_km is None:
        return {}
    shares = zip(Country, _shares(incident.lon, incident.lat, incident.uncertainty_km), strict=True)
    return dict(sorted(((country, share) for country, share in shares if share > 0), key=lambda found: -found[1]))


def _lies_in_provinces_of_one_country(incident: Incident) -> bool:
    if not incident.provinces:
        return incident.province is not None
    return {code[:2] for code in boundaries().provinces_of(incident)} == {incident.country.value}


def side_share(incident: Incident, side: str | None) -> float | None:
    """Return how likely an incident lies on a side, to the thousandth; None where nobody can say.

    `side` is a code of `Country`, or None.
    """
    share = None if side is None else sides(incident).get(Country(side))
    return None if share is None else round(share, _PLACES)


def decides(share: float | None) -> bool:
    """Tell whether a share leaves no other side, which it does where it is printed as 1.

    >>> [decides(share) for share in (1.0, 0.9996, 0.999, None)]
    [True, True, False, False]
    """
    return share is not None and round(share, _PLACES) == 1


def border_words(incident: Incident, border: str | None, border_km: float | None) -> str:
    """Say how far from the nearer border an incident took place and on which side, no more certainly than is known.

    `border_km` is the distance from the best point; empty without a place.
    """
    if border is None or border_km is None:
        return ""
    line = LINE_NAMES.get(border, border)
    if incident.location_precision is LocationPrecision.BORDER_SEGMENT:
        return say("side-segment", line=line)
    if incident.location_precision is LocationPrecision.PROVINCE:
        return say("side-too-coarse", line=line, side=_side_words(incident))
    km = number_words(border_km, 1) if border_km < _SHORT_KM else round(border_km)
    return say("side-distance", km=km, line=line, radius=incident.uncertainty_km, side=_side_words(incident))


def _side_words(incident: Incident) -> str:
    found = sides(incident)
    if not found:
        return say("side-undecided")
    likeliest, share = next(iter(found.items()))
    if decides(share):
        return say("side-likeliest", country=likeliest.label)
    shares = list_words(
        [say("side-share", share=_percent(share), country=country.label) for country, share in found.items()]
    )
    return say("side-not-decided", shares=shares, country=incident.country.label)


def _percent(share: float) -> str:
    percent = round(share * 100)
    if percent < 1 or percent > 99:  # noqa: PLR2004  # per cent
        return say("side-under-1-percent" if percent < 1 else "side-over-99-percent")
    return say("percent", percent=percent)


@lru_cache(maxsize=4096)  # up to five milliseconds each, and the same at every rerun and export
def _shares(lon: float, lat: float, radius_km: float) -> tuple[float, ...]:
    if not np.isfinite([lon, lat, radius_km]).all():
        return (np.nan,) * len(Country)
    disc = _disc(lon, lat, max(radius_km, _SMALLEST_KM))
    if not (np.isfinite(disc.bounds).all() and disc.is_valid and disc.area > 0):
        return (np.nan,) * len(Country)
    box = disc.bounds
    return tuple(
        float(shapely.intersection(shapely.clip_by_rect(_ground(country), *box), disc).area / disc.area)
        for country in Country
    )


def _disc(lon: float, lat: float, radius_km: float) -> shapely.Polygon:
    corners = circles([lon], [lat], [radius_km], corners=_CORNERS)[0]
    return shapely.Polygon(np.column_stack(_TO_EQUAL_AREA.transform(*corners.T)))


@cache
def _ground(country: Country) -> shapely.Geometry:
    provinces = boundaries().provinces.to_crs(EQUAL_AREA)
    return shapely.coverage_union_all(provinces.geometry[provinces["country"] == country.value].to_numpy())
