"""What a request may ask: the parameters of the app's own links, read strictly; and what is wrong with a request."""

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

from geo.casualties import RANGE, RULE_CODES, RULES, Rule
from geo.incident.vocabulary import NOT_KNOWN
from geo.language.folding import fold
from geo.language.messages import list_words, say
from geo.selection import FIELDS, LONGEST_TEXT, FilterField, Filters, Known, Widget
from ui.resources import Resources
from ui.state import RULE_KEY

# What is wrong with a request, as an answer that a program can read: RFC 9457, `application/problem+json`.

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


# The parameters.

Query = Mapping[str, Sequence[str]]
"""Parameters as they were sent, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter: how a value is read, and how it is described."""

    name: str
    about: str
    read: Callable[[str], Any]
    """Reads one value; raises ValueError with a sentence."""
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    """Of one value, as JSON Schema."""
    many: bool = False
    """Whether several values are alternatives."""
    known: Callable[[Resources], Iterable[str]] | None = None
    """Values that incidents have; None where anything can be asked for."""
    folded: bool = False
    """Whether names are the same whatever their case and accents."""

    def values(self, given: Sequence[str], found: Resources) -> tuple[Any, ...]:
        """Read what was sent; raises Problem for a value that makes no sense or that no incident can have."""
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
    """Say what is wrong with a value; what the reader says of it repeats the value, which may be long."""
    return str(error) if len(value) <= LONGEST_TEXT else say("problem-too-long", most=LONGEST_TEXT)


# The filters, as parameters.


def _filter(name: str, entry: FilterField, kind: Any) -> Parameter:
    return Parameter(
        name=name,
        about=f"{entry.label}: {entry.help_words}",
        read=lambda value: entry.read(_short(value)),
        schema=MappingProxyType(_schema(entry, kind)),
        many=entry.many,
        folded=entry.folded,
        known=_KNOWN.get(entry.choices) if isinstance(entry.choices, Known) else None,
    )


def _short(value: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise ValueError(say("problem-too-long", most=LONGEST_TEXT))
    return value


def _schema(entry: FilterField, kind: Any) -> dict[str, Any]:
    """Describe one value of a field by its type and its codes."""
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


_KNOWN: Final[Mapping[Known, Callable[[Resources], Iterable[str]]]] = {
    Known.PROVINCES: lambda found: (*found.boundaries.provinces.index, NOT_KNOWN),
    Known.ACTORS: lambda found: found.parts.get(("actors", found.table.version), found.table.actors),
    Known.EVENTS: lambda found: found.table.event_groups,
    Known.DATASETS: lambda found: found.table.titles,
}
"""What there is to choose of codes that depend on the incidents."""
_KINDS: Final = get_type_hints(Filters)
FILTERS: Final = tuple(_filter(name, entry, _KINDS[name]) for name, entry in FIELDS.items())

# The casualty counting rule.


def _rule_code(code: str) -> str:
    """Read a code as far as it needs no register."""
    kind, _, claimant = code.partition(":")
    if kind not in RULES or RULES[kind].one_claimant is not bool(claimant):
        raise ValueError(say("cli-none-of", given=repr(cut(code)), known=list_words(RULE_CODES, "or")))
    return code


def _rules(found: Resources) -> Iterable[str]:
    """Return the codes of the rules that have figures to count, as the command line has them."""
    of_datasets = (
        Rule.of_claimant(source.id, found.table.claimants) for source in found.table.datasets if not source.leads
    )
    return (rule.code for rule in (*found.rules, *of_datasets))


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


# A query, read as the app's own links are, which ignore what they do not know, or strictly.


def as_linked(query: QueryParams) -> tuple[Filters, str]:
    """Return the selection and the code of the rule that a link says."""
    return Filters.from_query({name: query.getlist(name) for name in query}), query.get(RULE_KEY) or RANGE.code


def as_known(filters: Filters, found: Resources) -> Filters:
    """Return a selection without the values that nothing has, as the filter bar of the pages takes a link."""
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
    """Read what was sent, by parameter; raises Problem for what is unknown or makes no sense."""
    by_name = {parameter.name: parameter for parameter in parameters}
    for name in query:
        if name not in by_name:
            close = get_close_matches(name[:LONGEST_TEXT], by_name, n=3) or list(by_name)
            raise Problem.of_parameter(name, say("problem-no-parameter"), possible=close)
    return {name: by_name[name].values(given, found) for name, given in query.items()}


def filters_of(read: Mapping[str, tuple[Any, ...]]) -> Filters:
    """Return the selection of what was read; raises Problem for one that ends before it begins."""
    given: dict[str, Any] = {
        name: read[name] if entry.many else read[name][0] for name, entry in FIELDS.items() if name in read
    }
    filters = Filters(**given)
    if filters.since and filters.until and filters.since > filters.until:
        days = [name for name, entry in FIELDS.items() if entry.widget is Widget.DAY]
        raise Problem.of_parameter(days[-1], say("problem-until-first"), value=str(filters.until))
    return filters
