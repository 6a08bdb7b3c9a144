"""Request parameters: those of the app's own links, parsed strictly; and problem responses."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, get_args, get_type_hints

from starlette.datastructures import QueryParams
from starlette.responses import Response

from geo.casualties import RANGE, RULE_CODES, RULES
from geo.language.folding import fold
from geo.language.messages import list_words, say
from geo.selection import FIELDS, LONGEST_TEXT, FilterField, Filters, Known, Names, Widget
from geo.table.incident_table import known_names
from geo.table.shown_datasets import dataset_rules
from ui.resources import Resources
from ui.state import RULE_KEY

# Problem responses: RFC 9457, `application/problem+json`.

MEDIA_TYPE: Final = "application/problem+json"
_LONGEST: Final = 200
"""Number of characters of a value repeated to its sender."""
_MOST_POSSIBLE: Final = 100

TITLES: Final[Mapping[int, str]] = MappingProxyType(
    {status: say(f"problem-title-{status}") for status in (400, 403, 404, 413, 414, 429, 500, 503)}
)
"""Titles of the statuses."""


class Problem(Exception):  # noqa: N818  # the name in RFC 9457
    """A request that cannot be answered; only its fields are sent."""

    def __init__(self, status: int, detail: str, *, retry_after_s: float | None = None, **fields: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.fields = fields
        self.retry_after_s = retry_after_s

    @classmethod
    def of_parameter(cls, name: str, why: str, *, value: str | None = None, possible: Iterable[str] = ()) -> "Problem":
        """Return the problem of a parameter or its value; `possible` lists alternatives."""
        fields: dict[str, Any] = {} if value is None else {"value": cut(value)}
        listed = list(possible)[:_MOST_POSSIBLE]
        fields |= {"possible": listed} if listed else {}
        return cls(400, why, parameter=cut(name), **fields)

    def answer(self, headers: Mapping[str, str]) -> Response:
        """Return the response, with the headers of every answer."""
        said = {"title": TITLES[self.status], "status": self.status, "detail": self.detail, **self.fields}
        later = {} if self.retry_after_s is None else {"Retry-After": str(max(1, round(self.retry_after_s + 0.5)))}
        body = json.dumps(said, ensure_ascii=False, indent=1, default=list).encode("utf-8", "replace")
        return Response(body, self.status, {**headers, **later, "Cache-Control": "no-store"}, MEDIA_TYPE)


def cut(text: str) -> str:
    """Shorten a text to the length repeated to its sender."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


# Parameters.

Query = Mapping[str, Sequence[str]]
"""Parameter values as sent, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter: how its values are parsed and described."""

    name: str
    about: str
    read: Callable[[str], Any]
    """Parses one value; raises ValueError with a sentence."""
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    """JSON Schema of one value."""
    many: bool = False
    """Whether there may be several values, which are alternatives."""
    known: Callable[[Resources], Iterable[str]] | None = None
    """Returns the values that incidents have; None if any is allowed."""
    folded: bool = False
    """Whether case and accents are ignored in comparisons."""

    def values(self, given: Sequence[str], found: Resources) -> tuple[Any, ...]:
        """Parse values; raises Problem for one that is invalid or that no incident can have."""
        if len(given) > 1 and not self.many:
            raise Problem.of_parameter(self.name, say("problem-once", parameter=self.name), value=given[-1])
        known = None if self.known is None else {self._key(value): value for value in self.known(found)}
        return tuple(self._value(value, known) for value in given)

    def _value(self, value: str, known: Mapping[str, str] | None) -> Any:
        if not value.strip():
            raise Problem.of_parameter(self.name, say("problem-empty", parameter=self.name), value=value)
        try:
            read = self.read(value)
        except (ValueError, KeyError) as error:
            possible = self.schema.get("enum", ())
            raise Problem.of_parameter(self.name, _why(error, value), value=value, possible=possible) from error
        if known is not None and self._key(str(read)) not in known:
            close = get_close_matches(self._key(value[:LONGEST_TEXT]), known, n=5, cutoff=0.5)
            possible = [known[each] for each in close] or sorted(known.values())
            raise Problem.of_parameter(
                self.name, say("problem-not-known", parameter=self.name), value=value, possible=possible
            )
        return read

    def knows(self, value: str, found: Resources) -> bool:
        """Tell whether incidents can have a value."""
        return self.known is None or self._key(value) in map(self._key, self.known(found))

    def _key(self, value: str) -> str:
        return fold(value) if self.folded else value


def _why(error: Exception, value: str) -> str:
    """Say what is wrong with a value; an overlong one is not repeated."""
    return str(error) if len(value) <= LONGEST_TEXT else say("problem-too-long", most=LONGEST_TEXT)


# The filters as parameters.

