"""Common parts of data answers: rate limits, strict parameters, worker threads, ETags."""

import hashlib
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network
from logging import getLogger
from pathlib import Path
from threading import Event, Lock
from types import MappingProxyType
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl, urlencode

import duckdb
from anyio import CapacityLimiter, create_task_group, to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from geo import __version__
from geo.apart import TemporaryFolder
from geo.casualties import RANGE
from geo.citation import usable_settings
from geo.export.manifest import LICENCE_ADDRESS, PassedOn, may_be_shown, of_the_record, passed_on, to_json
from geo.incident.errors import DataError, StorageError
from geo.language.messages import LANGUAGE, say
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from ui.resources import Resources, data_folder, resources_under
from ui.server.parameters import FILTERS, RULE, Parameter, Problem, filters_of, read_query

# Rate limits per client.

A_MINUTE: Final = 60
"""Requests per minute for files and figures; `LIGHT_A_MINUTE` is for cheap ones."""
LIGHT_A_MINUTE: Final = 300
TILES_A_MINUTE: Final = 3_000
"""Map tiles, of which panning a large screen requests some dozens."""
_MOST_CLIENTS: Final = 20_000
_SITE_BITS: Final = 64
"""Prefix length of the IPv6 network that a client is assigned, within which it may choose its address."""
_SECONDS: Final = 60


@dataclass(slots=True)
class _Bucket:
    left: float
    filled: float


class Allowance:
    """Token buckets by client; safe to share between threads.

    Parameters
    ----------
    a_minute
        Requests a client may make at once, and then per minute.
    clock
        Monotonic clock in seconds.

    """

    def __init__(self, a_minute: int = A_MINUTE, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.a_minute = a_minute
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, client: str) -> float:
        """Count a request and return 0; or, if the client has none left, return the seconds until it has."""
        now, speed = self._clock(), self.a_minute / _SECONDS
        with self._lock:
            bucket = self._buckets.pop(client, None) or _Bucket(self.a_minute, now)
            bucket.left = min(self.a_minute, bucket.left + (now - bucket.filled) * speed)
            bucket.filled = now
            self._buckets[client] = bucket
            if len(self._buckets) > _MOST_CLIENTS:
                self._buckets.popitem(last=False)
            if bucket.left < 1:
                return (1 - bucket.left) / speed
            bucket.left -= 1
            return 0.0


def client_of(scope: Mapping[str, Any]) -> str:
    """Return the client of a request: the address found by the server, or its network for IPv6.

    >>> client_of({"client": ("2001:db8::7", 1)}), client_of({"client": ("192.0.2.1", 1)})
    ('2001:db8::/64', '192.0.2.1')
    """
    host = str((scope.get("client") or ("", 0))[0])
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, _SITE_BITS), strict=False))
    return host


