"""The figures that are looked at: four choices of incidents, on every paper."""

from geo.boundaries import boundaries
from geo.figure import FigureSize, around_province
from geo.filters import Filters
from geo.viewport import BBox

KHOST = around_province("AF-KHO", boundaries())

CASES: dict[str, tuple[Filters, BBox | None]] = {
    "everything": (Filters(), None),
    "strikes 2025": (Filters(year=(2025,), category=("strike",)), None),
    "one province": (Filters(province=("AF-KHO",)), KHOST),
    "nothing": (Filters(q="no incident says this"), None),
}
SIZES = list(FigureSize)
HOSTILE = "$x_1$ \\alpha <img src=x onerror=alert(1)>\nافغانستان & “quoted” {}"
