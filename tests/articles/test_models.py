from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Byline, Image
from articles.models.references import is_doi
from newsroom.core.rendering import RENDERER
from tests.factories.articles import ArticleFactory, AuthorFactory, DraftFactory, ImageFactory, SpecialtyFactory

pytestmark = pytest.mark.django_db


def test_the_text_is_rendered_when_it_is_saved():
    story = DraftFactory(body="<p>Bonjour</p><script>alert(1)</script>")

    assert story.body == "<p>Bonjour</p><script>alert(1)</script>"
    assert story.body_html == "<p>Bonjour</p>"
    assert story.renderer == RENDERER


def test_saving_other_fields_does_not_render():
    story = DraftFactory()
    Article.objects.filter(pk=story.pk).update(body_html="<p>tel quel</p>")
    story.title = "Autre titre"

    story.save(update_fields=["title"])

    assert Article.objects.get().body_html == "<p>tel quel</p>"


def test_saving_the_text_alone_saves_its_rendering_too():
    story = DraftFactory()
    story.body = "<p>Nouveau</p>"

    story.save(update_fields=["body"])

    assert Article.objects.get().body_html == "<p>Nouveau</p>"


def test_an_empty_address_is_made_of_the_title():
    assert DraftFactory(title="Œdème aigu : l’urgence ?").slug == "oedeme-aigu-l-urgence"


def test_a_taken_address_gets_a_number():
    slugs = [DraftFactory(title="Vaccins").slug for _time in range(3)]

    assert slugs == ["vaccins", "vaccins-2", "vaccins-3"]


def test_a_title_without_letters_has_an_address_all_the_same():
    assert DraftFactory(title="???").slug == "article"


def test_an_address_stays_when_the_title_changes():
    story = DraftFactory(title="Vaccins")
    story.title = "Autre chose"

    story.save()

    assert story.slug == "vaccins"


def test_a_long_title_gives_an_address_that_fits():
    slug = DraftFactory(title="anticonstitutionnellement " * 7).slug

    assert len(slug) <= 110
    assert slug.endswith("anticonstitutionnellement")


def test_authors_are_joined_as_in_french():
    names = ["Anne Un", "Luc Deux", "Zoé Trois"]
    authors = [AuthorFactory(civility="", name=name) for name in names]

    lines = [DraftFactory(signed_by=authors[:number]).byline_text for number in range(4)]

    assert lines == ["", "Anne Un", "Anne Un et Luc Deux", "Anne Un, Luc Deux et Zoé Trois"]


def test_an_author_signs_an_article_once():
    story = DraftFactory()

    with pytest.raises(IntegrityError, match="an_author_signs_once"), transaction.atomic():
        Byline.objects.create(article=story, author=story.bylines.get().author)


def test_reading_time_is_counted_in_whole_minutes_and_never_nothing():
    assert DraftFactory(body="").reading_minutes == 1
    assert DraftFactory(body=f"<p>{'mot ' * 856}</p>").reading_minutes == 4


def test_duration_of_the_sound_is_told_in_whole_minutes():
    assert DraftFactory(audio_seconds=0).audio_minutes == 0
    assert DraftFactory(audio_seconds=20).audio_minutes == 1
    assert DraftFactory(audio_seconds=1450).audio_minutes == 24


def test_key_points_are_one_a_line():
    assert DraftFactory(key_points=" un \n\n deux").key_point_list == ["un", "deux"]


def test_who_may_read_a_reserved_text(lea, camille, editor):
    story = DraftFactory(audience=Article.Audience.PROFESSIONALS)

    assert not story.is_readable_by(lea)
    assert story.is_readable_by(camille)
    assert story.is_readable_by(editor)
    assert DraftFactory().is_readable_by(lea)


def test_a_specialty_holds_what_is_filed_first_or_also_under_it():
    heart, skin = SpecialtyFactory(), SpecialtyFactory()
    first = ArticleFactory(primary_specialty=heart)
    also = ArticleFactory(primary_specialty=skin)
    also.specialties.add(heart)
    ArticleFactory(primary_specialty=skin)

    assert set(Article.objects.in_specialty(heart)) == {first, also}


def test_most_commented_looks_back_thirty_days_and_leaves_out_silence():
    quiet, talked, loud = ArticleFactory(), ArticleFactory(), ArticleFactory()
    old = ArticleFactory(published_at=timezone.now() - timedelta(days=31))
    for story, number in ((talked, 2), (loud, 9), (old, 99)):
        story.thread.comment_count = number
        story.thread.save()

    assert list(Article.objects.most_commented()) == [loud, talked]
    assert quiet not in Article.objects.most_commented()


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_articles_costs_the_same_whatever_its_length(django_assert_num_queries, count):
    ArticleFactory.create_batch(count, image=ImageFactory())

    with django_assert_num_queries(2):
        for story in Article.objects.published().newest_first().for_listing():
            str((story.byline_text, story.comment_total, story.image.url, story.primary_specialty.name))


@pytest.mark.parametrize("doi", ["10.1038/s41586-025-08974-4", "10.5555/12345678", "10.1000.10/a(b)<c>"])
def test_a_doi_is_taken(doi):
    is_doi(doi)


@pytest.mark.parametrize("doi", ["https://doi.org/10.1/x", "10.1038", "11.1038/x", "10.1038/avec espace"])
def test_what_is_no_doi_is_refused(doi):
    with pytest.raises(ValidationError):
        is_doi(doi)


def test_an_image_has_a_text_or_is_decorative():
    ImageFactory(alt="", is_decorative=True)

    with pytest.raises(IntegrityError, match="image_has_text_or_is_decorative"), transaction.atomic():
        ImageFactory(alt="")
    assert Image.objects.count() == 1


def test_an_author_shows_initials_without_a_portrait():
    assert AuthorFactory.build(name="Marielle Ammouche").initials == "MA"
    assert AuthorFactory.build(name="Rédaction").initials == "RÉ"
