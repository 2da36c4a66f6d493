"""Whose views are not counted: machines, and people who asked not to be counted."""

import re
from collections.abc import Mapping

# Machines name themselves; an empty name is no browser's. Cubot makes telephones.
_ROBOTS = re.compile(
    r"(?<!cu)bot(?:\b|_)|crawl|spider|slurp|headless|lighthouse|preview|prerender|monitor|uptime|scrap|archiv"
    r"|curl|wget|python|java/|okhttp|libwww|httpclient|go-http|ruby|perl|php|node|axios|feed|rss|validator"
    r"|facebookexternalhit|embedly|mediapartners|phantom|selenium|playwright|puppeteer",
    re.IGNORECASE,
)
LONGEST_NAME = 400


def is_robot(user_agent: str) -> bool:
    """Say whether a browser's name is a machine's; one that is missing or absurdly long is."""
    return not user_agent or len(user_agent) > LONGEST_NAME or _ROBOTS.search(user_agent) is not None


def is_to_be_counted(headers: Mapping[str, str]) -> bool:
    """Say whether a view that comes with these headers counts.

    Not where the reader's browser says Do-Not-Track or Global Privacy Control, not for a machine, and not when a
    page of another site sent it: browsers say so themselves.
    """
    if headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1":
        return False
    if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    return not is_robot(headers.get("User-Agent", ""))
