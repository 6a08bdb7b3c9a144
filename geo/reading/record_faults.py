"""What is wrong with one record, in words, each fault by the field it stands in."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from geo.errors import Fault, InconsistentError


def faults_of(error: ValidationError, where: str) -> Iterator[Fault]:
    """Say everything that pydantic found wrong with a record."""
    for found in error.errors(include_url=False):
        inner = found.get("ctx", {}).get("error")
        if isinstance(inner, InconsistentError):
            yield from (Fault(where=where, field=field, message=message) for field, message in inner.faults)
            continue
        if found["type"] == "too_short" and found["input"]:  # its items are what is wrong, and are told by themselves
            continue
        field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in found["loc"]).lstrip(".")
        yield Fault(where=where, field=field, message=_message(found))


def _message(found: Any) -> str:
    own_words = found.get("ctx", {}).get("error")
    if own_words is not None:
        return str(own_words)
    message, given = found["msg"][:1].lower() + found["msg"][1:], found["input"]
    if found["type"] in ("missing", "extra_forbidden") or isinstance(given, (dict, list)):
        return str(message)
    return f"{message}, not {json.dumps(given, default=str)[:80]}"
