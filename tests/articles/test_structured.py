"""What machines read of an article: the type of its format, its dates, who signs, who paid."""

from datetime import UTC, datetime

import pytest

from articles.models import Article, Byline
from articles.structured import news_article
from tests.factories.articles import ArticleFactory, AuthorFactory, DraftFactory

pytestmark = pytest.mark.django_db
Format = Article.Format
TYPES = [
    (Format.NEWS, "NewsArticle"),
    (Format.INTERVIEW, "NewsArticle"),
    (Format.INVESTIGATION, "ReportageNewsArticle"),
    (Format.REPORT, "ReportageNewsArticle"),
    (Format.EXPLAINER, "BackgroundNewsArticle"),
    (Format.CASE, "NewsArticle"),
    (Format.PODCAST, "NewsArticle"),
    (Format.VIDEO, "NewsArticle"),
    (Format.OPINION, "OpinionNewsArticle"),
    (Format.BRIEF, "NewsArticle"),
    (Format.DOSSIER, "NewsArticle"),
    (Format.PARTNER, "AdvertiserContentArticle"),
]


def test_every_format_has_its_type():
    told = {kind: news_article(ArticleFactory(format=kind))["@type"] for kind in Format}

    assert told == dict(TYPES)


def test_whoever_paid_is_named_whatever_the_format():
    data = news_article(ArticleFactory(format=Format.REPORT, sponsor="Laboratoire X"))

    assert data["@type"] == "AdvertiserContentArticle"
    assert data["sponsor"] == {"@type": "Organization", "name": "Laboratoire X"}
    assert "sponsor" not in news_article(ArticleFactory())


def test_only_a_correction_on_substance_is_a_modification():
    published, corrected = datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)

    untouched = news_article(ArticleFactory(published_at=published))
    mended = news_article(ArticleFactory(published_at=published, corrected_at=corrected))

    assert untouched["dateModified"] == untouched["datePublished"] == published.isoformat()
    assert mended["dateModified"] == corrected.isoformat()
    assert mended["publisher"]["correctionsPolicy"] == "http://testserver/corrections/"


def test_a_draft_has_no_dates():
    data = news_article(DraftFactory(signed_by=[]))

    assert {"datePublished", "dateModified", "image", "author"}.isdisjoint(data)


def test_who_signs_is_told_with_role_and_house():
    story = ArticleFactory(signed_by=[AuthorFactory(name="Anne Aubert", role="Rédactrice"), AuthorFactory()])
    Byline.objects.filter(author__name="Anne Aubert").update(role="Envoyée spéciale", affiliation="CHU de Lyon")

    first, second = news_article(story)["author"]

    assert first["name"] == "Dre\N{NO-BREAK SPACE}Anne Aubert"
    assert first["jobTitle"] == "Envoyée spéciale"
    assert first["affiliation"] == {"@type": "Organization", "name": "CHU de Lyon"}
    assert {"jobTitle", "affiliation"}.isdisjoint(second)


def test_sound_is_told_unless_it_is_reserved():
    podcast = {"format": Format.PODCAST, "audio": "audio/essai.mp3"}

    heard = news_article(ArticleFactory(**podcast, audio_seconds=90))
    untimed = news_article(ArticleFactory(**podcast))
    reserved = news_article(ArticleFactory(**podcast, audience=Article.Audience.PROFESSIONALS))

    address = "http://testserver/media/audio/essai.mp3"
    assert heard["audio"] == {"@type": "AudioObject", "contentUrl": address, "duration": "PT90S"}
    assert untimed["audio"] == {"@type": "AudioObject", "contentUrl": address}
    assert "audio" not in reserved
    assert reserved["isAccessibleForFree"] is False


def test_an_article_from_elsewhere_names_the_address_where_it_came_out():
    story = ArticleFactory(canonical_url="https://revue.example/insuline")

    assert news_article(story)["mainEntityOfPage"] == "https://revue.example/insuline"
