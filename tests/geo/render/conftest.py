"""Many incidents, as the table's own tests have them."""

from tests.geo.table.conftest import many, many_rows

__all__ = ["many", "many_rows"]