class RequestLimit:
    """Middleware that rejects requests from a client that exceeds its allowance.

    The address is the one uvicorn provides. Behind a proxy, that is the reader's only if uvicorn trusts the proxy
    (`FORWARDED_ALLOW_IPS`); headers of the request are ignored here.
    """

    def __init__(self, app: ASGIApp, allowance: Allowance, headers: Mapping[str, str] = MappingProxyType({})) -> None:
        self._app, self._allowance, self._headers = app, allowance, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 429."""
        wait_s = self._allowance.wait_s(client_of(scope)) if scope["method"] != "OPTIONS" else 0.0
        if not wait_s:
            await self._app(scope, receive, send)
            return
        refused = Problem(429, say("problem-too-often", most=self._allowance.a_minute), retry_after_s=wait_s)
        await refused.answer(self._headers)(scope, receive, send)


# Limit on files being sent.

_MOST_SENT, _TO_ONE = 48, 6
_BUSY_RETRY_S: Final = 10


class Sending:
    """Counts the files being sent, each of which stays on disk until its client has received it, however slowly.

    Parameters
    ----------
    most, to_one
        Largest number of files being sent, in total and to one client.

    """

    def __init__(self, most: int = _MOST_SENT, *, to_one: int = _TO_ONE) -> None:
        self._most, self._to_one = most, to_one
        self._clients: Counter[str] = Counter()

    def begin(self, client: str) -> None:
        """Count a file sent to a client; raises Problem if too many are being sent already."""
        if self._clients.total() >= self._most or self._clients[client] >= self._to_one:
            raise Problem(503, say("problem-busy"), retry_after_s=_BUSY_RETRY_S)
        self._clients[client] += 1

    def end(self, client: str) -> None:
        """Count a file as sent."""
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]


# Limit on answers being made.

_Made = TypeVar("_Made")


class Workers:
    """Threads that make answers; a limited number of requests may wait for one, further ones are rejected.

    Parameters
    ----------
    at_once
        Largest number of answers made concurrently.
    waiting
        Largest number of waiting requests.

    """

    def __init__(self, at_once: int, *, waiting: int) -> None:
        self._most = at_once + waiting
        self._limiter = CapacityLimiter(at_once)
        self._inside = 0

    async def run(self, work: Callable[[], _Made]) -> _Made:
        """Run some work in a thread; raises Problem if too many requests are waiting."""
        if self._inside >= self._most:
            raise Problem(503, say("problem-busy"), retry_after_s=_BUSY_RETRY_S)
        self._inside += 1
        try:
            return await to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1


# Requests and answers.

LONGEST_QUERY: Final = 8_000
"""Length limit of a query string in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A parsed request."""

    found: Resources
    """Resources under the requested rule."""
    filters: Filters
    read: Mapping[str, tuple[Any, ...]]
    """Parameter values by name, including those of the filters."""
    query: str
    """The parameters as a query string, sorted."""
    path: Mapping[str, str]
    """Values in the path, by name."""
    root: str
    """URL of the app as the client knows it, without a trailing slash."""
    tag: str = ""
    """ETag, derived from everything the answer is made from."""
    stopped: Event = field(default_factory=Event, compare=False)
    """Set once nobody waits for the answer any more."""

    def one(self, name: str, otherwise: Any = None) -> Any:
        """Return the value of a single-valued parameter."""
        return self.read[name][0] if name in self.read else otherwise

    def passed_on(self) -> PassedOn:
        """Return the part of the selection that may be passed on."""
        return passed_on(self.filters, self.found.table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The content of an answer: bytes, or a file in a folder that is deleted once sent."""

    content: bytes = b""
    file: Path | None = None
    folder: TemporaryFolder | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def _no_headers(_: Asked) -> Mapping[str, str]:
    return {}


def _unchecked(_: Asked) -> None:
    """Accept everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An address and its answer; `ui.server.routes` lists them all."""

    path: str
    """Path below the base path, with placeholders such as `{id}`."""
    about: str
    media_type: str
    parameters: tuple[Parameter, ...]
    make: Callable[[Asked], Made]
    """Makes the answer, in a worker thread; raises Problem."""
    check: Callable[[Asked], None] = _unchecked
    """Raises Problem for requests that cannot be answered, before anything is made."""
    headers: Callable[[Asked], Mapping[str, str]] = _no_headers
    """Returns additional headers, also sent without a body."""
    heavy: bool = False
    """Whether it takes seconds or much memory."""
    in_path: Mapping[str, str] = field(default_factory=dict)
    """Descriptions of the values in the path, by name."""
    example: Mapping[str, Callable[[Resources], str]] = field(default_factory=dict)
    """Functions that return example values for the path."""
    statuses: tuple[int, ...] = ()
    """Error statuses beside those of every answer."""


SELECTION: Final = (*FILTERS, RULE)
"""Parameters of answers about a selection under a rule."""


# Headers.

WITHHELD: Final = "Incidents-Withheld"
"""Header with the number of selected incidents left out because they may not be passed on."""
_EXPOSED: Final = ("Content-Disposition", "ETag", WITHHELD, "Link", "Retry-After")
_ANYWHERE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(_EXPOSED),
}
"""Other sites may read the answers: they are public and do not depend on who asks."""
_ASKED_FIRST: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


def check_passed_on(incident_id: str, table: IncidentTable) -> None:
    """Raise Problem for an incident that may not be passed on, and UnknownIncidentError for an unknown one."""
    dataset = str(table.row(incident_id)["dataset"].iloc[0])
    if not may_be_shown(dataset, table):
        raise Problem(403, say("withheld", incidents=1, titles=1, datasets=table.titles[dataset]))