_ANY: Final = (Known.YEARS, Known.LINKED)
"""Lists of codes of which a value need not be one: there may be no incident of a year, or nothing linked."""


def _filter(name: str, entry: FilterField, kind: Any) -> Parameter:
    return Parameter(
        name=name,
        about=f"{entry.label}: {entry.help_words}",
        read=lambda value: entry.read(_short(value)),
        schema=MappingProxyType(_schema(entry, kind)),
        many=entry.many,
        folded=entry.folded,
        known=(lambda found: entry.names(_known(found)))
        if isinstance(entry.choices, Known) and entry.choices not in _ANY
        else None,
    )


def _known(found: Resources) -> Names:
    names: Names = found.parts.get(("known", found.table.version), lambda: known_names(found.table, found.boundaries))
    return names


def _short(value: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise ValueError(say("problem-too-long", most=LONGEST_TEXT))
    return value


def _schema(entry: FilterField, kind: Any) -> dict[str, Any]:
    """Return the schema of one value of a field."""
    kinds = [part for part in (get_args(kind) or (kind,)) if isinstance(part, type)]
    codes = next((list(part) for part in kinds if issubclass(part, StrEnum)), None)
    if isinstance(entry.choices, Mapping):
        return {"type": "string", "enum": [*entry.choices, *entry.spellings]}
    if codes is not None:
        return {"type": "string", "enum": [str(code) for code in codes]}
    if int in kinds:
        return {"type": "integer", "minimum": 1000, "maximum": 9999}
    if date in kinds:
        return {"type": "string", "format": "date"}
    return {"type": "string", "maxLength": LONGEST_TEXT}


_KINDS: Final = get_type_hints(Filters)
FILTERS: Final = tuple(_filter(name, entry, _KINDS[name]) for name, entry in FIELDS.items())

# The casualty counting rule.


def _rule_code(code: str) -> str:
    """Check the form of a code, without the register."""
    kind, _, claimant = code.partition(":")
    if kind not in RULES or RULES[kind].one_claimant is not bool(claimant):
        raise ValueError(say("cli-none-of", given=repr(cut(code)), known=list_words(RULE_CODES, "or")))
    return code


def _rules(found: Resources) -> Iterable[str]:
    """Return the codes of the rules that have figures to count, as on the command line."""
    return (rule.code for rule in (*found.rules, *dataset_rules(found.table.datasets, found.table.claimants)))


RULE: Final = Parameter(
    name=RULE_KEY,
    about=say("help-rule", codes=list_words(RULE_CODES, "or"), usual=RANGE.code),
    read=_rule_code,
    schema=MappingProxyType(
        {
            "type": "string",
            "pattern": f"^({'|'.join(code.replace(':ID', ':.+') for code in RULE_CODES)})$",
            "default": RANGE.code,
        }
    ),
    known=_rules,
)


# Parsing a query: leniently, as the app does with links, or strictly.


def as_linked(query: QueryParams) -> tuple[Filters, str]:
    """Return the selection and rule code of a link."""
    return Filters.from_query({name: query.getlist(name) for name in query}), query.get(RULE_KEY) or RANGE.code


def as_known(filters: Filters, found: Resources) -> Filters:
    """Drop values that no incident can have, as the filter bar does with a link."""
    taken: dict[str, Any] = {}
    for parameter in FILTERS:
        entry, value = FIELDS[parameter.name], getattr(filters, parameter.name)
        known = tuple(
            each
            for each in (value if entry.many else (value,))
            if parameter.knows(each, found) and found.offers(entry, each)
        )
        taken[parameter.name] = known if entry.many else next(iter(known), entry.default)
    return replace(filters, **taken)


def read_query(query: Query, parameters: Sequence[Parameter], found: Resources) -> dict[str, tuple[Any, ...]]:
    """Parse a query by parameter; raises Problem for unknown parameters and invalid values."""
    by_name = {parameter.name: parameter for parameter in parameters}
    for name in query:
        if name not in by_name:
            close = get_close_matches(name[:LONGEST_TEXT], by_name, n=3) or list(by_name)
            raise Problem.of_parameter(name, say("problem-no-parameter"), possible=close)
    return {name: by_name[name].values(given, found) for name, given in query.items()}


def filters_of(read: Mapping[str, tuple[Any, ...]]) -> Filters:
    """Return the selection of a parsed query; raises Problem if it ends before it begins."""
    given: dict[str, Any] = {
        name: read[name] if entry.many else read[name][0] for name, entry in FIELDS.items() if name in read
    }
    filters = Filters(**given)
    if filters.since and filters.until and filters.since > filters.until:
        days = [name for name, entry in FIELDS.items() if entry.widget is Widget.DAY]
        raise Problem.of_parameter(days[-1], say("problem-until-first"), value=str(filters.until))
    return filters
