"""What goes with an article: found when it is published, shown by the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.events import ArticleChanged, ArticlePublished
from articles.listeners import refresh_related
from articles.models import Related
from articles.publishing import publish, unpublish
from articles.relating import relate
from articles.surroundings import around
from articles.writing import write
from newsroom.events.delivery import deliver
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, DraftFactory, SpecialtyFactory
from tests.factories.full_article import page_of

pytestmark = pytest.mark.django_db


def tagged(*tags, **fields):
    story = ArticleFactory(**fields)
    story.tags.add(*tags)
    return story


def deliver_all():
    for event in Event.objects.filter(delivered_at=None):
        assert deliver(event.pk)


def also_read(story):
    return [other.title for other in around(story).also_read]


def stored(story):
    return [row.other.title for row in story.related.select_related("other")]


def test_shared_tags_go_before_a_shared_specialty_and_both_before_one():
    cardiology = SpecialtyFactory(name="Cardiologie")
    story = tagged("statines", "essai", primary_specialty=cardiology)
    tagged("statines", title="Un thème")
    ArticleFactory(title="La spécialité", primary_specialty=cardiology, published_at=timezone.now() - timedelta(days=1))
    tagged("statines", "essai", title="Deux thèmes et la spécialité", primary_specialty=cardiology)
    tagged("ailleurs", title="Rien de commun")

    relate(story.pk)

    assert stored(story) == ["Deux thèmes et la spécialité", "Un thème", "La spécialité"]
    assert also_read(story) == stored(story)


def test_a_new_story_stands_beside_the_older_ones_that_it_goes_with():
    old, new = tagged("statines"), tagged("statines", title="Le nouveau")

    assert set(relate(new.pk)) == {old.pk, new.pk}

    assert stored(old) == ["Le nouveau"]


def test_finding_twice_finds_the_same():
    story, other = tagged("statines"), tagged("statines")

    for _time in range(2):
        refresh_related(ArticlePublished(story.pk))

    assert list(Related.objects.values_list("article", "other", "position")) == [
        (story.pk, other.pk, 1),
        (other.pk, story.pk, 1),
    ]


def test_an_article_that_is_gone_goes_with_nothing():
    assert relate(0) == []


def test_without_tags_and_specialty_nothing_is_alike():
    story = ArticleFactory(primary_specialty=None)
    ArticleFactory(primary_specialty=None)

    assert relate(story.pk) == [story.pk]
    assert also_read(story) == []


def test_nothing_unpublished_and_nobodys_content_stands_among_them(chief):
    story = tagged("statines")
    tomorrow = timezone.now() + timedelta(days=1)
    taken_back = tagged("statines", title="Repris")
    tagged("statines", title="Payé", sponsor="Laboratoire Exemple")
    tagged("statines", title="À venir", published_at=tomorrow)
    tagged("statines", title="Sous embargo", embargo_until=tomorrow)
    tagged("statines", title="Visible", published_at=timezone.now() - timedelta(days=1))
    relate(story.pk)
    unpublish(taken_back, by=chief)

    assert also_read(story) == ["Visible"]
    later = around(story, timezone.now() + timedelta(days=2)).also_read
    assert [other.title for other in later] == ["À venir", "Sous embargo", "Visible"]


def test_where_nothing_is_stored_the_newest_of_the_specialty_stand_in(client):
    cardiology = SpecialtyFactory(name="Cardiologie")
    story = ArticleFactory(primary_specialty=cardiology)
    for days in (3, 1, 2, 4):
        at = timezone.now() - timedelta(days=days)
        ArticleFactory(title=f"Il y a {days} jours", primary_specialty=cardiology, published_at=at)

    assert also_read(story) == ["Il y a 1 jours", "Il y a 2 jours", "Il y a 3 jours"]
    assert "À lire aussi" in page_of(client, story)


def test_publishing_and_filing_anew_find_them_anew(chief):
    draft = DraftFactory()
    draft.tags.add("statines")
    tagged("statines", title="Le cœur")
    tagged("asthme", title="Le souffle")
    publish(draft, by=chief)

    deliver_all()
    assert stored(draft) == ["Le cœur"]

    write(draft, {"tags": ["asthme"]}, chief)
    deliver_all()
    assert stored(draft) == ["Le cœur"]

    publish(draft, by=chief)
    deliver_all()
    assert stored(draft) == ["Le souffle"]


def test_a_change_is_heard():
    story, _other = tagged("statines"), tagged("statines", title="L’autre")

    refresh_related(ArticleChanged(story.pk))

    assert stored(story) == ["L’autre"]
