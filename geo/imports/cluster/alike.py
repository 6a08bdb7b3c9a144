"""Whether workers are alike: another version of a library or of this program could make other rows of a block."""

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from geo.imports.cluster.errors import ClusterError

_LIBRARIES: Final = (
    *("charset-normalizer", "cloudpickle", "dask", "dask-geopandas", "distributed", "duckdb", "fsspec", "ftfy"),
    *("geopandas", "hijridate", "jdatetime", "numpy", "openpyxl", "pandas", "pyarrow", "pyogrio", "pyproj", "s3fs"),
    *("shapely",),
)
_PROJECT: Final = Path(__file__).resolve().parents[3]
_CODE: Final = "this program's code"
_LAYERS: Final = "data/boundaries"


@cache
def fingerprint() -> str:
    """Return what two processes have to have in common, a line each: name and version."""
    python = ".".join(platform.python_version_tuple()[:2])
    lines = [f"Python {python}", *(f"{name} {version(name)}" for name in _LIBRARIES)]
    return "\n".join(
        [*lines, f"{_CODE} {_digest('geo', '*.py', '*.csv')}", f"{_LAYERS} {_digest(_LAYERS, '*.geojson')}"]
    )


def check_alike(expected: str) -> None:
    """Raise ClusterError if this process differs from the one whose fingerprint is given, naming what differs."""
    own = fingerprint()
    if own != expected:
        pairs = zip(own.splitlines(), expected.splitlines(), strict=False)
        different = "; ".join(f"{here}, not {there.rsplit(' ', 1)[1]}" for here, there in pairs if here != there)
        raise ClusterError(
            f"the worker on {platform.node()} differs from this machine: {different}; install the same "
            "requirements-cluster.txt and the same code there, and start it again"
        )


def _digest(folder: str, *patterns: str) -> str:
    """Return the start of a SHA-256 of files, the same for either kind of line end."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in (_PROJECT / folder).rglob(pattern)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(_PROJECT).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]
