"""Where points lie seen from the nearer of the two borders: the Durand Line or the Afghan–Tajik border."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.boundaries import Boundaries
from geo.geodesy import TO_PLANE, Floats
from geo.locate import locate

DURAND_LINE: Final = "Durand Line"
AFGHAN_TAJIK_BORDER: Final = "Afghan–Tajik border"

_PLANE_ERROR: Final = 1.1
"""More than the plane and the borders' measures can be wrong by, so that a box farther off need not be measured."""


def locate_from_nearest_border(lon: npt.ArrayLike, lat: npt.ArrayLike, layers: Boundaries) -> pd.DataFrame:
    """Say where points lie and measure each from the border it is nearer to.

    Parameters
    ----------
    lon, lat
        Degrees, WGS84, shape (n,); a point with a missing coordinate is nowhere.
    layers
        The boundaries.

    Returns
    -------
    DataFrame
        One row per point: `border` (DURAND_LINE or AFGHAN_TAJIK_BORDER), `border_km`, `chainage_km`, `side` (country
        by the join), `joined_province_code`, and `nearby` as in `locate`.

    """
    lon, lat = (np.asarray(values, float) for values in (lon, lat))
    place = locate(lon, lat)
    durand_km = place["border_km"].to_numpy()
    tajik_km, tajik_chainage = np.full((2, len(lon)), np.nan)
    real = np.isfinite(durand_km)
    near = np.flatnonzero(real)[_may_be_nearer(lon[real], lat[real], durand_km[real], layers)]
    tajik_km[near], tajik_chainage[near] = layers.afghan_tajik_border.measure(lon[near], lat[near])
    at_tajik = tajik_km < durand_km
    nearer = np.where(at_tajik, AFGHAN_TAJIK_BORDER, DURAND_LINE).astype(object)
    return pd.DataFrame(
        {
            "border": pd.Series(nearer).where(real),
            "border_km": np.where(at_tajik, tajik_km, durand_km),
            "chainage_km": np.where(at_tajik, tajik_chainage, place["chainage_km"]),
            "side": place["country"].astype(object),
            "joined_province_code": place["province_code"].astype(object),
            "nearby": place["nearby"],
        }
    )


def side_decided(placed: pd.DataFrame, uncertainty_km: npt.ArrayLike) -> pd.Series:
    """Tell where the border is farther than a place may be off, shape (n,); missing where there is no side."""
    return (placed["border_km"] > np.asarray(uncertainty_km, float)).where(placed["side"].notna())


def _may_be_nearer(lon: Floats, lat: Floats, durand_km: Floats, layers: Boundaries) -> npt.NDArray[np.bool_]:
    """Leave out the points to which even the box around the Afghan–Tajik border is farther than the Durand Line."""
    x, y = TO_PLANE.transform(lon, lat)
    west, south, east, north = _box_m(layers)
    off_x = np.maximum(np.maximum(west - x, x - east), 0)
    off_y = np.maximum(np.maximum(south - y, y - north), 0)
    return np.asarray(~(np.hypot(off_x, off_y) / 1000 > durand_km * _PLANE_ERROR), bool)


def _box_m(layers: Boundaries) -> tuple[float, float, float, float]:
    lon, lat = np.asarray(layers.afghan_tajik_border.line.coords)[:, :2].T
    x, y = TO_PLANE.transform(lon, lat)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
