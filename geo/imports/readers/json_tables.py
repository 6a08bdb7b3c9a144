"""JSON, read record by record without loading the file: GeoJSON, Esri JSON, uMap, API responses, lists, JSON Lines."""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from geo.apart import pulse
from geo.imports.blocks import Rows
from geo.imports.readers.dialect import UTF_8, encoding_of
from geo.imports.readers.source import (
    COLUMNS,
    FEATURE_CHARACTERS,
    HEAD_BYTES,
    READ_BYTES,
    Asked,
    Source,
    Stream,
    read_up_to,
)
from geo.imports.readers.together import named_rows, together
from geo.imports.readers.typed import Known, Record, crs_named, esri_crs, rows_of_records
from geo.incident.errors import UnreadableError
from geo.language.messages import list_words, say

# Reading the values of a JSON file one by one, without loading the file.

_BETWEEN: Final = re.compile(r"[\s,\x1e\ufeff]*")
_MEMBER: Final = re.compile(r"\s*:\s*")
_DEEP: Final = 200
"""Number of lists and objects in a record from which it is checked for nesting too deep to be written again."""
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_SHOWN_NAMES: Final = 10
_OPEN_DEPTH: Final = 3
"""Depth of nested objects in which lists of records are searched for."""
_WHOLE: Final = frozenset(("geometry", "properties", "attributes", "crs", "spatialReference"))
"""Members read as a whole, since a list in them is not one of records."""


@dataclass(slots=True)
class _Text:
    stream: Stream
    name: str
    decoder: codecs.IncrementalDecoder
    held: str
    at: int = 0
    before: int = 0
    """Number of characters in the file before those held."""
    values: json.JSONDecoder = field(default=_DECODER)

    @classmethod
    def of(cls, stream: Stream, name: str, repeated: dict[str, None] | None) -> "_Text":
        head = read_up_to(stream, HEAD_BYTES)
        encoding = encoding_of(head)
        decoder = codecs.getincrementaldecoder(encoding.name if encoding.mark or encoding.wide else UTF_8)("replace")
        values = _DECODER if repeated is None else _noting(repeated)
        return cls(stream, name, decoder, decoder.decode(head[encoding.mark :]), values=values)

    def next(self) -> str:
        """Skip separators and return the next character without consuming it; "" at the end of the file."""
        while True:
            self.at = _BETWEEN.match(self.held, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.held) or not self._read():
                return self.held[self.at : self.at + 1]

    def value(self) -> Any:
        """Read the next value as a whole."""
        while True:
            begin = self.at
            try:
                value, self.at = self.values.raw_decode(self.held, begin)
            except json.JSONDecodeError as error:
                self._more(error)
            except RecursionError as error:
                raise UnreadableError(self.name, say("read-too-deep", at=self.before + self.at)) from error
            else:
                if self.at == len(self.held) and not isinstance(value, dict | list) and self._read(begin):
                    continue  # a number may continue
                return self._sound(value, begin)

    def key(self) -> str:
        """Read a member's name and the colon after it."""
        if self.next() != '"':
            self.fail()
        key = str(self.value())
        while not (found := _MEMBER.match(self.held, self.at)) or found.end() == len(self.held):
            if not self._read():
                self.fail()
        self.at = found.end()
        return key

    def alone(self) -> tuple[Any, bool]:
        """Return the first value of the file, None unless it ends within the text held, and whether another follows."""
        try:
            value, end = _DECODER.raw_decode(self.held, self.at)
        except (json.JSONDecodeError, RecursionError):
            return None, False
        after = _BETWEEN.match(self.held, end).end()  # type: ignore[union-attr]
        return value, self.held[after : after + 1] in {"{", "["}

    def fail(self) -> NoReturn:
        """Raise UnreadableError for a file that is broken here."""
        raise UnreadableError(self.name, say("read-broken", at=self.before + self.at, error=self.held[self.at :][:20]))

    def _sound(self, value: Any, begin: int) -> Any:
        """Return a value with lone surrogates replaced; raises UnreadableError if it nests too deep to be written."""
        try:
            if not _HALF.search(self.held, begin, self.at):
                if sum(self.held.count(sign, begin, self.at) for sign in "[{") > _DEEP:
                    json.dumps(value)
                return value
            written = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()
            return _DECODER.decode(written)
        except RecursionError as error:
            raise UnreadableError(self.name, say("read-too-deep", at=self.before + begin)) from error

    def _more(self, error: json.JSONDecodeError) -> None:
        """Read on if a value may continue; raises UnreadableError if it cannot, or the file ends."""
        at = self.before + error.pos
        if len(self.held) - self.at > FEATURE_CHARACTERS:
            raise UnreadableError(self.name, say("read-broken", at=at, error=error.msg)) from error
        if not self._read():
            raise UnreadableError(self.name, say("read-breaks-off-at", at=at, error=error.msg)) from error

    def _read(self, begin: int | None = None) -> bool:
        """Read another chunk and drop the text already consumed; False at the end of the file."""
        part = self.stream.read(READ_BYTES)
        pulse()
        self.at = self.at if begin is None else begin
        self.before += self.at
        self.held, self.at = self.held[self.at :] + self.decoder.decode(part, final=not part), 0
        return bool(part)


