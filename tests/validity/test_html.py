"""No page that readers see has an error that the Nu HTML checker finds."""

import re
from types import SimpleNamespace

import pytest

from tests.validity.asking import answer_to, browsers_of, pages_without_an_address
from tests.validity.checker import complaints, reason_for_none
from tests.validity.furnishing import confirm
from tests.validity.states import EMPTY, states_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(reason_for_none()), reason=reason_for_none() or "—"),
]
# Around what a script puts into a page: a page to check it in.
AROUND = """<!doctype html>
<html lang="fr">
  <head><title>Fragment</title></head>
  <body><h1>Page</h1><h2>Partie</h2>{}</body>
</html>"""
WRONG = [
    "<p>Un <em>mot</p>",
    "<h4>Quatre</h4>",
    '<ol hx-get="/x/"><li>Un</li></ol>',
    '<p id="a">Un</p><p id="a">Deux</p>',
    '<time datetime="2026-03-01T08:00:00.123456+01:00">hier</time>',
    '<form action=""></form>',
]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    return folder


def keep(folder, name, html):
    """Write a page into the folder under a name that says what it is."""
    whole = html if html.lstrip().lower().startswith("<!doctype") else AROUND.format(html)
    number = len(list(folder.iterdir()))
    (folder / f"{number:03}-{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')[:80]}.html").write_text(whole)


def keep_all(folder, house, states):
    """Write the pages of states into the folder; each must answer with its status."""
    browser_of, wrong = browsers_of(house), []
    for state in states:
        answer = answer_to(browser_of, state)
        if answer.status_code != state.status:
            wrong.append(f"{state}: {answer.status_code}")
        keep(folder, f"{state.who}-{state.path}{'' if state.sent is None else '-sent'}", answer.content.decode())
    assert wrong == []


def test_no_page_of_a_full_site_has_an_error(house, folder):
    keep_all(folder, house, states_of(house))
    for name, html in pages_without_an_address().items():
        keep(folder, name, html)

    assert complaints(folder) == []


def test_no_page_of_an_empty_site_has_an_error(lea, moderator, folder):
    confirm(lea, moderator)
    keep_all(folder, SimpleNamespace(lea=lea, moderator=moderator), EMPTY)

    assert complaints(folder) == []


def test_errors_are_seen(folder):
    for number, body in enumerate(WRONG):
        keep(folder, f"faulty {number}", AROUND.format(body))

    found = {said.split()[1].partition(":")[0] for said in complaints(folder)}

    assert found == {page.name for page in folder.iterdir()}
    assert len(found) == len(WRONG)
