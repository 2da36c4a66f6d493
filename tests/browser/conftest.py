"""A real Chromium in front of the real thing: web server, worker, beat and mail server on the test's database."""

import email
import email.policy
import os
import shutil
import socket
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.db import connections

from tests.factories.accounts import PASSWORD
from tests.journeys.conftest import redis, stage, wait_until

__all__ = ["redis", "stage"]

# Playwright's driver keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    """Say why browser tests are skipped where Debian's Chromium is missing."""
    if CHROMIUM is None:
        for item in items:
            if "browser" in item.path.parts:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture
def chromium():
    """A browser for one test.

    While Playwright's event loop runs, Django gives this thread other database connections than before; they are
    closed here, so that the test's own connection is the one that puts the database back.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        connections.close_all()
        browser.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def web(stage, tmp_path):
    """The web server with its mail server, and nobody who works behind it.

    Gives ``web.url``, and ``web.letters()`` for the mail that really went out. A module whose visitors are to find
    no worker behind the server calls this its ``site``.
    """
    port, mail_port, folder = free_port(), free_port(), tmp_path / "mail"
    url = f"http://127.0.0.1:{port}"
    stage.environment |= {
        "JOURNEY_SITE_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "MEDIA_URL": "/media/",
    }
    stage.start("-m", "newsroom.servers.mailbox", "--port", str(mail_port), "--folder", str(folder))
    server = ["-m", "gunicorn", "newsroom.wsgi", "-b", f"127.0.0.1:{port}", "-w", "1", "-k", "gthread"]
    stage.start(*server, "--threads", "4", "--no-control-socket")
    wait_until(lambda: is_alive(url))

    def letters():
        paths = sorted(folder.glob("*.eml")) if folder.is_dir() else []
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]

    return SimpleNamespace(url=url, letters=letters)


@pytest.fixture
def site(web, stage):
    """The running newsroom: the web server, a worker and the clock."""
    stage.worker()
    stage.beat()
    return web


def is_alive(url):
    try:
        with urllib.request.urlopen(f"{url}/sante/vivant", timeout=2) as answer:  # noqa: S310 - our own server
            return answer.status == 200
    except OSError:
        return False


class Visitor:
    """A person at a browser; remembers everything the console complained of."""

    def __init__(self, context, url):
        self.context = context
        self.url = url
        self.complaints = []
        self.page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def goto(self, path):
        """Open an address of the site and wait until the page and its personal part stand still."""
        response = self.page.goto(self.url + path)
        self.page.wait_for_load_state("networkidle")
        return response

    def sign_in(self, person):
        """Sign in through the form, as everybody does."""
        self.goto("/compte/connexion/")
        self.fill_in_sign_in(person)
        assert "/compte/" not in self.page.url, self.page.inner_text("main")

    def fill_in_sign_in(self, person):
        """Fill in the form that stands on the page, as somebody whose address is confirmed."""
        EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
        self.page.fill("input[name=login]", person.email)
        self.page.fill("input[name=password]", PASSWORD)
        with self.page.expect_navigation(wait_until="networkidle"):
            self.page.click("main button[type=submit]")

    def violations(self):
        """Return what axe finds wrong on the page, one line each.

        What axe provokes itself (it tries styles that the page's policy refuses) is no complaint of the page.
        """
        heard = [*self.complaints]
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations",
            STANDARDS,
        )
        self.complaints = heard
        return [
            f"{violation['id']}: {violation['help']} — {node['target']} {node['html'][:120]}"
            for violation in found
            for node in violation["nodes"]
        ]


@pytest.fixture
def visitor(chromium, site):
    """Return a maker of visitors: ``visitor()``, ``visitor(viewport=NARROW, color_scheme="dark")``."""
    contexts = []

    def make(**options):
        context = chromium.new_context(
            locale="fr-FR",
            timezone_id="Europe/Paris",
            # axe is put into the page by the test, which the page's own policy would refuse.
            bypass_csp=options.pop("bypass_csp", False),
            **{"viewport": WIDE, **options},
        )
        contexts.append(context)
        return Visitor(context, site.url)

    yield make
    for context in contexts:
        context.close()
