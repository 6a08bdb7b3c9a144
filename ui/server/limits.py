"""How much one client may ask, and how much is made at once, so that the pages stay quick for everybody else."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from types import MappingProxyType
from typing import Any, Final, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.language.messages import say
from ui.server.problems import Problem

# How often one client may ask.

A_MINUTE: Final = 60
"""Requests of a client for files and figures; likewise of those that cost little, `LIGHT_A_MINUTE`."""
LIGHT_A_MINUTE: Final = 300
TILES_A_MINUTE: Final = 3_000
"""Tiles of the map, of which a pan of a large screen asks for some dozens."""
_MOST_CLIENTS: Final = 20_000
_SITE_BITS: Final = 64
"""Of an IPv6 address: what one client is given, and may choose the rest of."""
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
        How many requests a client has at once, and again in a minute.
    clock
        Seconds, from any beginning.

    """

    def __init__(self, a_minute: int = A_MINUTE, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.a_minute = a_minute
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, client: str) -> float:
        """Count a request, and return 0; or, where the client has none left, in how many seconds it has one."""
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
    """Return whose request it is: the address that the server found, of IPv6 the network that a client is given.

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
    """Middleware that refuses a client's requests while it asks more than it may.

    The address is the one that uvicorn hands on. Behind a proxy that is the reader's only where uvicorn trusts the
    proxy (`FORWARDED_ALLOW_IPS`); what a request says of itself counts for nothing here.
    """

    def __init__(self, app: ASGIApp, allowance: Allowance, headers: Mapping[str, str] = MappingProxyType({})) -> None:
        self._app, self._allowance, self._headers = app, allowance, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, or with 429."""
        wait_s = self._allowance.wait_s(client_of(scope)) if scope["method"] != "OPTIONS" else 0.0
        if not wait_s:
            await self._app(scope, receive, send)
            return
        refused = Problem(429, say("problem-too-often", most=self._allowance.a_minute), retry_after_s=wait_s)
        await refused.answer(self._headers)(scope, receive, send)


# How much is sent at once.

_MOST_SENT, _TO_ONE = 48, 6


class Sending:
    """Counts the files on their way, each of which stays on the disk until its client has taken it, however slowly.

    Parameters
    ----------
    most, to_one
        Files on their way, to all clients and to one.

    """

    def __init__(self, most: int = _MOST_SENT, *, to_one: int = _TO_ONE) -> None:
        self._most, self._to_one = most, to_one
        self._clients: Counter[str] = Counter()

    def begin(self, client: str) -> None:
        """Count a file that a client is sent; raises Problem where so many are on their way already."""
        if self._clients.total() >= self._most or self._clients[client] >= self._to_one:
            raise Problem(503, say("problem-busy"), retry_after_s=_RETRY_S)
        self._clients[client] += 1

    def end(self, client: str) -> None:
        """Count it no more."""
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]


# How much is made at once.

_Made = TypeVar("_Made")
_RETRY_S: Final = 10


class Workers:
    """Threads that make answers, so many at once; so many more may wait, the others are sent away.

    Parameters
    ----------
    at_once
        Answers in the making.
    waiting
        Requests that wait their turn.

    """

    def __init__(self, at_once: int, *, waiting: int) -> None:
        self._most = at_once + waiting
        self._limiter = CapacityLimiter(at_once)
        self._inside = 0

    async def run(self, work: Callable[[], _Made]) -> _Made:
        """Do some work in a thread; raises Problem where too much of it waits already."""
        if self._inside >= self._most:
            raise Problem(503, say("problem-busy"), retry_after_s=_RETRY_S)
        self._inside += 1
        try:
            return await to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1
