"""Parts read back as one GeoDataFrame of dask-geopandas, and every point looked for in the provinces once more.

The join of an import is our own; this one is that of GEOS, on the workers, part by part. Whoever has damaged a part, or
joined it with other provinces, is found out before the release stands.
"""

from collections.abc import Sequence

import dask_geopandas
import geopandas as gpd
from distributed import Client

from geo.boundaries import boundaries
from geo.imports.cluster.errors import ClusterError
from geo.wording import count_words

_JOINED = "joined_province_code"


def check_places(client: Client, parts: Sequence[str]) -> None:
    """Raise ClusterError if a point of the parts at these addresses lies in another province than it is joined to.

    Points on a border of provinces may be joined to either; those outside of all, up to 2 km, to the nearest.
    """
    provinces = boundaries().provinces[["geometry"]].rename_axis("found").reset_index()
    points = dask_geopandas.read_parquet(list(parts), columns=["id", _JOINED, "geometry"])
    found = dask_geopandas.sjoin(provinces.set_crs(points.crs, allow_override=True), points, predicate="intersects")
    wrong = client.compute(found[["found", "id", _JOINED]].map_partitions(_elsewhere, meta={"id": "str"})).result()
    if len(wrong):
        raise ClusterError(
            f"{count_words(len(wrong), 'row')}, {wrong['id'].iloc[0]} among them, do not lie in the province that a "
            "worker joined them to; nothing was changed: import again, and see that the workers' disks are sound"
        )


def _elsewhere(found: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the ids whose point lies in provinces, but not in the one that was joined."""
    right = found.loc[found["found"] == found[_JOINED], "id"]
    return found.loc[~found["id"].isin(right), ["id"]].drop_duplicates()
