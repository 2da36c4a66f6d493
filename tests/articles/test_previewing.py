"""The newsroom sees an article with the real template before readers do, and leaves no trace."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.contents import content_of
from articles.models import Article
from articles.publishing import publish
from articles.writing import write
from newsroom.events.models import Event
from newsroom.taxonomy.models import Tag
from tests.factories.articles import ArticleFactory, DraftFactory, SpecialtyFactory

HOUR = timedelta(hours=1)


def seen(browser, article, **query):
    answer = browser.get(article.get_preview_url(), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_preview_shows_what_the_newsroom_works_on_and_leaves_no_trace(browser_of, editor):
    story = ArticleFactory(title="Vu des lecteurs")
    write(story, {"title": "En chantier", "tags": ["neuf"], "references": [{"text": "Une étude."}]}, by=editor)
    live, events = content_of(Article.objects.get()), Event.objects.count()

    page = seen(browser_of(editor), story)

    assert all(part in page for part in ("En chantier", "Une étude.", "Neuf"))
    assert "Vu des lecteurs" not in page
    assert content_of(Article.objects.get()) == live
    assert not Tag.objects.filter(name="neuf").exists()
    assert Event.objects.count() == events


def test_a_draft_has_a_preview_too(browser_of, editor):
    draft = DraftFactory(title="Premier jet")

    assert "Premier jet" in seen(browser_of(editor), draft)


def test_a_revision_is_previewed_by_its_number(browser_of, editor):
    draft = write(Article(), {"title": "Un"}, by=editor)
    write(draft, {"title": "Deux"}, by=editor)

    assert "<h1>Un</h1>" in seen(browser_of(editor), draft, revision=1)
    assert browser_of(editor).get(draft.get_preview_url(), {"revision": 9}).status_code == 404


def test_the_public_of_a_reserved_article_sees_the_way_in_and_professionals_the_text(browser_of, editor):
    draft = DraftFactory(audience="professionals", body="<p>Le texte réservé.</p>")
    browser = browser_of(editor)

    assert "Le texte réservé." not in seen(browser, draft)
    assert "Le texte réservé." in seen(browser, draft, public="professionals")


def test_a_moment_to_come_shows_what_will_stand_beside_it(browser_of, editor, chief):
    rubric = SpecialtyFactory()
    draft = DraftFactory(primary_specialty=rubric)
    publish(DraftFactory(title="Paraîtra demain", primary_specialty=rubric), by=chief, at=timezone.now() + 24 * HOUR)
    tomorrow = timezone.localtime(timezone.now() + 25 * HOUR).strftime("%Y-%m-%dT%H:%M")

    assert "Paraîtra demain" not in seen(browser_of(editor), draft)
    assert "Paraîtra demain" in seen(browser_of(editor), draft, le=tomorrow)


@pytest.mark.parametrize("query", [{"le": "hier"}, {"le": "0001-01-01T00:00"}, {"public": "x"}, {"revision": "-1"}])
def test_what_is_asked_for_in_vain_is_left_out(browser_of, editor, query):
    assert "Premier jet" in seen(browser_of(editor), DraftFactory(title="Premier jet"), **query)


def test_only_our_own_pages_may_frame_a_preview(browser_of, editor):
    answer = browser_of(editor).get(DraftFactory().get_preview_url())

    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("width", ["390", "768", "1280"])
def test_the_frame_has_the_width_that_was_chosen(browser_of, editor, width):
    draft = DraftFactory()

    page = browser_of(editor).get(reverse("desk:preview", args=[draft.pk]), {"largeur": width}).content.decode()

    assert f"desk-preview__frame--{width}" in page
    assert f'src="{draft.get_preview_url()}?' in page


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["lea", "camille", "moderator"])
def test_who_does_not_work_on_articles_previews_none(who, request, browser_of):
    draft = DraftFactory()
    browser = browser_of(request.getfixturevalue(who))

    assert browser.get(draft.get_preview_url()).status_code == 403
    assert browser.get(reverse("desk:preview", args=[draft.pk])).status_code == 403