def _noting(repeated: dict[str, None]) -> json.JSONDecoder:
    """Return a decoder that keeps the last of several members with the same name, and adds that name to `repeated`."""

    def taken(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs) and len(repeated) < COLUMNS:
            counts = Counter(name for name, _ in pairs)
            repeated.update(dict.fromkeys(name for name, count in counts.items() if count > 1))
        return members

    return json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=taken)


Found = tuple[str, bool, Any]
"""Path of a value, whether it is an item of a list or of a sequence of top-level values, and the value."""


def values_in(
    stream: Stream, name: str, *, whole: bool = False, repeated: dict[str, None] | None = None
) -> Iterator[Found]:
    """Yield the contents of a JSON file: records with the path of their list, and other members.

    Several top-level lists or objects may follow one another, as when pages of results are put into one file. `whole`
    treats the file as a single record; names repeated within an object are added to `repeated`. Raises UnreadableError
    if the file is broken or truncated.
    """
    text = _Text.of(stream, name, repeated)
    begin = text.next()
    if begin not in {"{", "["}:
        text.fail()
    if begin == "{" and not whole and not _in_sequence(text):
        yield from _members(text, "", 0)
    else:
        while (begin := text.next()) in {"{", "["}:
            if begin == "[":
                yield from _list(text, "")
            else:
                yield "", True, text.value()
    if text.next():
        text.fail()


def _in_sequence(text: _Text) -> bool:
    value, more = text.alone()
    return more or text.held[: text.at].count("\x1e") > 0 or (value is not None and _is_record(value))


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and (value.get("type") == "Feature" or "attributes" in value)


def _list(text: _Text, path: str) -> Iterator[Found]:
    text.at += 1
    if text.next() == "]":
        yield path, False, []
    while (begin := text.next()) != "]":
        if not begin:
            _breaks_off(text)
        yield path, True, text.value()
    text.at += 1


def _members(text: _Text, path: str, depth: int) -> Iterator[Found]:
    text.at += 1
    while (begin := text.next()) != "}":
        if not begin:
            _breaks_off(text)
        key = text.key()
        place, begin = f"{path}/{key}" if path else key, text.next()
        if begin == "[":
            yield from _list(text, place)
        elif begin == "{" and depth < _OPEN_DEPTH and key not in _WHOLE:
            yield from _members(text, place, depth + 1)
        else:
            yield place, False, text.value()
    text.at += 1


def _breaks_off(text: _Text) -> NoReturn:
    at = text.before + text.at
    raise UnreadableError(text.name, say("read-breaks-off-at", at=at, error=say("read-end-of-file")))


