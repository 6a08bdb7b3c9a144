"""Where synthetic events take place: real towns and crossing points, and made-up villages strewn along the borders."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.border_line import BorderLine
from geo.boundaries import Boundaries
from geo.geodesy import GEOD
from geo.locate import locate_province

_FEWEST, _MOST = 4_000, 80_000
_ROWS_TO_A_PLACE: Final = 12
_AT_TOWNS, _AT_TAJIK_BORDER = 0.35, 0.15
"""Shares of the villages; the others lie along the Durand Line."""
_ACROSS_KM: Final = 22.0
"""Mean distance of a village from its border."""
_AROUND_TOWN_KM: Final = 14.0
_HOT_SPOTS: Final = 40
_HEAVIEST: Final = 25.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Places with what they are in, shape (n,) each; capitals stand for provinces, indexed by `province`."""

    name: npt.NDArray[np.object_]
    lon: Floats
    lat: Floats
    """Degrees, WGS84, four decimals, as ACLED writes them."""
    province: npt.NDArray[np.intp]
    """Position among `boundaries().provinces`."""
    weight: Floats
    """How likely an event is there; they add up to 1."""


def gazetteer(layers: Boundaries, rows: int, random: np.random.Generator) -> Gazetteer:
    """Make the places for so many events; each lies in a province of the layers."""
    villages = int(np.clip(rows // _ROWS_TO_A_PLACE, _FEWEST, _MOST))
    towns, points = layers.towns, layers.crossing_points
    spread = (_around_towns, _AT_TOWNS), (_along_tajik_border, _AT_TAJIK_BORDER)
    near = [place(layers, int(share * villages), random) for place, share in spread]
    near.append(_along(layers.durand_line, villages - sum(len(part) for part in near), random))
    named = np.concatenate(
        [np.column_stack([towns.geometry.x, towns.geometry.y]), [[point.lon, point.lat] for point in points]]
    )
    lon, lat = np.concatenate([named, *near]).round(4).T
    names = [*towns["name"], *(point.name for point in points), *(f"Synthetic village {n}" for n in range(villages))]
    weight = np.minimum(random.pareto(1.2, len(lon)), _HEAVIEST) + 0.2
    weight[: len(named)] *= 12
    code = locate_province(lon, lat)["province_code"].cat.codes.to_numpy()
    inside = code >= 0
    return Gazetteer(
        name=np.array(names, object)[inside],
        lon=lon[inside],
        lat=lat[inside],
        province=code[inside].astype(np.intp),
        weight=weight[inside] / weight[inside].sum(),
    )


def _around_towns(layers: Boundaries, count: int, random: np.random.Generator) -> Floats:
    towns = layers.towns
    at = random.choice(len(towns), count, p=_shares(1 / towns["rank"].to_numpy(float)))
    lon_lat = np.column_stack([towns.geometry.x, towns.geometry.y])[at]
    return _moved(lon_lat, random.exponential(_AROUND_TOWN_KM, count), random)


def _along_tajik_border(layers: Boundaries, count: int, random: np.random.Generator) -> Floats:
    return _along(layers.afghan_tajik_border, count, random)


def _along(border: BorderLine, count: int, random: np.random.Generator) -> Floats:
    """Strew places along a border, thick around hot spots, thinner the farther from it."""
    length_km = border.length_km
    spots, width_km = random.uniform(0, length_km, _HOT_SPOTS), random.exponential(18, _HOT_SPOTS)
    spot = random.choice(_HOT_SPOTS, count, p=_shares(random.pareto(1.2, _HOT_SPOTS) + 0.1))
    hot = random.normal(spots[spot], width_km[spot])
    chainage = np.where(random.random(count) < 0.7, hot, random.uniform(0, length_km, count))  # noqa: PLR2004  # share
    return _moved(border.point_at(chainage % length_km), random.exponential(_ACROSS_KM, count), random)


def _moved(lon_lat: Floats, by_km: Floats, random: np.random.Generator) -> Floats:
    turn = random.uniform(0, 360, len(by_km))
    lon, lat, _ = GEOD.fwd(lon_lat[:, 0], lon_lat[:, 1], turn, 1000 * by_km)
    return np.column_stack([lon, lat])


def _shares(weights: Floats) -> Floats:
    return np.asarray(weights / weights.sum(), float)
