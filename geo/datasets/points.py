"""Points as columns: WKB written for all of them at once, and their order along a space-filling curve."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_LITTLE_ENDIAN, _POINT = 1, 1
_WKB: Final = np.dtype([("order", "u1"), ("kind", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
_CURVE_BITS: Final = 16
"""A step of the curve is 360° / 2¹⁶ long: some 500 m."""


def wkb_points(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], drawn: npt.NDArray[np.bool_] | None = None
) -> pa.BinaryArray:
    """Write points as WKB, lon before lat, degrees WGS84, shape (n,); null where one is missing, or not `drawn`."""
    there = np.isfinite(lon) & np.isfinite(lat)
    if drawn is not None:
        there &= drawn
    points = np.empty(int(there.sum()), _WKB)
    points["order"], points["kind"] = _LITTLE_ENDIAN, _POINT
    points["lon"], points["lat"] = lon[there], lat[there]
    ends = np.concatenate([[0], np.cumsum(there, dtype=np.int32)]).astype(np.int32) * np.int32(_WKB.itemsize)
    valid = np.packbits(there, bitorder="little")
    buffers = [pa.py_buffer(valid), pa.py_buffer(ends), pa.py_buffer(points.tobytes())]
    return pa.Array.from_buffers(pa.binary(), len(lon), buffers)


def curve_order(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return positions in the order of a Hilbert curve over the earth; points without a place come last, as they came.

    After Skilling, "Programming the Hilbert curve" (2004), for two dimensions.
    """
    nowhere = ~(np.isfinite(lon) & np.isfinite(lat))
    x, y = (_cell(np.where(nowhere, 0, degrees), half) for degrees, half in ((lon, 180.0), (lat, 90.0)))
    last = np.uint32(2**_CURVE_BITS - 1)
    along = np.zeros(len(x), np.int64)
    for bit in range(_CURVE_BITS - 1, -1, -1):
        right, upper = (x >> bit) & 1, (y >> bit) & 1
        along = along << 2 | ((3 * right) ^ upper).astype(np.int64)
        flipped = (upper == 0) & (right == 1)
        x, y = np.where(flipped, last - x, x), np.where(flipped, last - y, y)
        x, y = np.where(upper == 0, y, x), np.where(upper == 0, x, y)
    along[nowhere] = np.iinfo(np.int64).max
    return np.argsort(along, kind="stable")


def _cell(degrees: npt.NDArray[np.float64], half: float) -> npt.NDArray[np.uint32]:
    """Count steps of the curve from the western or southern end."""
    steps = (degrees + half) / (2 * half) * 2**_CURVE_BITS
    return np.clip(steps, 0, 2**_CURVE_BITS - 1).astype(np.uint32)