def records_in(found: Iterator[Found]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield path, layer and record; the features of a collection are yielded in its place."""
    for path, one, value in found:
        if not one or not isinstance(value, dict):
            continue
        inside = value.get("features")
        if isinstance(inside, list) and "geometry" not in value:
            layer = _layer_name(value)
            yield from ((path, layer, record) for record in inside if isinstance(record, dict))
        else:
            yield path, "", value


def _layer_name(collection: Mapping[str, Any]) -> str:
    options = collection.get("_umap_options") or collection.get("_storage")
    name = options.get("name") if isinstance(options, dict) else None
    name = name or collection.get("name") or collection.get("title") or ""
    return name if isinstance(name, str) else ""


# Opening a JSON file as a table.


def open_json(source: Source, asked: Asked) -> Rows:
    """Open a JSON file, after scanning it once for its lists, all columns and damage.

    Raises UnreadableError if it is broken, has no records, or has several lists of them and none is named (it lists
    them).
    """
    repeated: dict[str, None] = {}
    members, lists = _looked_through(source, whole=False, repeated=repeated)
    whole = not any(one.filled for one in lists.values()) and _one_record(members, lists)
    if whole:
        members, lists = _looked_through(source, whole=True, repeated=repeated)
    paths = _chosen({path: one for path, one in lists.items() if one.rows}, asked.tables, source.name)
    opened = [(path, _opened(source, path, lists[path], members, whole=whole)) for path in paths]
    rows = together(source.name, opened, column=say("column-of-layer"))
    several = [path for path, one in lists.items() if one.rows and one.columns and path]
    notes = []
    if more := _rows_elsewhere(members, {path: one.rows for path, one in lists.items()}, paths):
        notes.append(more)
    if len(several) > 1:
        notes.append(say("note-rows-of", list=list_words([repr(path) for path in paths])))
    if repeated:
        names = list_words([repr(name[:100]) for name in [*repeated][:_SHOWN_NAMES]])
        notes.append(say("note-members-repeated", count=len(repeated), names=names))
    return rows.noted(*notes)


_TOTALS: Final = frozenset(
    (
        *("count", "total", "totalcount", "totalrecords", "totalrows", "totalresults", "totalfeatures", "totalhits"),
        *("totalitems", "totalelements", "numbermatched", "odatacount", "recordstotal"),
    )
)
"""Names, as from `_bare`, of members with the total number of rows."""
_NEXT: Final = frozenset(("next", "nextpage", "nextpageurl", "nexturl", "nextlink", "odatanextlink"))
"""Names of members with the address or the number of the next page of rows."""
_CUT: Final = frozenset(("exceededtransferlimit",))
_OF_PAGES: Final = _TOTALS | _NEXT | _CUT
_PAGING: Final = frozenset(("meta", "metadata", "pagination", "paging", "page", "links", "_links", "properties"))
"""Objects next to a list of records in which these members are found."""


def _bare(path: str) -> str:
    return re.sub(r"[^a-z]", "", path.rpartition("/")[2].lower())


def _rows_elsewhere(members: Mapping[str, object], lists: Mapping[str, int], paths: Sequence[str]) -> str:
    """Return a note if an API response states that it does not contain all rows; otherwise ""."""
    beside = {""} | {above for path in paths for above in _above(path)}
    inside = members.get("properties")
    stated = (
        {**members, **{f"properties/{name}": one for name, one in inside.items()}}
        if isinstance(inside, dict)
        else members
    )
    total, more = 0, False
    for path, value in stated.items():
        folder, _, name = path.rpartition("/")
        if folder not in beside and (
            folder.rpartition("/")[0] not in beside or folder.rpartition("/")[2] not in _PAGING
        ):
            continue
        name = _bare(path)
        if name in _TOTALS and isinstance(value, str) and value.isdecimal() and len(value) < _LONGEST_TOTAL:
            total = max(total, int(value))
        more |= name in _NEXT and isinstance(value, str) and value not in {"", "0"}
        more |= name in _CUT and (value is True or value == "true")
    rows = sum(lists[path] for path in paths)
    if total > sum(lists.values()):
        return say("note-more-rows", rows=rows, total=total)
    return say("note-more-pages", rows=rows) if more else ""


_LONGEST_TOTAL: Final = 16


def _above(path: str) -> Iterator[str]:
    """Yield the paths of the objects that contain a list."""
    while path:
        path = path.rpartition("/")[0]
        yield path


_ENVELOPE: Final = frozenset(("features", "data", "Result", "results", "value", "values", "items", "records", "rows"))
"""Members in which API responses have their records; if these are empty, there are none."""


def _one_record(members: Mapping[str, object], lists: Mapping[str, Known]) -> bool:
    """Return whether a file is a single record rather than an API response without records."""
    plain = members.get("type") in {None, "Feature"} and not _ENVELOPE & members.keys()
    return plain and bool(members) and not any(one.rows for one in lists.values())


def _looked_through(
    source: Source, *, whole: bool, repeated: dict[str, None]
) -> tuple[dict[str, object], dict[str, Known]]:
    members: dict[str, object] = {}
    lists: dict[str, Known] = {}
    with source.opened() as (stream, _):

        def seen() -> Iterator[Found]:
            for path, one, value in values_in(stream, source.name, whole=whole, repeated=repeated):
                if not one and len(members) < COLUMNS:
                    used = path == "type" or path.rpartition("/")[2] in _WHOLE or _bare(path) in _OF_PAGES
                    members[path] = value if used else None
                elif one and len(lists) < COLUMNS:
                    lists.setdefault(path, Known())
                yield path, one, value

        for path, layer, record in records_in(seen()):
            if path in lists:
                lists[path].take(layer, record, source.name)
    return members, lists


def _chosen(lists: Mapping[str, Known], wanted: tuple[str, ...], name: str) -> Sequence[str]:
    filled = {path: one for path, one in lists.items() if one.filled}
    if not filled:
        raise UnreadableError(name, say("read-no-records"))
    features = [path for path, one in filled.items() if one.features]
    paths = [*filled]
    if wanted and all(path in filled for path in wanted):
        return [*dict.fromkeys(wanted)]
    counts = named_rows([(path, one.rows) for path, one in filled.items()])
    if wanted:
        missing = list_words([repr(path) for path in wanted if path not in filled])
        raise UnreadableError(name, say("read-no-such-table", table=missing, tables=counts), paths)
    if len(paths) > 1 and len(features) != 1:
        raise UnreadableError(name, say("read-several-tables", count=len(paths), tables=counts), paths)
    return paths if len(paths) == 1 else features


def _opened(source: Source, path: str, known: Known, members: Mapping[str, object], *, whole: bool) -> Rows:
    above = path.rpartition("/")[0]
    named = members.get(f"{above}/crs" if above else "crs", members.get("crs"))
    reference = members.get(f"{above}/spatialReference" if above else "spatialReference") or known.reference
    crs = crs_named(named, source.name) or esri_crs(reference, source.name)

    def read(stream: Stream) -> Iterator[Record]:
        for at, layer, record in records_in(values_in(stream, source.name, whole=whole)):
            if at == path:
                yield layer, record

    return rows_of_records(source, read, known, crs)
