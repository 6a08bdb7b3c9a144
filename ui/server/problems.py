"""What is wrong with a request, as an answer that a program can read: RFC 9457, `application/problem+json`."""

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from starlette.responses import Response

from geo.language.messages import say

MEDIA_TYPE: Final = "application/problem+json"
_LONGEST: Final = 200
"""Characters of a value that are repeated to whoever sent it."""
_MOST_POSSIBLE: Final = 100

TITLES: Final[Mapping[int, str]] = MappingProxyType(
    {status: say(f"problem-title-{status}") for status in (400, 403, 404, 413, 414, 429, 500, 503)}
)
"""What each status means here."""


class Problem(Exception):  # noqa: N818  # what RFC 9457 calls it
    """A request cannot be answered; the fields go into the answer, and nothing else does."""

    def __init__(self, status: int, detail: str, *, retry_after_s: float | None = None, **fields: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.fields = fields
        self.retry_after_s = retry_after_s

    @classmethod
    def of_parameter(cls, name: str, why: str, *, value: str | None = None, possible: Iterable[str] = ()) -> "Problem":
        """Return the problem of a parameter, or of a value of it; `possible` is what it may be instead."""
        fields: dict[str, Any] = {} if value is None else {"value": cut(value)}
        listed = list(possible)[:_MOST_POSSIBLE]
        fields |= {"possible": listed} if listed else {}
        return cls(400, why, parameter=cut(name), **fields)

    def answer(self, headers: Mapping[str, str]) -> Response:
        """Return the answer, with the headers of every answer."""
        said = {"title": TITLES[self.status], "status": self.status, "detail": self.detail, **self.fields}
        later = {} if self.retry_after_s is None else {"Retry-After": str(max(1, round(self.retry_after_s + 0.5)))}
        body = json.dumps(said, ensure_ascii=False, indent=1, default=list).encode("utf-8", "replace")
        return Response(body, self.status, {**headers, **later, "Cache-Control": "no-store"}, MEDIA_TYPE)


def cut(text: str) -> str:
    """Return a text as far as it is repeated to whoever sent it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
