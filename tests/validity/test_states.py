"""Every address that answers with a page has a state in which it is looked at."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests.addresses import OURS, THEIRS
from tests.validity.states import states_of

# What the newsroom sees alone: its pages are looked at by tests/browser/test_desk_looks_right.py.
DESK = ("desk:", "home-desk:", "articles-upload", "articles:preview")
# Answers to machines and to scripts, files, and addresses that only lead elsewhere.
NO_PAGES = {
    *(
        "articles:references-bib",
        "articles:references-ris",
        "articles:share-image",
        "media",
        "mfa_download_recovery_codes",
    ),
    *(name for name in OURS if name.startswith(("frontpage:feed-", "health:", "demo:"))),
    *("frontpage:manifest", "frontpage:news-sitemap", "frontpage:oembed", "frontpage:opensearch", "frontpage:robots"),
    *("frontpage:podcast-chapters", "frontpage:podcast-transcript", "frontpage:security-txt", "frontpage:sitemap"),
    *("frontpage:sitemap-lists", "frontpage:sitemap-part", "frontpage:suggest"),
}


@pytest.mark.django_db
def test_every_page_has_a_state(house):
    asked = {name for name, who in OURS.items() if "GET" in who and not name.startswith(DESK)}
    seen = {resolve(urlsplit(state.path).path).view_name for state in states_of(house) if state.path != "/absent/"}

    assert (asked | THEIRS) - NO_PAGES - seen == set()
    assert asked | THEIRS >= NO_PAGES
