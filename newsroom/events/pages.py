"""What pages were made from has changed: purges that could not be made at once, and caches in front of the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction

from newsroom.core.page_cache.purging import purge
from newsroom.events.alarms import ring
from newsroom.events.facts import Fact
from newsroom.events.recording import record

# A header has to stay below what servers take (usually 8 kB), and a cache must not hold the worker, in seconds.
NAMES_A_REQUEST = 100
PATIENCE = 5


@dataclass(frozen=True)
class PurgeMissed(Fact):
    """Redis did not answer when pages were to go; some of what stands there may be outdated when it answers again."""

    names: list[str]


@transaction.atomic
def purge_later(names: Sequence[str]) -> None:
    """Have the pages made from what has these names purged as soon as Redis answers. Records PurgeMissed."""
    record(PurgeMissed(list(names)))


def purge_missed(fact: PurgeMissed) -> None:
    """Purge what could not be purged; raises RedisError, and is tried again, while Redis is away."""
    purge(*fact.names)


def tell_caches_in_front(names: Sequence[str]) -> None:
    """Ask a worker to tell each cache of ``settings.PAGE_PURGE_URLS`` which names have changed."""
    for address in settings.PAGE_PURGE_URLS:
        ring("events.tell_cache", address, list(names))


def tell_cache(address: str, names: Sequence[str]) -> None:
    """POST the names to one cache in front, in ``Surrogate-Key`` headers; raises OSError when it does not agree."""
    for start in range(0, len(names), NAMES_A_REQUEST):
        told = " ".join(names[start : start + NAMES_A_REQUEST])
        request = Request(address, data=b"", headers={"Surrogate-Key": told}, method="POST")  # noqa: S310 - of our settings
        try:
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - as above
                answer.read()
        except HTTPException as error:
            raise OSError(str(error)) from error
