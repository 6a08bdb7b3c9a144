"""On which side of a border a place lies when it is known to some kilometres only, and with what probability."""

from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer

from geo.boundaries import boundaries
from geo.crs import EQUAL_AREA, WGS84
from geo.geodesy import GEOD
from geo.incident import Incident
from geo.vocabulary import Country, LocationPrecision
from geo.wording import list_words

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
        return {} if incident.province is None else {incident.country: 1.0}
    if incident.location_precision is LocationPrecision.BORDER_SEGMENT:
        return {}
    if incident.lon is None or incident.lat is None or incident.uncertainty_km is None:
        return {}
    row = side_probability(incident.lon, incident.lat, incident.uncertainty_km).iloc[0]
    found = {country: float(row[country.value]) for country in Country if row[country.value] > 0}
    return dict(sorted(found.items(), key=lambda share: -share[1]))


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
    if incident.location_precision is LocationPrecision.BORDER_SEGMENT:
        return f"known to a stretch of the {border}, so that neither a distance nor the side can be given"
    if incident.location_precision is LocationPrecision.PROVINCE:
        return f"too coarse for a distance to the {border}{_side_words(incident)}"
    distance = f"{border_km:,.1f} km" if border_km < _SHORT_KM else f"{border_km:,.0f} km"
    return f"{distance} from the {border}, give or take {incident.uncertainty_km:g} km{_side_words(incident)}"


def _side_words(incident: Incident) -> str:
    found = sides(incident)
    if not found:
        return "; the side cannot be decided"
    likeliest, share = next(iter(found.items()))
    if decides(share):
        return f", on the side of {likeliest.label}"
    shares = list_words([f"{_percent(share)} {country.label}" for country, share in found.items()])
    return f", so that the position does not decide the side: {shares}; {incident.country.label} is reported"


def _percent(share: float) -> str:
    percent = round(share * 100)
    return "under 1 %" if percent < 1 else "over 99 %" if percent > 99 else f"{percent} %"  # noqa: PLR2004  # per cent


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
    turns = np.linspace(0, 360, _CORNERS, endpoint=False)
    steady = np.ones(_CORNERS)
    corners = GEOD.fwd(lon * steady, lat * steady, turns, 1000 * radius_km * steady)[:2]
    return shapely.Polygon(np.column_stack(_TO_EQUAL_AREA.transform(*corners)))


@cache
def _ground(country: Country) -> shapely.Geometry:
    provinces = boundaries().provinces.to_crs(EQUAL_AREA)
    return shapely.coverage_union_all(provinces.geometry[provinces["country"] == country.value].to_numpy())
