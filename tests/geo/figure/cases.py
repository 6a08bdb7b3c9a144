"""The figures that are looked at: four choices of incidents, on every paper."""

from geo.figure.options import FigureSize, around_provinces
from geo.places.boundaries import boundaries
from geo.places.plane import BBox
from geo.selection import Filters

KHOST = around_provinces(["AF-KHO"], boundaries())

CASES: dict[str, tuple[Filters, BBox | None]] = {
    "everything": (Filters(), None),
    "strikes 2025": (Filters(year=(2025,), category=("strike",)), None),
    "one province": (Filters(province=("AF-KHO",)), KHOST),
    "nothing": (Filters(q="quetzalcoatl"), None),
}
SIZES = list(FigureSize)
HOSTILE = "$x_1$ \\alpha <img src=x onerror=alert(1)>\nافغانستان & “quoted” {}"
