"""A file's bytes as JSON, or the one fault that says where they are none."""

import json
from typing import Any, NoReturn

from geo.errors import Fault


def parse(raw: bytes) -> tuple[Any, list[Fault]]:
    """Return the document, and no fault; or None, and why it cannot be read."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant), []
    except UnicodeDecodeError as error:
        return None, [Fault(where=f"byte {error.start:,}", field="", message="is not UTF-8; save the file as UTF-8")]
    except json.JSONDecodeError as error:
        where = f"line {error.lineno:,}, column {error.colno:,}"
        return None, [Fault(where=where, field="", message=f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]}")]
    except (ValueError, RecursionError) as error:
        return None, [Fault(where="file", field="", message=f"is not JSON: {error}")]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")
