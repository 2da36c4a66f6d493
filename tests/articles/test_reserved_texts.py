"""Who reads what before or beside the public."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from articles.models import Article, Reference
from tests.factories.articles import ArticleFactory, DraftFactory
from tests.factories.full_article import page_of

pytestmark = pytest.mark.django_db
SECRET = "La posologie réservée est de douze gouttes"


def test_a_reserved_text_is_absent_and_the_way_in_is_told(client, browser_of, camille):
    story = ArticleFactory(
        audience=Article.Audience.PROFESSIONALS,
        body=f"<p>{SECRET}</p>",
        key_points=f"{SECRET}, en bref",
        audio="audio/reserve.mp3",
    )
    Reference.objects.create(article=story, text=f"{SECRET}, étude")
    story.tags.add("posologie")

    for browser in (client, browser_of(camille)):
        page = page_of(browser, story)
        assert SECRET not in page
        assert "reserve.mp3" not in page
        assert "Ce qui est nouveau, et pour qui." in page
        assert "Ce texte est réservé aux professionnels de santé" in page
        assert f'href="{story.get_reserved_url()}"' in page


def test_a_reserved_text_is_absent_from_every_list(client):
    story = ArticleFactory(audience=Article.Audience.PROFESSIONALS, body=f"<p>{SECRET}</p>", key_points=SECRET)
    story.tags.add("posologie")
    lists = [reverse("articles:list"), *(thing.get_absolute_url() for thing in _lists_of(story))]

    for address in lists:
        page = client.get(address).content.decode()
        assert story.title in page
        assert SECRET not in page


def test_a_verified_professional_reads_the_reserved_text_on_an_uncached_page(browser_of, camille):
    story = ArticleFactory(audience=Article.Audience.PROFESSIONALS, body=f"<p>{SECRET}</p>")

    answer = browser_of(camille).get(story.get_reserved_url())

    page = answer.content.decode()
    assert SECRET in page
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="http://testserver{story.get_absolute_url()}">' in page


def test_others_do_not_read_the_reserved_text(client, browser_of, lea):
    story = ArticleFactory(audience=Article.Audience.PROFESSIONALS, body=f"<p>{SECRET}</p>")

    signed_out = client.get(story.get_reserved_url())
    unverified = browser_of(lea).get(story.get_reserved_url())

    assert signed_out.status_code == 302
    assert "next=" in signed_out["Location"]
    assert unverified.status_code == 403
    assert "réservé aux professionnels de santé dont le titre est vérifié" in unverified.content.decode()
    assert SECRET not in unverified.content.decode()


def test_an_article_for_everybody_has_no_second_page(browser_of, camille):
    story = ArticleFactory()

    answer = browser_of(camille).get(story.get_reserved_url())

    assert answer["Location"] == story.get_absolute_url()


def test_an_embargo_holds_for_professionals_too(browser_of, camille):
    embargo_until = datetime(2126, 1, 1, 8, tzinfo=UTC)
    story = ArticleFactory(audience=Article.Audience.PROFESSIONALS, embargo_until=embargo_until)

    assert browser_of(camille).get(story.get_reserved_url()).status_code == 404


def test_the_newsroom_previews_a_draft_and_readers_do_not(client, browser_of, editor, camille):
    draft = DraftFactory(body="<p>Pas encore.</p>", primary_specialty=None)

    seen = browser_of(editor).get(draft.get_preview_url())

    assert "Pas encore." in seen.content.decode()
    assert "Les lecteurs ne voient pas cette page." in seen.content.decode()
    assert "no-store" in seen["Cache-Control"]
    assert client.get(draft.get_preview_url()).status_code == 302
    assert browser_of(camille).get(draft.get_preview_url()).status_code == 403


def _lists_of(story):
    return [story.primary_specialty, story.tags.get(), story.bylines.get().author]