def saved_as(name: str, *, shown: bool = False) -> dict[str, str]:
    """Return the header that names a file, which the browser saves or, if `shown`, displays."""
    return {"Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{name}"'}


def link(*targets: tuple[str, str, str]) -> str:
    """Write a Link header from targets, relations and media types."""
    return ", ".join(f'<{target}>; rel="{rel}"' + (f'; type="{kind}"' if kind else "") for target, rel, kind in targets)


def selection_headers(asked: Asked, *more: tuple[str, str, str]) -> dict[str, str]:
    """Return the headers of answers made from single incidents: licence, number withheld, links."""
    given = asked.passed_on()
    licence = [(LICENCE_ADDRESS, "license", "")] if of_the_record(given.filters, given.table) else []
    withheld = {WITHHELD: str(sum(given.withheld.incidents.values()))} if given.withheld else {}
    targets = [*licence, *more]
    return {**withheld, **({"Link": link(*targets)} if targets else {})}


def as_json(document: Any) -> bytes:
    """Write a document as JSON, dates in ISO 8601."""
    return to_json(document).encode() + b"\n"


# Answering.

_LOG: Final = getLogger(__name__)
_RETRY_S: Final = 60


class _Passing(FileResponse):
    """A file that is deleted once sent, or once the client is gone; never sent in part.

    A file made later may differ in bytes, so parts of the two would not fit together.
    """

    def __init__(self, file: Path, gone: Callable[[], None], headers: Mapping[str, str], media_type: str) -> None:
        super().__init__(file, headers={**headers, "Accept-Ranges": "none"}, media_type=media_type)
        self._gone = gone

    def set_stat_headers(self, stat_result: Any) -> None:
        """Set the length, but no modification time, which would be now."""
        super().set_stat_headers(stat_result)
        del self.headers["Last-Modified"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, and delete it."""
        whole = [(name, value) for name, value in scope["headers"] if name != b"range"]
        try:
            await super().__call__({**scope, "headers": whole}, receive, send)
        finally:
            self._gone()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerService:
    """Worker threads and client allowances shared by all answers."""

    heavy: Workers = field(default_factory=lambda: Workers(2, waiting=8))
    """A figure takes a second or two of processor time, a file of many incidents ten times as long."""
    light: Workers = field(default_factory=lambda: Workers(4, waiting=100))
    heavy_allowance: Allowance = field(default_factory=lambda: Allowance(A_MINUTE))
    light_allowance: Allowance = field(default_factory=lambda: Allowance(LIGHT_A_MINUTE))
    map: Workers = field(default_factory=lambda: Workers(4, waiting=300))
    """For requests of the map, so that they do not occupy all of the threads shared by other requests."""
    tile_allowance: Allowance = field(default_factory=lambda: Allowance(TILES_A_MINUTE))
    sending: Sending = field(default_factory=Sending)

    def map_route(self, path: str, make: Callable[[Request], Response], allowance: Allowance | None = None) -> Route:
        """Return the route of a request made by the map.

        It copes with damaged datasets and a record being edited, as answers do. The allowance defaults to that of light
        answers.
        """

        async def answered(request: Request) -> Response:
            try:
                return await self.map.run(lambda: patiently(lambda: make(request)))
            except Problem as problem:
                return problem.answer({})

        limit = Middleware(RequestLimit, allowance=allowance or self.light_allowance)
        return Route(path, answered, middleware=[limit])

    def route(self, answer: Answer, base: str) -> Route:
        """Return the route of an answer, below a base path."""
        allowance = self.heavy_allowance if answer.heavy else self.light_allowance

        async def answered(request: Request) -> Response:
            return await self._answered(answer, request, base)

        limit = Middleware(RequestLimit, allowance=allowance, headers=_ANYWHERE)
        return Route(f"{base}{answer.path}", answered, methods=["GET", "HEAD", "OPTIONS"], middleware=[limit])

    async def _answered(self, answer: Answer, request: Request, base: str) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={**_ANYWHERE, **_ASKED_FIRST})
        try:
            return await self._given(answer, request, base)
        except Problem as problem:
            return problem.answer(_ANYWHERE)
        except Exception:  # noqa: BLE001  # details are logged, not sent
            _LOG.exception(answer.path)
            return Problem(500, say("problem-fault")).answer(_ANYWHERE)

    async def _given(self, answer: Answer, request: Request, base: str) -> Response:
        if len(request.scope["query_string"]) > LONGEST_QUERY:
            raise Problem(414, say("problem-too-long-query", most=LONGEST_QUERY))
        asked, headers = await self.light.run(lambda: patiently(lambda: _read(answer, request, base)))
        if knows(request, headers["ETag"]):
            kept = ("ETag", "Cache-Control", *_ANYWHERE)
            return Response(status_code=304, headers={name: headers[name] for name in kept})
        if request.method == "HEAD":
            return _without_body(answer, headers)
        made = await self._made(answer, asked, request)
        if made.file and made.folder:
            gone = self._on_its_way(made.folder, client_of(request.scope))
            return _Passing(made.file, gone, {**headers, **made.headers}, answer.media_type)
        return Response(made.content, headers={**headers, **made.headers}, media_type=answer.media_type)

    def _on_its_way(self, folder: TemporaryFolder, client: str) -> Callable[[], None]:
        """Count a file being sent, and return a callback that deletes it; raises Problem if it cannot be sent."""
        try:
            self.sending.begin(client)
        except Problem:
            folder.cleanup()
            raise

        def gone() -> None:
            self.sending.end(client)
            folder.cleanup()

        return gone

    async def _made(self, answer: Answer, asked: Asked, request: Request) -> Made:
        """Make an answer, signalling the maker if the client disconnects."""
        workers = self.heavy if answer.heavy else self.light
        made: Made | Exception

        async def until_gone() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            asked.stopped.set()

        async with create_task_group() as tasks:
            tasks.start_soon(until_gone)
            try:
                made = await workers.run(lambda: patiently(lambda: answer.make(asked)))
            except Exception as error:  # noqa: BLE001  # raised below, outside the task group
                made = error
            tasks.cancel_scope.cancel()
        if isinstance(made, Exception):
            raise made
        return made


def _without_body(answer: Answer, headers: Mapping[str, str]) -> Response:
    """Return headers without a length, which is unknown before the answer is made."""
    response = Response(headers=headers, media_type=answer.media_type)
    del response.headers["Content-Length"]
    return response


def _read(answer: Answer, request: Request, base: str) -> tuple[Asked, dict[str, str]]:
    """Parse a request, and return it with the headers of its answer; raises Problem."""
    sent: dict[str, list[str]] = {}
    pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    found = resources_under(RANGE.code)
    read = read_query(sent, answer.parameters, found)
    rule = read[RULE.name][0] if RULE.name in read else RANGE.code
    settings, _ = usable_settings()
    asked = Asked(
        found=found if rule == RANGE.code else resources_under(rule),
        filters=filters_of(read),
        read=read,
        query=urlencode(sorted(pairs)),
        path=request.path_params,
        root=f"{settings.address or str(request.base_url).rstrip('/')}{base}",
    )
    asked = replace(asked, tag=_tag(answer, asked))
    answer.check(asked)
    return asked, {**_ANYWHERE, "Cache-Control": "no-cache", "ETag": asked.tag, **answer.headers(asked)}


def _tag(answer: Answer, asked: Asked) -> str:
    """Return a weak ETag derived from everything the answer is made from; files may differ in some bytes."""
    table = asked.found.table
    made_of = (
        *(answer.path, sorted(asked.path.items()), asked.query, asked.root, table.rule.code),
        *(table.version, asked.found.boundaries.version, __version__, LANGUAGE),
        date.today(),  # noqa: DTZ011  # as in manifests
        *((source.id, source.title, source.credit, source.passed_on) for source in table.datasets),
    )
    return f'W/"{hashlib.sha256(repr(made_of).encode("utf-8", "replace")).hexdigest()[:32]}"'


def knows(request: Request, tag: str) -> bool:
    """Tell whether the client already has the answer."""
    known = [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]
    return known == ["*"] or tag.removeprefix("W/") in known


_Done = TypeVar("_Done")


def patiently(work: Callable[[], _Done]) -> _Done:
    """Do some work, and retry once without a dataset that turned out to be damaged; raises Problem."""
    try:
        return _tried(work)
    except (StorageError, duckdb.Error):
        folder, _ = data_folder()
        if folder:
            folder.examine()
    try:
        return _tried(work)
    except (StorageError, duckdb.Error) as error:
        _LOG.warning(error, exc_info=error)
        raise Problem(503, say("problem-datasets"), retry_after_s=_RETRY_S) from error


def _tried(work: Callable[[], _Done]) -> _Done:
    try:
        return work()
    except DataError as error:  # including NoRecordError
        _LOG.warning(error, exc_info=error)
        raise Problem(503, say("problem-no-record"), retry_after_s=_RETRY_S) from error
