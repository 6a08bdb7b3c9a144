"""What the parts of an incident are made of: frozen records, and the values that may stand in a field."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _iso_day(given: Any) -> Any:
    if isinstance(given, date) or (isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given)):
        return given
    raise ValueError(f"expected a day as in 2025-10-11, not {given!r}"[:120])


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$")]
Count = Annotated[int, Field(ge=0, strict=True)]
Day = Annotated[date, BeforeValidator(_iso_day)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)]
Kilometres = Annotated[float, Field(gt=0, le=2000, allow_inf_nan=False, strict=True)]


class Record(BaseModel):
    """What all parts of an incident share: frozen, and no field that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
