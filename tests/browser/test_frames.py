"""Frames of debates and consultations as another site's readers see them: whole, readable, without a scroll bar."""

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from newsroom.frontpage.embedding import embedded_at, rich
from tests.factories.debates import closed_debate, debate_of
from tests.factories.polls import PollFactory

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
LONG = (
    "Les médecins généralistes doivent-ils pouvoir stocker des vaccins au cabinet sans déclaration préalable, "
    "au risque de la chaîne du froid ?"
)


@pytest.fixture
def site(web):
    """Nobody needs a worker to look at a frame."""
    return web


@pytest.fixture
def framed():
    answers = ["Oui", "Non, jamais sans un réfrigérateur dédié et relevé deux fois par jour", "Sans avis"]
    return [
        debate_of(),
        debate_of(question=LONG),
        closed_debate(),
        PollFactory(),
        PollFactory(question=LONG, choices=[*answers, *(f"Autre réponse {n}" for n in range(5))]),
    ]


def test_a_frame_fits_into_the_height_that_is_told(visitor, framed):
    faults = []
    for scheme in ("light", "dark"):
        person = visitor(color_scheme=scheme)
        for number, thing in enumerate(framed):
            for width in (300, 400, 600):
                path = thing.get_absolute_url()
                told = rich(embedded_at(f"http://testserver{path}"), widest=width, highest=4000)
                person.page.set_viewport_size({"width": width, "height": told["height"]})
                person.goto(f"{path}cadre/")
                if folder := os.environ.get("SCREENSHOTS"):
                    person.page.screenshot(path=f"{folder}/frame-{number}-{width}-{scheme}.png")
                box = person.page.evaluate(
                    "() => { const root = document.documentElement, end = document.querySelector('main > :last-child');"
                    " return [root.scrollWidth - root.clientWidth, root.scrollHeight - root.clientHeight,"
                    " root.clientHeight - end.getBoundingClientRect().bottom] }"
                )
                wrong = [*person.violations(), *person.complaints]
                person.complaints.clear()
                if box[0] > 0 or box[1] > 0 or box[2] > 130:
                    wrong.append(f"sideways {box[0]}, down {box[1]}, empty {box[2]}")
                faults += [f"{thing} at {width} {scheme}: {fault}" for fault in wrong]

    assert faults == []


@pytest.fixture
def elsewhere(tmp_path):
    """Another site, on another port; gives its folder and its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}/ailleurs.html"
        server.shutdown()


def test_another_sites_page_shows_the_frame(visitor, framed, elsewhere):
    person = visitor()
    thing = framed[0]
    html = rich(embedded_at(f"http://testserver{thing.get_absolute_url()}"), widest=300, highest=4000)["html"]
    folder, address = elsewhere
    (folder / "ailleurs.html").write_text(f"<!doctype html>{html.replace('http://testserver', person.url)}")

    person.page.goto(address)
    link = person.page.frame_locator("iframe").get_by_role("link")

    assert "Voter sur L’Observance" in link.inner_text(timeout=10_000)
    assert link.get_attribute("target") == "_top"
