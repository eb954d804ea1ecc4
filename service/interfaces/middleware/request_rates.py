"""Counts requests and says who has to wait, by the library `limits`."""

import hashlib
import ipaddress
import logging
import math
import time
from typing import Protocol

from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError

MEMORY = "memory://"
_REDIS_TIMEOUT_S = 1
_PAUSE_S = 5
"""For so long the memory counts after Redis has failed, so that no request waits for it."""

_IPV6_PREFIX = 64
_log = logging.getLogger(__name__)


class Rates(Protocol):
    """Says how long a caller has to wait."""

    async def wait_s(self, counted_as: str) -> int:
        """Count a request; return 0, or the seconds after which the next one is answered."""

    async def close(self) -> None:
        """Close what is open."""


class RequestRates:
    """Limits such as ``60/minute; 1000/hour`` for each caller.

    Where Redis does not answer, this process counts by itself: neither does everybody wait for it
    nor does everybody pass.
    """

    def __init__(self, limits: str, *, store: str = MEMORY) -> None:
        self._items: list[RateLimitItem] = parse_many(limits)
        self._memory = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._redis = None if store == MEMORY else _redis(store)
        self._shared = SlidingWindowCounterRateLimiter(self._redis) if self._redis else None
        self._paused_until = 0.0

    async def wait_s(self, counted_as: str) -> int:
        """Count a request; return 0, or the seconds after which the next one is answered."""
        name = hashlib.sha256(counted_as.encode("utf-8", "replace")).hexdigest()[:32]
        if self._shared is not None and time.monotonic() >= self._paused_until:
            try:
                return await self._wait_s(self._shared, name)
            except StorageError as error:
                _log.warning("Redis does not answer; requests are counted in memory: %s", error)
                self._paused_until = time.monotonic() + _PAUSE_S
        return await self._wait_s(self._memory, name)

    async def close(self) -> None:
        """Close what is open to Redis."""
        bridge = self._redis.bridge if self._redis else None
        if isinstance(bridge, RedispyBridge):
            await bridge.storage.aclose()

    async def _wait_s(self, limiter: SlidingWindowCounterRateLimiter, name: str) -> int:
        for item in self._items:
            if not await limiter.hit(item, name):
                window = await limiter.get_window_stats(item, name)
                return max(1, math.ceil(window.reset_time - time.time()))
        return 0


def address_counted(address: str) -> str:
    """Return what an address is counted under: all of an IPv6 customer's are one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004
        return address
    return str(ipaddress.ip_network((parsed, _IPV6_PREFIX), strict=False))


def _redis(store: str) -> RedisStorage:
    return RedisStorage(
        f"async+{store}",
        implementation="redispy",
        wrap_exceptions=True,
        socket_timeout=_REDIS_TIMEOUT_S,
        socket_connect_timeout=_REDIS_TIMEOUT_S,
    )
