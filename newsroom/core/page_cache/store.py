"""The cache's place in Redis. Every step that must not be torn apart is one script.

``page:<key>`` holds a page, ``piece:<key>`` a part of some, ``of:<name>`` the keys of those made from what has that
name, ``purged:<name>`` when they were last taken away, and ``lock:<key>`` who makes a page just now. Moments are
Redis's own clock, in microseconds: it outlives a restart, which a counter would not.
"""

import time
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

import redis
from django.conf import settings

from newsroom.core.page_cache.entries import GZIP, IDENTITY, Entry, Found, found_in
from newsroom.core.page_cache.release import release_mark

# A Redis that does not answer must not hold a reader's request, and is not asked again for a second.
PATIENCE: Final = 0.25
REST: Final = 1.0
# Nobody makes a page for longer; whoever was killed in the middle stands in nobody's way afterwards. Milliseconds.
LONGEST_MAKING: Final = 10_000
# How long it is remembered that an address has no page to keep, so that nobody waits for one. Milliseconds.
NOTHING_TO_KEEP: Final = 2_000
PASS: Final = b"pass"

_BEGIN = """
local moment = redis.call('TIME')
local now = moment[1] * 1000000 + moment[2]
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
    return {1, string.format('%d', now)}
end
if redis.call('GET', KEYS[1]) == 'pass' then
    return {2, string.format('%d', now)}
end
return {0, string.format('%d', now)}
"""
# ARGV: begun, kept until (ms), set kept for (ms), token, prefix, about, br, gzip, names...
_KEEP = """
if redis.call('GET', KEYS[2]) == ARGV[4] then redis.call('DEL', KEYS[2]) end
for place = 9, #ARGV do
    local purged = redis.call('GET', ARGV[5] .. 'purged:' .. ARGV[place])
    if purged and tonumber(purged) >= tonumber(ARGV[1]) then return 0 end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'about', ARGV[6], 'br', ARGV[7], 'gzip', ARGV[8])
redis.call('PEXPIREAT', KEYS[1], ARGV[2])
for place = 9, #ARGV do
    local set = ARGV[5] .. 'of:' .. ARGV[place]
    redis.call('SADD', set, KEYS[1])
    -- Never shortened: what was put into it before may be kept for longer.
    if redis.call('PTTL', set) < tonumber(ARGV[3]) then redis.call('PEXPIRE', set, ARGV[3]) end
end
return 1
"""
# ARGV: begun, kept until (ms), set kept for (ms), prefix, piece, names...
_KEEP_PIECE = """
for place = 6, #ARGV do
    local purged = redis.call('GET', ARGV[4] .. 'purged:' .. ARGV[place])
    if purged and tonumber(purged) >= tonumber(ARGV[1]) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[5], 'PXAT', ARGV[2])
for place = 6, #ARGV do
    local set = ARGV[4] .. 'of:' .. ARGV[place]
    redis.call('SADD', set, KEYS[1])
    if redis.call('PTTL', set) < tonumber(ARGV[3]) then redis.call('PEXPIRE', set, ARGV[3]) end
end
return 1
"""
_GIVE_UP = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('SET', KEYS[1], 'pass', 'PX', ARGV[2])
end
"""
_PURGE = """
local moment = redis.call('TIME')
local now = string.format('%d', moment[1] * 1000000 + moment[2])
local gone = 0
for place = 3, #ARGV do
    redis.call('SET', ARGV[1] .. 'purged:' .. ARGV[place], now, 'PX', ARGV[2])
    local set = ARGV[1] .. 'of:' .. ARGV[place]
    for _, page in ipairs(redis.call('SMEMBERS', set)) do
        gone = gone + redis.call('UNLINK', page)
    end
    redis.call('UNLINK', set)
end
return gone
"""


class Begun(NamedTuple):
    """Whether it is ours to make the page, whether there is nothing to keep at this address, and Redis's moment."""

    is_ours: bool
    is_passed: bool
    at: str


