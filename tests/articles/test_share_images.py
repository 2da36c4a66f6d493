"""The picture of an article's link: drawn when the article comes out, never before, and anew with a new title."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from articles import share_images
from articles.events import ArticleChanged, ArticlePublished
from articles.listeners import draw_share_image
from articles.models import Article
from articles.structured import shared_image
from newsroom.wiring import LISTENERS
from tests.factories.articles import ArticleFactory, DraftFactory, ImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Keep what is drawn in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def drawn(media):
    return sorted(path.relative_to(media).as_posix() for path in media.rglob("*.png"))


def test_the_picture_is_drawn_when_readers_may_know_of_the_article(media):
    story = ArticleFactory()

    draw_share_image(ArticlePublished(story.pk))
    draw_share_image(ArticlePublished(story.pk))

    digest = share_images.digest_of(story)
    assert drawn(media) == [f"partage/{digest[:2]}/{digest}.png"]


def test_both_facts_have_it_drawn():
    assert all(draw_share_image in LISTENERS[fact] for fact in (ArticlePublished, ArticleChanged))


def test_a_new_title_is_a_new_picture_at_a_new_address(media):
    story = ArticleFactory(title="Avant")
    before = share_images.address_of(story)
    draw_share_image(ArticleChanged(story.pk))
    story.title = "Après"
    story.save()

    draw_share_image(ArticleChanged(story.pk))

    assert len(drawn(media)) == 2
    assert share_images.address_of(story) != before


def hidden():
    tomorrow = timezone.now() + dt.timedelta(days=1)
    return [
        DraftFactory(),
        ArticleFactory(embargo_until=tomorrow),
        ArticleFactory(published_at=tomorrow, status=Article.Status.SCHEDULED),
        ArticleFactory(
            unpublish_at=timezone.now() - dt.timedelta(hours=1), published_at=tomorrow - dt.timedelta(days=9)
        ),
    ]


def test_nothing_is_drawn_or_answered_of_what_readers_may_not_know_of(client, media):
    for story in hidden():
        draw_share_image(ArticlePublished(story.pk))
        assert client.get(share_images.address_of(story)).status_code == 404

    draw_share_image(ArticlePublished(0))
    assert drawn(media) == []


def test_the_picture_is_answered_for_ever_and_drawn_where_it_is_missing(client, media, django_assert_num_queries):
    story = ArticleFactory()

    with django_assert_num_queries(1):
        answer = client.get(share_images.address_of(story))

    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content == (media / drawn(media)[0]).read_bytes()
    assert not answer.cookies


def test_a_former_address_leads_to_todays_picture_and_draws_nothing(client, media):
    story = ArticleFactory()

    answer = client.get(f"/articles/{story.slug}/partage-ancien.png")

    assert answer.status_code == 302
    assert answer["Location"] == share_images.address_of(story)
    assert drawn(media) == []


def test_where_nothing_can_be_kept_the_lead_image_or_the_sites_stands_in(client, settings, tmp_path):
    (tmp_path / "plein").write_text("")
    settings.MEDIA_ROOT = tmp_path / "plein"
    image = ImageFactory()

    assert client.get(share_images.address_of(ArticleFactory(image=image)))["Location"] == image.card_url
    assert client.get(share_images.address_of(ArticleFactory()))["Location"] == "/static/img/partage.png"


def test_two_who_draw_at_once_leave_one_file(media, monkeypatch):
    story = ArticleFactory()

    def drawn_meanwhile(storage, name):
        """Say that it is not there, and have it there a moment later."""
        monkeypatch.undo()
        storage.save(name, ContentFile(b"faster"))
        return False

    monkeypatch.setattr(FileSystemStorage, "exists", drawn_meanwhile)

    name = share_images.keep(story)

    assert drawn(media) == [name]
    assert (media / name).read_bytes() == b"faster"


def test_the_picture_shows_the_kicker_or_the_specialty_and_says_when_somebody_paid():
    plain = ArticleFactory(kicker="", primary_specialty__name="Cardiologie", primary_specialty__accent="indigo")
    paid = ArticleFactory(sponsor="Laboratoire X")
    bare = ArticleFactory(kicker="", primary_specialty=None)

    assert share_images.card_of(plain)[1:3] == ("Cardiologie", "indigo")
    assert share_images.card_of(ArticleFactory(kicker="en pratique")).kicker == "En pratique"
    assert share_images.card_of(paid).kicker == "Contenu partenaire"
    assert share_images.card_of(bare)[1:3] == ("", "bloc")


def test_nothing_of_a_restricted_text_changes_the_picture():
    story = ArticleFactory(audience=Article.Audience.PROFESSIONALS, body="<p>Secret.</p>")
    before = share_images.digest_of(story)
    story.body, story.key_points = "<p>Autre.</p>", "Secret"

    assert share_images.digest_of(story) == before


def test_the_page_names_it_in_full():
    story = ArticleFactory(title="Angine")

    told = shared_image(story)

    assert told.url == f"http://testserver{share_images.address_of(story)}"
    assert (told.width, told.height, told.alt) == (1200, 630, "Angine")
