"""The rich text editor as an article's form configures it: what it offers, and that it writes what the house stores."""

import json

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from newsroom.core.pasting import cleaned

ORIGIN = "http://redaction.test"
BUNDLE = "django_ckeditor_5/dist"
# An article with everything that one may hold, as the editor writes it.
STORED = (
    '<h2>Titre</h2><p>Un <strong>mot</strong>, H<sub>2</sub>O [1] &amp; <a href="https://a.example/">lien</a></p>'
    '<figure class="media"><oembed url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"></oembed></figure>'
    '<figure class="media"><oembed url="https://shows.acast.com/le-serment/episodes/garde"></oembed></figure>'
    '<figure class="table"><table><thead><tr><th>Dose</th></tr></thead><tbody><tr><td>10 mg</td></tr></tbody></table>'
    "<figcaption>Légende</figcaption></figure>"
    '<figure class="image"><img src="/media/a.jpg" alt=""></figure>'
    '<figure class="image"><img src="/media/b.jpg"><figcaption>Rouen</figcaption></figure>'
    "<h3>Second</h3><blockquote><p>Citation</p></blockquote><ul><li>un<ul><li>deux</li></ul></li></ul><ol><li>un</li></ol>"
)
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">'
    "<style>p.MsoNormal {margin:0}\n@list l0:level1 {mso-level-number-format:bullet;}</style></head><body>"
    "<!--StartFragment-->"
    "<p class=MsoNormal style='color:red'><b>Gras</b><span style='font-family:Arial;color:red'> et rouge</span></p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Un</p>"
    "<!--EndFragment--></body></html>"
)


@pytest.fixture
def editor(chromium):
    """The editor on a page of its own, and what the page asked for elsewhere."""
    config = settings.CKEDITOR_5_CONFIGS["article"]
    context = {"widget": {"name": "body", "attrs": {"id": "id_body", "class": "django_ckeditor_5"}}, "config": config}
    context |= {"script_id": "id_body_script", "upload_url": "/envoyer/", "upload_file_types": "[]"}
    form = render_to_string("django_ckeditor_5/widget.html", context)
    page = (
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><link rel="stylesheet" href="/{BUNDLE}/styles.css">'
        f'<label for="id_body">Texte</label>{form}<script src="/{BUNDLE}/bundle.js"></script>'
        f'<script src="/{BUNDLE}/translations/fr.js"></script></html>'
    )
    tab = chromium.new_context(locale="fr-FR").new_page()
    tab.elsewhere, tab.complaints = [], []

    def answer(route):
        path = route.request.url.removeprefix(ORIGIN)
        if path == route.request.url:
            tab.elsewhere.append(path)
        found = finders.find(path.strip("/"))
        if path == "/":
            route.fulfill(body=page, content_type="text/html")
        elif found:
            route.fulfill(path=found)
        else:
            route.fulfill(status=204)

    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.route("**/*", answer)
    tab.goto(f"{ORIGIN}/")
    tab.locator(".ck-editor__editable").wait_for()
    return tab


def shown(tab, html):
    return tab.evaluate("html => {{ const it = window.editors.id_body; it.setData(html); return it.getData(); }}", html)


def test_an_article_passes_through_the_editor_and_the_form_unchanged_and_loads_nothing_elsewhere(editor):
    written = shown(editor, STORED)

    # The editor numbers its items anew each time it is opened; the form takes that away.
    assert cleaned(written) == STORED
    assert editor.locator(".ck-content iframe").count() == 0
    assert editor.elsewhere == editor.complaints == []


def test_the_toolbar_speaks_french_and_counts_words(editor):
    labels = editor.evaluate(
        "[...document.querySelectorAll('[data-cke-tooltip-text]')].map(b => b.dataset.ckeTooltipText)"
    )
    shown(editor, "<p>un deux trois</p>")

    assert len(labels) == len([item for item in settings.CKEDITOR_5_CONFIGS["article"]["toolbar"] if item != "|"])
    assert any("média" in label for label in labels)
    editor.locator(".ck-word-count").get_by_text("Mots : 3").wait_for()


@pytest.mark.parametrize("sign", ["«", "»", "—", "…", "’"])
def test_the_signs_of_french_typography_can_be_chosen(editor, sign):
    offered = editor.evaluate(
        "() => { const it = window.editors.id_body.plugins.get('SpecialCharacters');"
        " return [...it.getGroups()].flatMap(g => [...it.getCharactersForGroup(g)].map(t => it.getCharacter(t, g))); }"
    )

    assert sign in offered


def test_a_page_of_word_enters_without_its_fonts_and_colours(editor):
    shown(editor, "<p></p>")
    editor.evaluate(
        f"""() => {{
          const data = new DataTransfer();
          data.setData('text/html', {json.dumps(WORD)});
          const place = document.querySelector('.ck-editor__editable');
          place.focus();
          place.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }}));
        }}"""
    )

    written = editor.evaluate("window.editors.id_body.getData()")

    assert cleaned(written) == "<p><strong>Gras</strong> et rouge</p><ul><li>Un</li></ul>"
    assert "style" not in written
