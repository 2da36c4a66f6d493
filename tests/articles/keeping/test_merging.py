"""A save that was typed on an older text: nothing is overwritten, nothing is lost, a person decides."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, ArticleRevision
from articles.revising import autosave
from articles.writing import write
from tests.factories.articles import AuthorFactory
from tests.factories.desk import rows, typed

CHANGE = "admin:articles_article_change"
BODY = "<p>Le début.</p><p>Le milieu.</p><p>La fin.</p>"


@pytest.fixture
def story(editor):
    """A draft of one revision."""
    content = {"title": "Vaccins", "standfirst": "Deux phrases.", "body": BODY, "format": "news", "audience": "public"}
    return write(Article(), content, by=editor)


def save(browser, story, **fields):
    """Send the form as the person typed it on the first revision."""
    return browser.post(
        reverse(CHANGE, args=[story.pk]),
        typed(**{"title": "Vaccins", "body": BODY, "base": 1, "form_key": "k", **fields}),
    )


def send_on(browser, answer, story, **choices):
    """Send the page of the merge, with choices."""
    fields = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', answer.content.decode()):
        name, value = (unescape(re.search(f'{part}="([^"]*)"', tag)[1]) for part in ("name", "value"))
        fields.setdefault(name, []).append(value)
    fields |= {f"fusion-{name.replace('__', '-')}": value for name, value in choices.items()}
    return browser.post(reverse(CHANGE, args=[story.pk]), fields)


def test_a_stale_save_is_answered_with_everything_and_changes_nothing(story, browser_of, editor, chief):
    write(story, {"title": "Le titre du chef"}, by=chief, base=1)

    answer = save(browser_of(editor), story, title="Mon titre", kicker="Terrain")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Marc Aubry a enregistré cet article le" in page
    assert "Le titre du chef" in unescape(re.sub("<[^>]+>", "", page))
    assert [conflict["it"].key for conflict in answer.context["conflicts"]] == ["title"]
    assert [field.name for field in answer.context["kept"]] == ["kicker"]
    assert Article.objects.get().title == "Le titre du chef"
    # The page may be lost too: what was typed is on the server.
    assert ArticleRevision.objects.unsaved_by(editor).get().content["title"] == "Mon titre"


@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "Mon titre"), ("theirs", "Le titre du chef"), ("edited", "Notre titre")]
)
def test_what_was_chosen_is_saved_on_the_version_that_was_merged_onto(story, browser_of, editor, chief, choice, title):
    write(story, {"title": "Le titre du chef", "standfirst": "Du chef."}, by=chief, base=1)
    browser = browser_of(editor)
    page = save(browser, story, title="Mon titre", kicker="Terrain")

    answer = send_on(browser, page, story, title=choice, title__texte="Notre titre", _save="")

    merged = Article.objects.get()
    assert answer.status_code == 302
    assert (merged.title, merged.kicker, merged.standfirst, merged.version) == (title, "Terrain", "Du chef.", 3)
    assert merged.revisions.get(number=3).base == 2
    assert not ArticleRevision.objects.unsaved_by(editor).exists()


def test_changes_to_different_places_need_one_press(story, browser_of, editor, chief):
    write(story, {"body": BODY.replace("fin", "conclusion"), "tags": ["du chef"]}, by=chief, base=1)
    browser = browser_of(editor)
    page = save(browser, story, body=BODY.replace("début", "commencement"), tags="de l’éditeur")

    send_on(browser, page, story, _save="")

    merged = Article.objects.get()
    assert page.context["conflicts"] == []
    assert merged.body == "<p>Le commencement.</p><p>Le milieu.</p><p>La conclusion.</p>"
    assert set(merged.tags.names()) == {"du chef", "de l’éditeur"}


def test_a_passage_left_undecided_comes_back_with_the_choices_made(story, browser_of, editor, chief):
    write(story, {"title": "Le sien", "body": BODY.replace("début", "sien")}, by=chief, base=1)
    browser = browser_of(editor)
    page = save(browser, story, title="Le mien", body=BODY.replace("début", "mien"))
    [_title, passage] = [conflict["it"].key for conflict in page.context["conflicts"]]

    again = send_on(browser, page, story, title="edited", title__texte="Le nôtre", _save="")
    done = send_on(browser, again, story, title="edited", title__texte="Le nôtre", **{passage: "both"}, _save="")

    assert again.status_code == 409
    assert "Choisissez une version pour chaque point." in again.content.decode()
    first = again.context["conflicts"][0]
    assert (first["choice"], first["edited"]) == ("edited", "Le nôtre")
    assert done.status_code == 302
    assert Article.objects.get().body == "<p>Le mien.</p><p>Le sien.</p><p>Le milieu.</p><p>La fin.</p>"
    assert Article.objects.get().title == "Le nôtre"


def test_a_third_save_during_the_merge_is_merged_too(story, browser_of, editor, chief):
    write(story, {"title": "Deuxième"}, by=chief, base=1)
    browser = browser_of(editor)
    page = save(browser, story, title="Le mien", kicker="Terrain")
    write(Article.objects.get(), {"title": "Troisième"}, by=chief)

    again = send_on(browser, page, story, title="mine", _save="")
    send_on(browser, again, story, title="theirs", _save="")

    assert again.status_code == 409
    merged = Article.objects.get()
    assert (merged.title, merged.kicker) == ("Troisième", "Terrain")


def test_what_was_typed_beside_the_content_and_the_button_go_along(browser_of, chief, editor):
    from tests.factories.articles import ArticleFactory

    story = write(ArticleFactory(slug="vaccins"), {"title": "Vaccins"}, by=editor)
    version = story.version
    write(story, {"title": "Le sien"}, by=editor, base=version)
    row = {"position": 1, "author": story.bylines.get().author_id}
    told = {"kind": "figure", "is_substantive": "on", "text": "La dose était fausse."}
    sent = {"primary_specialty": story.primary_specialty_id, "slug": "autre-adresse", "kicker": "Pratique"}
    browser = browser_of(chief)
    page = save(
        browser,
        story,
        base=version,
        title="Le mien",
        **sent,
        **rows("bylines", row),
        **rows("corrections", told),
        _publish_changes="",
    )

    answer = send_on(browser, page, story, title="mine")

    story = Article.objects.get()
    assert (page.status_code, answer.status_code) == (409, 302)
    assert (story.slug, story.title, story.is_modified) == ("autre-adresse", "Le mien", False)
    assert story.corrections.get().text == "La dose était fausse."


def test_a_sound_that_was_sent_goes_along_and_no_other_file_can_be_named(
    story, browser_of, editor, chief, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    write(story, {"title": "Le sien"}, by=chief, base=1)
    browser = browser_of(editor)
    page = save(browser, story, title="Le mien", audio=SimpleUploadedFile("entretien.mp3", b"ID3"))

    forged = send_on(browser, page, story, title="mine", audio="autre-dossier/secret.mp3", _save="")

    assert forged.status_code == 302
    assert Article.objects.get().audio.name == ""
    write(Article.objects.get(), {"title": "Encore"}, by=chief)
    page = save(
        browser, story, base=3, title="Le mien 2", audio=SimpleUploadedFile("entretien.mp3", b"ID3"), form_key="k2"
    )
    send_on(browser, page, story, title="mine", _save="")
    assert Article.objects.get().audio.name.endswith(".mp3")
    with Article.objects.get().audio as sound:
        assert sound.read() == b"ID3"


def test_the_common_version_thinned_away_every_difference_is_asked(story, browser_of, editor, chief):
    write(story, {"title": "Le sien", "kicker": "Enquête"}, by=chief, base=1)
    story.revisions.filter(number=1).delete()

    page = save(browser_of(editor), story, title="Vaccins", kicker="")

    assert {conflict["it"].key for conflict in page.context["conflicts"]} == {"title", "kicker"}
    assert "n’est plus gardée" in page.content.decode()


def test_a_form_sent_twice_is_no_conflict(story, browser_of, editor):
    browser = browser_of(editor)

    answers = [save(browser, story, title="Le mien", _save="") for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Article.objects.get().version == 2


def test_signatures_at_odds_are_chosen(story, browser_of, editor, chief):
    first, second = AuthorFactory(), AuthorFactory()
    write(story, {"bylines": [{"author": first.pk}]}, by=chief, base=1)
    browser = browser_of(editor)
    page = save(browser, story, **rows("bylines", {"position": 1, "author": second.pk}))

    send_on(browser, page, story, bylines="both", _save="")

    assert {signature.author for signature in Article.objects.get().bylines.all()} == {first, second}


@pytest.mark.parametrize("onto", ["", "abc", "0", "9" * 40, "77"])
def test_a_merge_that_names_no_version_is_merged_with_what_stands(story, browser_of, editor, chief, onto):
    write(story, {"title": "Le sien"}, by=chief, base=1)

    answer = save(browser_of(editor), story, title="Le mien", **{"fusion-base": onto})

    assert answer.status_code == 409
    assert Article.objects.get().title == "Le sien"


def test_who_may_not_write_learns_nothing_by_a_merge(story, browser_of, moderator, editor):
    answer = save(browser_of(moderator), story, title="Le mien", **{"fusion-base": "1"})
    missing = browser_of(editor).post(reverse(CHANGE, args=[99]), typed(**{"fusion-base": "1"}))

    assert answer.status_code == 403
    assert "Vaccins" not in answer.content.decode()
    assert missing.status_code == 302


def test_a_text_that_waits_for_a_decision_outlives_a_merge(story, browser_of, editor, chief):
    autosave(story, {"title": "Avant la panne"}, editor, base=1, form_key="a")
    write(story, {"title": "Le sien"}, by=chief, base=1)

    answer = save(browser_of(editor), story, title="Le mien")

    assert (answer.status_code, len(answer.context["conflicts"])) == (409, 1)
    assert ArticleRevision.objects.unsaved_by(editor).get().content["title"] == "Avant la panne"
