"""What a reader's first view costs: a real Chromium with nothing kept, before the production server.

A telephone and a desk look at the home page and at an article with 200 comments: what is transferred, how much of it
is our own JavaScript, what moves, who else is asked, and when the largest thing stands on a slow line.
"""

import gzip
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, Response, sync_playwright

from tests.bench.measuring import Figure, at_most
from tests.bench.newspaper import newspaper
from tests.bench.serving import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
# The telephone is Lighthouse's (core/config/constants.js, MOTOGPOWER_EMULATION_METRICS).
TELEPHONE = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
}
DESK = {"viewport": {"width": 1280, "height": 900}}
# Lighthouse's "slow 4G" (the same file, throttling.mobileSlow4G): 1.6 Mbit/s, back 750 kbit/s, 150 ms there and back.
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
# Notes in the page what is asked for afterwards; it is the browser's own script, which no policy of the page holds for.
NOTES = """
window.noted = {painted: 0, largest: "", moved: 0};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    noted.painted = entry.startTime;
    noted.largest = entry.url || entry.element?.className || entry.element?.tagName || "";
  }
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) noted.moved += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
# After the fonts and the last answer: a shift that these cause has been noted by then.
SETTLED = 500


@dataclass
class View:
    """What one first view took: kilobytes by address, the scripts of ours compressed, seconds, shifts, other hosts."""

    page: str
    parts: dict[str, float] = field(default_factory=dict)
    scripts: float = 0
    moved: float = 0
    painted: float = 0
    largest: str = ""
    strangers: set[str] = field(default_factory=set)

    @property
    def transferred(self) -> float:
        """Return the kilobytes of all of it, as they came over the line."""
        return sum(self.parts.values())

    def __str__(self) -> str:
        """Return what it took, the heaviest first."""
        parts = sorted(self.parts.items(), key=lambda part: -part[1])
        told = ", ".join(f"{PurePosixPath(urlsplit(address).path).name or '/'} {size:.1f}" for address, size in parts)
        return (
            f"{self.page} : {self.transferred:.1f} kB, LCP {self.painted:.2f} s ({self.largest}), "
            f"CLS {self.moved:.4f}\n    {told}"
        )


def first_views() -> Iterator[Figure]:
    """Yield the worst of two pages on two screens; nothing, in words, where there is no Chromium."""
    if CHROMIUM is None:
        print("Première visite : non mesurée, Chromium n’est pas installé.")
        return
    with folders() as (static, media), override_settings(MEDIA_ROOT=media):
        collect(static)
        article = newspaper()
        # Pages kept by an earlier measurement know nothing of this newspaper.
        cache.clear()
        with serving("tests.bench.pressed") as port, browsing() as browser:
            looks = [(page, look) for page in ("/", article.get_absolute_url()) for look in (TELEPHONE, DESK)]
            views = [seen(browser, f"http://127.0.0.1:{port}", page, look) for page, look in looks]
    if os.environ.get("QUIETLY", "1") != "1":
        print(*views, sep="\n")
    yield at_most("site.first_view_transferred", max(view.transferred for view in views), "kB", 180)
    yield at_most("site.first_view_own_js_gzip", max(view.scripts for view in views), "kB", 10)
    yield at_most("site.first_view_cls", max(view.moved for view in views), "", 0.02)
    yield at_most("site.first_view_other_hosts", len(set().union(*(view.strangers for view in views))), "", 0)
    yield at_most("site.first_view_lcp_slow_4g", max(view.painted for view in views), "s", 2.0)


@contextmanager
def folders() -> Iterator[tuple[str, str]]:
    """Make the folders of static files and of the library, told to the server, which go afterwards."""
    with tempfile.TemporaryDirectory() as static, tempfile.TemporaryDirectory() as media:
        os.environ.update(BENCH_STATIC=static, BENCH_MEDIA=media)
        try:
            yield static, media
        finally:
            del os.environ["BENCH_STATIC"], os.environ["BENCH_MEDIA"]


def collect(folder: str) -> None:
    """Collect what readers' pages name, hashed and compressed as in production."""
    hashed = settings.STORAGES | {"staticfiles": {"BACKEND": "newsroom.core.storage.HashedStaticStorage"}}
    # The desk's bundles take a minute to compress, and no reader is sent them.
    desk = ["admin", "django_ckeditor_5"]
    with override_settings(STORAGES=hashed, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=desk)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start a browser and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


def seen(browser: Browser, site: str, path: str, look: dict[str, Any]) -> View:
    """Look at a page for the first time, on a slow line, to the end of what it asks for by itself."""
    view = View(f"{path} {look['viewport']['width']} px")
    context = browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", **look)
    context.add_init_script(NOTES)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    named: dict[str, str] = {}
    answers: list[Response] = []
    line.on("Network.responseReceived", lambda told: named.update({told["requestId"]: told["response"]["url"]}))
    line.on(
        "Network.loadingFinished",
        lambda told: view.parts.update({named[told["requestId"]]: told["encodedDataLength"] / 1000}),
    )
    page.on("request", lambda asked: view.strangers.add(urlsplit(asked.url).netloc))
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright refuses built-in ones
    page.goto(f"{site}{path}", wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(SETTLED)
    noted = page.evaluate("noted")
    view.moved, view.painted, view.largest = noted["moved"], noted["painted"] / 1000, noted["largest"]
    view.strangers -= {urlsplit(site).netloc, ""}
    own = [answer.body() for answer in answers if urlsplit(answer.url).path.startswith("/static/js/")]
    view.scripts = sum(len(gzip.compress(script, 9)) for script in own) / 1000
    context.close()
    return view
