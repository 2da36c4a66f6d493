"""Beginning an edition, composing its list, mending it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from articles.curating.composing import StaleListError, begin, compose, discard, slot_of, take_out
from articles.curating.releasing import publish
from articles.models import Article
from articles.ordering import Slot
from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, SelectionFactory, SpecialtyFactory, TagFactory
from tests.factories.selections import EditionFactory, slot

HOUR = timedelta(hours=1)


@pytest.fixture
def selection(db):
    return SelectionFactory()


@pytest.fixture
def composed(selection, chief):
    """An edition that is being composed, with one article."""
    edition = begin(selection, chief)
    return compose(selection, [Slot(article=ArticleFactory().pk)], edition=edition.pk, version=0, by=chief)


def contents(edition):
    return [(item.position, item.article_id or item.rule) for item in edition.items.all()]


def changes():
    return Event.objects.filter(kind__contains="SelectionChanged").count()


class TestBeginning:
    def test_the_next_edition_begins_as_a_copy_of_what_readers_see(self, selection, chief):
        now = timezone.now()
        shown = EditionFactory(selection=selection, number=1, starts_at=now - HOUR)
        cardio = SpecialtyFactory()
        article = ArticleFactory()
        slot(shown, 1, article=article)
        slot(shown, 4, rule="specialty", rule_specialty=cardio, is_pinned=True)
        slot(shown, 5, article=ArticleFactory(), ends_at=now - HOUR / 2)

        edition = begin(selection, chief)

        assert (edition.number, edition.composed_by, edition.is_composed) == (2, chief, True)
        assert contents(edition) == [(1, article.pk), (4, "specialty")]

    def test_pinned_slots_alone_are_carried_over_at_their_positions(self, selection, chief):
        shown = EditionFactory(selection=selection, number=1)
        pinned = ArticleFactory()
        slot(shown, 1, article=ArticleFactory())
        slot(shown, 3, article=pinned, is_pinned=True)

        assert contents(begin(selection, chief, pinned_only=True)) == [(3, pinned.pk)]

    def test_after_an_end_the_next_edition_begins_from_the_last_one(self, selection, chief):
        now = timezone.now()
        article = ArticleFactory()
        EditionFactory(selection=selection, number=1, starts_at=now - 2 * HOUR, ends_at=now - HOUR, articles=[article])

        assert contents(begin(selection, chief)) == [(1, article.pk)]

    def test_two_editors_begin_one_edition(self, selection, chief, administrator):
        assert begin(selection, chief) == begin(selection, administrator)
        assert selection.editions.count() == 1

    def test_an_editor_without_the_right_begins_nothing(self, selection, editor):
        with pytest.raises(PermissionDenied):
            begin(selection, editor)


class TestComposing:
    def test_the_whole_list_is_saved_with_who_and_when(self, selection, composed, administrator):
        article, tag = ArticleFactory(), TagFactory()
        slots = [Slot(rule="tag", tag=tag.pk), Slot(article=article.pk, is_pinned=True, position=5)]

        saved = compose(selection, slots, edition=composed.pk, version=composed.version, by=administrator)

        assert contents(saved) == [(1, "tag"), (5, article.pk)]
        assert (saved.version, saved.composed_by) == (2, administrator)

    def test_a_list_that_is_what_it_was_keeps_its_author(self, selection, composed, administrator):
        same = [slot_of(item) for item in composed.items.all()]

        saved = compose(selection, same, edition=composed.pk, version=composed.version, by=administrator)

        assert (saved.version, saved.composed_by) == (composed.version, composed.composed_by)

    def test_a_list_read_before_a_colleague_saved_his_is_not_written_over_it(self, selection, composed, chief):
        before = contents(composed)

        with pytest.raises(StaleListError) as stale:
            compose(selection, [], edition=composed.pk, version=composed.version - 1, by=chief)

        assert stale.value.edition == composed
        assert contents(composed) == before

    def test_a_list_of_an_edition_that_was_published_is_stale(self, selection, composed, chief):
        publish(composed, chief, version=composed.version)

        with pytest.raises(StaleListError) as stale:
            compose(selection, [], edition=composed.pk, version=composed.version, by=chief)

        assert stale.value.edition is None

    @pytest.mark.parametrize(
        ("slots", "words"),
        [
            (lambda: [Slot(article=ArticleFactory(title="Payé", format="partner").pk)], "« Payé »"),
            (lambda: 2 * [Slot(article=ArticleFactory().pk)], "une seule fois"),
            (lambda: [Slot(article=2**40)], "n’existe plus"),
            (lambda: [Slot(rule="tag", tag=2**40)], "n’existe plus"),
            (lambda: [Slot(rule="specialty", specialty=2**40)], "n’existe plus"),
            (lambda: 15 * [Slot(rule="commented")], "au plus 14"),
            (
                lambda: [Slot(rule="commented", starts_at=timezone.now(), ends_at=timezone.now() - HOUR)],
                "se termine après",
            ),
        ],
    )
    def test_what_has_no_place_is_refused_in_words(self, selection, composed, chief, slots, words):
        before = contents(composed)

        with pytest.raises(Refusal, match=words):
            compose(selection, slots(), edition=composed.pk, version=composed.version, by=chief)

        assert contents(composed) == before

    def test_a_partners_selection_has_no_rules(self, chief):
        partner = SelectionFactory(is_partner=True)
        edition = begin(partner, chief)

        with pytest.raises(Refusal, match="partenaire"):
            compose(partner, [Slot(rule="commented")], edition=edition.pk, version=0, by=chief)

    def test_an_editor_without_the_right_saves_and_discards_nothing(self, selection, composed, editor):
        with pytest.raises(PermissionDenied):
            compose(selection, [], edition=composed.pk, version=composed.version, by=editor)
        with pytest.raises(PermissionDenied):
            discard(selection, edition=composed.pk, version=composed.version, by=editor)

    def test_what_is_composed_can_be_thrown_away_as_it_was_read(self, selection, composed, chief):
        with pytest.raises(StaleListError):
            discard(selection, edition=composed.pk, version=0, by=chief)
        discard(selection, edition=composed.pk, version=composed.version, by=chief)

        assert not selection.editions.exists()


class TestTakingOut:
    def test_an_unpublished_article_is_taken_out_of_what_readers_see(self, selection, chief):
        shown = EditionFactory(selection=selection)
        gone = slot(shown, 1, article=ArticleFactory(status=Article.Status.UNPUBLISHED))
        kept = slot(shown, 2, article=ArticleFactory())

        take_out(gone, chief)

        assert list(shown.items.all()) == [kept]
        assert changes() == 1

    def test_what_is_composed_closes_up(self, selection, chief):
        composed = EditionFactory(selection=selection, starts_at=None)
        gone = slot(composed, 1, article=ArticleFactory(status=Article.Status.UNPUBLISHED))
        kept = ArticleFactory()
        slot(composed, 2, article=kept)

        take_out(gone, chief)

        assert contents(composed) == [(1, kept.pk)]

    def test_what_readers_see_is_not_taken_out(self, selection, chief):
        public = slot(EditionFactory(selection=selection), 1, article=ArticleFactory())

        with pytest.raises(Refusal, match="voient encore"):
            take_out(public, chief)

    def test_a_past_edition_keeps_its_slots(self, selection, chief):
        past = EditionFactory(selection=selection, number=1, starts_at=timezone.now() - HOUR)
        gone = slot(past, 1, article=ArticleFactory(status=Article.Status.UNPUBLISHED))
        EditionFactory(selection=selection, number=2)

        with pytest.raises(Refusal, match="reste telle"):
            take_out(gone, chief)

    def test_an_editor_without_the_right_takes_nothing_out(self, selection, editor):
        gone = slot(EditionFactory(selection=selection), 1, article=ArticleFactory(status=Article.Status.UNPUBLISHED))

        with pytest.raises(PermissionDenied):
            take_out(gone, editor)


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_who_save_at_once_one_is_told(selection, chief, administrator):
    edition = begin(selection, chief)
    articles = ArticleFactory.create_batch(2)
    together, outcomes = Barrier(2), []

    def save(person, article):
        try:
            together.wait(timeout=10)
            compose(selection, [Slot(article=article.pk)], edition=edition.pk, version=0, by=person)
            outcomes.append("saved")
        except StaleListError:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=save, args=pair) for pair in zip((chief, administrator), articles, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(outcomes) == ["saved", "told"]
    assert edition.items.count() == 1
