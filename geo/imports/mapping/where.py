"""The fields that say where: the same for all kinds of files, but for what these call their columns."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.cells import Cells
from geo.imports.mapping.names import country_named
from geo.imports.mapping.reading import by_text


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereColumns:
    """What files of a kind call their columns of place; "" for one that they do not have."""

    place: tuple[str, ...]
    """What may name the place, the most exact first."""
    district: str
    province: str
    country: str
    longitude: str = "longitude"
    latitude: str = "latitude"


def where(
    cells: Cells,
    columns: WhereColumns,
    precision: tuple[pa.Array, pa.Array],
    *,
    code: pa.Array | None = None,
    **instead: pa.Array,
) -> dict[str, pa.Array]:
    """Return the fields of a draft that say where.

    Parameters
    ----------
    cells
        The block.
    columns
        Where its kind of file has them.
    precision
        How well the place is known and the radius, km, by the precision code alone.
    code
        Of the country, for rows that do not name it.
    instead
        Fields that are not as a column has them.

    """
    country = cells.text(columns.country)
    by_name = by_text(country, country_named, pa.string())
    found = {
        "place": cells.first(columns.place),
        "district": cells.text(columns.district),
        "province": cells.text(columns.province),
        "country": country,
        "country_code": by_name if code is None else pc.coalesce(by_name, code),
        "lon": cells.degrees(columns.longitude),
        "lat": cells.degrees(columns.latitude),
        "precision": precision[0],
        "uncertainty_km": precision[1],
    }
    return found | instead