class PageStore:
    """Reads, keeps and purges pages. Every method raises RedisError when Redis does not answer."""

    def __init__(self, address: str, prefix: str) -> None:
        """Connect when first asked; ``prefix`` keeps releases of the site apart."""
        self._redis = redis.Redis.from_url(address, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._prefix = prefix
        self._rests_until = 0.0
        self._begin, self._keep, self._give_up, self._purge, self._keep_piece = map(
            self._redis.register_script, (_BEGIN, _KEEP, _GIVE_UP, _PURGE, _KEEP_PIECE)
        )

    def read(self, key: str, coding: str) -> Found | None:
        """Return the page in that coding, fresh or not; None when there is none."""
        field = GZIP if coding == IDENTITY else coding
        about, body = self._asked(self._redis.hmget, f"{self._prefix}page:{key}", ["about", field])
        return None if about is None or body is None else found_in(about, body, coding)

    def begin(self, key: str, token: str) -> Begun:
        """Say that we are about to make a page; only one at a time is told that it is his to make."""
        answer, moment = self._asked(self._begin, keys=[self._lock(key)], args=[token, LONGEST_MAKING])
        return Begun(answer == 1, answer == 2, moment.decode())  # noqa: PLR2004 - the script's three answers

    def keep(self, key: str, entry: Entry, names: set[str], *, begun: str, token: str) -> bool:
        """Keep a page; not (False) when something it was made from was purged since ``begun``."""
        fields = entry.fields()
        kept_for = int((entry.kept_until - entry.stored_at) * 1000)
        arguments = [
            *(begun, int(entry.kept_until * 1000), max(kept_for, LONGEST_MAKING) * 2, token, self._prefix),
            *(fields["about"], fields["br"], fields["gzip"], *sorted(names)),
        ]
        keys = [f"{self._prefix}page:{key}", self._lock(key)]
        return bool(self._asked(self._keep, keys=keys, args=arguments))

    def give_up(self, key: str, token: str) -> None:
        """Say that there is no page to keep here: for two seconds nobody waits for one."""
        self._asked(self._give_up, keys=[self._lock(key)], args=[token, NOTHING_TO_KEEP])

    def pieces(self, keys: Sequence[str]) -> tuple[str, list[bytes | None]]:
        """Return Redis's moment, and then what is kept of these pieces, in order."""
        with self._redis.pipeline(transaction=False) as both:
            both.time()
            both.mget([f"{self._prefix}piece:{key}" for key in keys])
            moment, found = self._asked(both.execute)
        return f"{moment[0] * 1_000_000 + moment[1]}", found

    def keep_pieces(self, pieces: Sequence[tuple[str, bytes, list[str], datetime]], *, begun: str) -> None:
        """Keep pieces (key, content, names, until when), but for those made from what was purged since ``begun``."""
        with self._redis.pipeline(transaction=False) as together:
            for key, content, names, until in pieces:
                ends = int(until.timestamp() * 1000)
                sets = max(ends - int(time.time() * 1000), LONGEST_MAKING) * 2
                self._keep_piece(
                    keys=[f"{self._prefix}piece:{key}"],
                    args=[begun, ends, sets, self._prefix, content, *names],
                    client=together,
                )
            self._asked(together.execute)

    def purge(self, *names: str) -> int:
        """Take away the pages made from what has these names, and those being made; return how many were there."""
        # Asked even while Redis rests: a purge must not be missed for want of trying.
        gone: Any = self._purge(args=[self._prefix, LONGEST_MAKING * 30, *names])
        return int(gone)

    def _lock(self, key: str) -> str:
        return f"{self._prefix}lock:{key}"

    def _asked(self, command: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask Redis, unless it has just failed."""
        if time.monotonic() < self._rests_until:
            raise redis.ConnectionError("Redis rests")  # noqa: EM101, TRY003 - never shown
        try:
            return command(*args, **kwargs)
        except redis.RedisError:
            self._rests_until = time.monotonic() + REST
            raise


def page_store() -> PageStore:
    """Return this process's store, of ``settings.PAGE_CACHE_URL`` and the release at hand."""
    return _store_at(settings.PAGE_CACHE_URL, f"pages:{release_mark()}:")


@lru_cache(maxsize=4)
def _store_at(address: str, prefix: str) -> PageStore:
    return PageStore(address, prefix)
