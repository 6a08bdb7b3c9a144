"""The sequential ramp of maps of provinces, one hue from faint to strong, for both schemes.

Lightness runs evenly, which every kind of colour vision and a grey print keep; the hue is none of the categories', so
that symbols stay apart from the ground they stand on. “None recorded” is the colour of land, outside the ramp.
"""

import math
from typing import Final

_LIGHT: Final = ("#CFE3DF", "#8FC1BE", "#4C979D", "#1F6B7A", "#0C3F50")
_DARK: Final = ("#26424A", "#2F6670", "#46909A", "#83BFC2", "#D3EFEA")

_TO_LMS: Final = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_FROM_LMS: Final = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
"""Cone responses of OKLab (B. Ottosson, 2020, public domain), from and to linear sRGB."""

Triple = tuple[float, float, float]


def sequential(classes: int, *, dark: bool = False) -> tuple[str, ...]:
    """Return colours for classes, faintest first, hexadecimal; raises ValueError below one class.

    >>> sequential(3)
    ('#CFE3DF', '#4C979D', '#0C3F50')
    """
    if classes < 1:
        raise ValueError(f"{classes} classes have no colours; ask for one or more")
    anchors = _DARK if dark else _LIGHT
    if classes == 1:
        return (anchors[len(anchors) // 2],)
    last = len(anchors) - 1
    return tuple(_between(anchors, number * last / (classes - 1)) for number in range(classes))


def _between(anchors: tuple[str, ...], at: float) -> str:
    before = min(math.floor(at), len(anchors) - 2)
    share = at - before
    if share in (0, 1):
        return anchors[before + int(share)]
    low, high = (_cube_root_lms(anchors[before + step]) for step in (0, 1))
    mixed = tuple((a + (b - a) * share) ** 3 for a, b in zip(low, high, strict=True))
    return "#" + "".join(f"{_to_srgb(sum(m * v for m, v in zip(row, mixed, strict=True))):02X}" for row in _FROM_LMS)


def _cube_root_lms(colour: str) -> Triple:
    rgb = [_to_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    long, medium, short = (math.cbrt(sum(m * v for m, v in zip(row, rgb, strict=True))) for row in _TO_LMS)
    return long, medium, short


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # IEC 61966-2-1


def _to_srgb(value: float) -> int:
    curved = value * 12.92 if value <= 0.0031308 else 1.055 * max(value, 0) ** (1 / 2.4) - 0.055  # noqa: PLR2004  # the same
    return round(min(max(curved, 0), 1) * 255)
