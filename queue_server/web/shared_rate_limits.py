"""The same token buckets as in `rate_limits`, kept in Redis: one limit for all server processes of a hall."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from queue_server.web.rate_limits import RateLimiter

logger = logging.getLogger(__name__)

ANSWERS_WITHIN_SECONDS = 1.0  # a busy process needs some of it to look up again
LEAVE_ALONE_SECONDS = 5.0  # after a failure; nobody waits for a limit

# one time used up, or how long until the next is allowed; by Redis' own clock, so that all processes agree
TAKE = """
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local times = tonumber(ARGV[1])
local bucket = redis.call('HMGET', KEYS[1], 'left', 'since')
local left = tonumber(bucket[1] or times)
left = math.min(times, left + (now - tonumber(bucket[2] or now)) * times / 60)
if left < 1 then return tostring((1 - left) * 60 / times) end
redis.call('HSET', KEYS[1], 'left', tostring(left - 1), 'since', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], 60)
return '0'
"""


class SharedRateLimiter:
    """While Redis is away each process limits by itself: a limit must never stop the hall, nor vanish."""

    def __init__(self, redis_url: str, hall: str, now: Callable[[], float] = time.monotonic) -> None:
        client = redis.Redis.from_url(
            redis_url,
            socket_connect_timeout=ANSWERS_WITHIN_SECONDS,
            socket_timeout=ANSWERS_WITHIN_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._take = client.register_script(TAKE)
        self._hall = hall
        self._now = now
        self._alone = RateLimiter(now)
        self._alone_until = float("-inf")

    def seconds_to_wait(self, what: str, who: str, times: int) -> float:
        if self._now() < self._alone_until:
            return self._alone.seconds_to_wait(what, who, times)
        try:
            return float(self._take(keys=[f"xinting:{self._hall}:limit:{what}:{who}"], args=[times]))
        except redis.RedisError as error:
            if self._now() >= self._alone_until:  # said once, however many asked in that moment
                logger.warning("Limits are each process's own: %s", error, extra={"action": "limits_not_shared"})
            self._alone_until = self._now() + LEAVE_ALONE_SECONDS
            return self._alone.seconds_to_wait(what, who, times)
