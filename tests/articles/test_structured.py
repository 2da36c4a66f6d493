"""What machines read of an article: the type of its format, its dates, who signs, who paid."""

from datetime import UTC, datetime

import pytest

from articles.models import Article, Byline, Reference
from articles.structured import descriptions, news_article, podcast_episode, profile_page
from tests.factories.articles import ArticleFactory, AuthorFactory, DraftFactory, SpecialtyFactory
from tests.factories.full_article import full_article
from tests.page_facts import facts_of

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

    assert {"datePublished", "dateModified", "author", "discussionUrl"}.isdisjoint(data)


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


# What Google asks of or recommends for an article, and what the issue asks for besides.
REQUIRED = {
    "@context",
    "@type",
    "headline",
    "description",
    "datePublished",
    "dateModified",
    "author",
    "publisher",
    "image",
    "mainEntityOfPage",
    "articleSection",
    "keywords",
    "citation",
    "correction",
    "isAccessibleForFree",
    "commentCount",
    "inLanguage",
}
SECRET = "La posologie réservée est de douze gouttes"


def test_the_page_of_an_article_tells_all_that_is_asked_for(client):
    story = full_article(comments=2)

    told = facts_of(client, story.get_absolute_url())
    data = told.of_type("NewsArticle")

    assert set(data) >= REQUIRED
    assert data["headline"] == "Cancers : ce qui change"
    assert [person["url"] for person in data["author"]] == [
        f"http://testserver{byline.author.get_absolute_url()}" for byline in story.bylines.all()
    ]
    assert data["publisher"]["@type"] == "NewsMediaOrganization"
    assert data["publisher"]["logo"]["url"].startswith("http://testserver/static/img/icon-512")
    assert data["image"] == [f"http://testserver{story.image.card_url}", *told.metas["og:image"]]
    assert data["articleSection"] == "Cancérologie"
    assert sorted(data["keywords"]) == ["Innovation", "Recherche clinique"]
    assert data["citation"][0]["url"] == "https://doi.org/10.5555/12345678"
    assert data["commentCount"] == 2
    assert data["isAccessibleForFree"] is True
    assert "hasPart" not in data


def test_what_was_put_right_is_told_with_its_date_and_place(client):
    story = full_article()
    told = story.corrections.get()

    (correction,) = facts_of(client, story.get_absolute_url()).of_type("NewsArticle")["correction"]

    assert correction == {
        "@type": "CorrectionComment",
        "text": "La dose était fausse.",
        "datePublished": told.made_at.isoformat(),
        "url": f"http://testserver{story.get_absolute_url()}#{told.anchor}",
    }


@pytest.mark.parametrize("audience", ["registered", "professionals"])
def test_a_restricted_article_names_the_part_that_is_reserved_and_nothing_of_it(client, audience):
    story = ArticleFactory(audience=audience, body=f"<p>{SECRET}</p>", key_points=SECRET, evidence_note=SECRET)
    Reference.objects.create(article=story, text=SECRET)
    story.corrections.create(text=SECRET)

    told = facts_of(client, story.get_absolute_url())
    data = told.of_type("NewsArticle")

    assert data["isAccessibleForFree"] is False
    assert data["hasPart"]["isAccessibleForFree"] is False
    assert data["hasPart"]["cssSelector"].removeprefix(".") in told.classes
    assert SECRET not in repr((told.blocks, told.metas))
    assert {"citation", "correction", "audio"}.isdisjoint(data)


def test_a_podcast_is_an_episode_of_the_houses_series(client):
    story = ArticleFactory(format=Format.PODCAST, audio="audio/essai.mp3", audio_seconds=90)

    episode = facts_of(client, story.get_absolute_url()).of_type("PodcastEpisode")

    assert episode["name"] == story.title
    assert episode["associatedMedia"]["contentUrl"] == "http://testserver/media/audio/essai.mp3"
    assert episode["timeRequired"] == "PT90S"
    assert episode["partOfSeries"]["webFeed"] == "http://testserver/flux/podcast.rss"
    assert client.get(episode["partOfSeries"]["url"]).status_code == 200


def test_what_is_not_listened_to_or_is_reserved_is_no_episode():
    reserved = ArticleFactory(format=Format.PODCAST, audio="audio/r.mp3", audience=Article.Audience.PROFESSIONALS)

    assert podcast_episode(reserved) is None
    assert podcast_episode(ArticleFactory(audio="audio/lu.mp3")) is None
    assert podcast_episode(ArticleFactory(format=Format.PODCAST)) is None
    assert len(descriptions(reserved)) == 1


def test_the_facts_of_an_article_cost_one_query_with_one_correction_and_with_three(django_assert_num_queries):
    for corrections in (1, 3):
        story = ArticleFactory(primary_specialty=SpecialtyFactory())
        for _number in range(corrections):
            story.corrections.create(text="Une erreur.")
        fetched = Article.objects.for_page().get(pk=story.pk)
        with django_assert_num_queries(1):
            news_article(fetched)


def test_an_authors_page_is_a_profile(client):
    author = AuthorFactory(name="Anne Aubert", role="Rédactrice", biography="Médecin.")
    ArticleFactory(signed_by=[author])

    told = facts_of(client, author.get_absolute_url())
    person = told.of_type("ProfilePage")["mainEntity"]

    assert (person["@type"], person["name"], person["jobTitle"]) == ("Person", "Anne Aubert", "Rédactrice")
    assert person["description"] == "Médecin."
    assert person["url"] == f"http://testserver{author.get_absolute_url()}"
    assert told.metas["og:type"] == ["profile"]
    assert "jobTitle" not in profile_page(AuthorFactory())["mainEntity"]
