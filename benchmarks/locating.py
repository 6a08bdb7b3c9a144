"""`geo.places.locating` against the joins of geopandas, on the same points."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np

from benchmarks.measure import Result, in_turn
from geo.places.boundaries import boundaries
from geo.places.locating import locate, locate_province
from geo.places.plane import CONFORMAL, WGS84

POINTS = 1_000_000
FEW_POINTS = 5_000
"""For sjoin_nearest, which measures each point against every vertex of the line and takes minutes for more."""


def points(number: int) -> tuple[np.ndarray, np.ndarray]:
    """Return seeded points, shape (n,) each, spread along the borders like incidents, a tenth of them anywhere."""
    rng = np.random.default_rng(20251011)
    layers = boundaries()
    along = layers.borders["durand_line"].point_at(rng.uniform(0, layers.borders["durand_line"].length_km, number))
    lon, lat = (along + rng.normal(0, 0.5, along.shape)).T
    anywhere = rng.random(number) < 0.1
    lon[anywhere], lat[anywhere] = rng.uniform(60, 78, anywhere.sum()), rng.uniform(23, 41, anywhere.sum())
    return lon, lat


def results() -> Iterator[Result]:
    """Measure the province alone, then everything that `locate` returns."""
    lon, lat = points(POINTS)
    layers = boundaries()
    provinces = layers.provinces[["province", "country", "geometry"]]
    line = gpd.GeoDataFrame(geometry=[layers.borders["durand_line"].line], crs=WGS84).to_crs(CONFORMAL)

    def as_frame() -> gpd.GeoDataFrame:
        return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=WGS84))

    ours, peer = in_turn(
        lambda: locate_province(lon, lat), lambda: gpd.sjoin(as_frame(), provinces, how="left"), rounds=1
    )
    yield Result(
        what=f"country and province of {POINTS:,} points", ours=ours, peer=peer, peer_name="sjoin", aim="at most 2 s"
    )

    few_lon, few_lat = lon[:FEW_POINTS], lat[:FEW_POINTS]

    def nearest() -> object:
        frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(few_lon, few_lat, crs=WGS84))
        located = gpd.sjoin(frame, provinces, how="left").to_crs(CONFORMAL)
        return gpd.sjoin_nearest(located.drop(columns="province_code"), line, distance_col="border_m")

    ours_few, peer_few = in_turn(lambda: locate(few_lon, few_lat), nearest, rounds=1)
    yield Result(
        what=f"with distance, chainage and side, {len(few_lon):,} points",
        ours=ours_few,
        peer=peer_few,
        peer_name="sjoin + sjoin_nearest, distance only",
    )
    ours, _ = in_turn(lambda: locate(lon, lat), lambda: None, rounds=3)
    yield Result(
        what=f"with distance, chainage and side, {POINTS:,} points",
        ours=ours,
        peer=None,
        peer_name="",
        aim="at most 6 s",
    )
