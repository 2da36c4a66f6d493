"""What a selection shows at a moment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Selection, SelectionItem
from articles.showing import showed, shown, shown_in, shown_of
from tests.factories.articles import ArticleFactory, SelectionFactory, SpecialtyFactory, TagFactory
from tests.factories.selections import EditionFactory, slot

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def titles(selection, now=None):
    return [article.title for article in shown_of(selection, Article.objects.all(), now)]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def selection():
    return SelectionFactory()


def test_the_edition_that_started_last_is_shown_whatever_its_number(selection, now):
    EditionFactory(selection=selection, number=2, starts_at=now - 3 * HOUR, articles=[ArticleFactory(title="Ancien")])
    EditionFactory(selection=selection, number=1, starts_at=now - HOUR, articles=[ArticleFactory(title="Nouveau")])
    EditionFactory(selection=selection, number=3, starts_at=now + HOUR, articles=[ArticleFactory(title="Demain")])

    assert titles(selection) == ["Nouveau"]
    assert titles(selection, now - 2 * HOUR) == []
    assert titles(selection, now + 2 * HOUR) == ["Demain"]


def test_of_two_editions_that_start_together_the_later_number_is_shown(selection, now):
    for number in (1, 2):
        article = ArticleFactory(title=f"Édition {number}")
        EditionFactory(selection=selection, number=number, starts_at=now - HOUR, articles=[article])

    assert titles(selection) == ["Édition 2"]


def test_after_its_end_an_edition_leaves_nothing_not_even_the_one_before(selection, now):
    EditionFactory(selection=selection, number=1, starts_at=now - 3 * HOUR, articles=[ArticleFactory()])
    second = ArticleFactory(title="Bref")
    EditionFactory(selection=selection, number=2, starts_at=now - HOUR, ends_at=now + HOUR, articles=[second])

    assert titles(selection) == ["Bref"]
    assert titles(selection, now + HOUR) == []


def test_a_slot_shows_between_its_own_dates(selection, now):
    edition = EditionFactory(selection=selection, starts_at=now - HOUR)
    article = ArticleFactory(title="Une heure", published_at=now - 2 * HOUR)
    slot(edition, 1, article=article, starts_at=now, ends_at=now + HOUR)

    moments = (now - HOUR / 2, now, now + HOUR)
    assert [titles(selection, moment) for moment in moments] == [[], ["Une heure"], []]


def test_only_what_is_published_by_the_clock_is_shown(selection, now):
    later = ArticleFactory(title="Plus tard", published_at=now + HOUR)
    over = ArticleFactory(title="Fini", published_at=now - HOUR, unpublish_at=now)
    EditionFactory(selection=selection, starts_at=now - HOUR, articles=[over, later])

    assert titles(selection, now) == []
    assert titles(selection, now + HOUR) == ["Plus tard"]


def test_pinned_numbers_that_are_far_apart_leave_no_gap_for_readers(selection, now):
    edition = EditionFactory(selection=selection, starts_at=now - HOUR)
    slot(edition, 9, article=ArticleFactory(title="Neuf"), is_pinned=True)
    slot(edition, 2, article=ArticleFactory(title="Deux"))

    assert titles(selection) == ["Deux", "Neuf"]


def test_paid_content_does_not_show_in_the_newsrooms_own_selection_and_does_in_a_partners(selection, now):
    partner = SelectionFactory(is_partner=True)
    for number, one in enumerate((selection, partner)):
        paid = ArticleFactory(title=f"Payé {number}")
        EditionFactory(selection=one, starts_at=now - HOUR, articles=[paid])
        Article.objects.filter(pk=paid.pk).update(sponsor="Laboratoire")

    assert titles(selection) == []
    assert titles(partner) == ["Payé 1"]


def test_rules_take_the_best_articles_that_stand_nowhere_else(selection, now):
    cardio, tag = SpecialtyFactory(), TagFactory()
    old, middle, new = (
        ArticleFactory(title=title, primary_specialty=cardio, published_at=now - days * 24 * HOUR)
        for days, title in ((3, "Ancien"), (2, "Moyen"), (1, "Neuf"))
    )
    tagged = ArticleFactory(title="Étiqueté", published_at=now - HOUR)
    tagged.tags.add(tag)
    talked = ArticleFactory(title="Commenté", published_at=now - 5 * HOUR)
    talked.thread.comment_count = 9
    talked.thread.save()
    edition = EditionFactory(selection=selection, starts_at=now - HOUR)
    slot(edition, 1, rule="specialty", rule_specialty=cardio)
    slot(edition, 2, article=new)
    slot(edition, 3, rule="specialty", rule_specialty=cardio)
    slot(edition, 4, rule="tag", rule_tag=tag)
    slot(edition, 5, rule="commented")
    slot(edition, 6, rule="specialty", rule_specialty=cardio)

    assert titles(selection) == [middle.title, new.title, old.title, "Étiqueté", "Commenté"]


def test_a_rule_finds_what_is_published_and_unpaid_at_the_moment_asked_about(selection, now):
    cardio = SpecialtyFactory()
    ArticleFactory(title="Payé", primary_specialty=cardio, sponsor="Laboratoire", published_at=now - HOUR)
    ArticleFactory(title="Demain", primary_specialty=cardio, published_at=now + HOUR)
    ArticleFactory(title="Hier", primary_specialty=cardio, published_at=now - 24 * HOUR)
    edition = EditionFactory(selection=selection, starts_at=now - HOUR)
    slot(edition, 1, rule="specialty", rule_specialty=cardio)

    assert titles(selection) == ["Hier"]
    assert titles(selection, now + HOUR) == ["Demain"]


def test_a_rule_outside_its_dates_takes_no_article_from_another(selection, now):
    cardio = SpecialtyFactory()
    ArticleFactory(title="Le seul", primary_specialty=cardio)
    edition = EditionFactory(selection=selection, starts_at=now - HOUR)
    slot(edition, 1, rule="specialty", rule_specialty=cardio, starts_at=timezone.now() + HOUR)
    slot(edition, 2, rule="specialty", rule_specialty=cardio)

    assert titles(selection) == ["Le seul"]


def test_a_rule_of_a_tag_that_became_a_synonym_follows_the_main_tag(selection, now):
    main = TagFactory(name="accident vasculaire cérébral")
    synonym = TagFactory(name="AVC", synonym_of=main)
    article = ArticleFactory(title="Thrombolyse")
    article.tags.add(main)
    edition = EditionFactory(selection=selection, starts_at=now - HOUR)
    slot(edition, 1, rule="tag", rule_tag=synonym)

    assert titles(selection) == ["Thrombolyse"]


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_selections_and_chosen_slots_takes_two_queries(count, now, django_assert_num_queries):
    for _number in range(count):
        EditionFactory(starts_at=now - HOUR, articles=ArticleFactory.create_batch(count))

    with django_assert_num_queries(2):
        blocks = shown(Selection.objects.all(), Article.objects.for_row())

    assert [len(block.articles) for block in blocks] == [count] * count


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_rules_takes_three_queries(count, now, django_assert_num_queries):
    edition = EditionFactory(starts_at=now - HOUR)
    for number in range(count):
        tag, specialty = TagFactory(), SpecialtyFactory()
        ArticleFactory(primary_specialty=specialty)
        ArticleFactory().tags.add(tag)
        slot(edition, 2 * number + 1, rule="tag", rule_tag=tag)
        slot(edition, 2 * number + 2, rule="specialty", rule_specialty=specialty)

    with django_assert_num_queries(3):
        [block] = shown(Selection.objects.all(), Article.objects.for_row())

    assert len(block.articles) == 2 * count


def test_selections_come_by_title_and_empty_ones_not_at_all(now):
    for title in ("Zébu", "Abeille", "Milieu"):
        chosen = [] if title == "Milieu" else [ArticleFactory()]
        EditionFactory(selection=SelectionFactory(title=title), starts_at=now - HOUR, articles=chosen)

    assert [block.selection.title for block in shown(Selection.objects.all(), Article.objects.all())] == [
        "Abeille",
        "Zébu",
    ]


def test_an_edition_that_nobody_sees_can_be_looked_at(selection):
    composed = EditionFactory(selection=selection, starts_at=None, articles=[ArticleFactory(title="En préparation")])

    assert titles(selection) == []
    assert [article.title for article in shown_in(composed, Article.objects.all())] == ["En préparation"]


def test_a_past_edition_shows_what_it_did_in_its_last_moment_and_is_public_still(selection, now):
    cardio = SpecialtyFactory()
    first = EditionFactory(selection=selection, number=1, starts_at=now - 48 * HOUR)
    EditionFactory(selection=selection, number=2, starts_at=now - 24 * HOUR)
    ArticleFactory(title="Avant", primary_specialty=cardio, published_at=now - 30 * HOUR)
    ArticleFactory(title="Après", primary_specialty=cardio, published_at=now - 2 * HOUR)
    gone = ArticleFactory(title="Retiré", published_at=now - 40 * HOUR, unpublish_at=now - HOUR)
    slot(first, 1, rule="specialty", rule_specialty=cardio)
    slot(first, 2, article=gone)

    assert [article.title for article in showed(first, Article.objects.all())] == ["Avant"]


def test_the_edition_shown_is_found_by_the_index(now):
    selection = SelectionFactory()
    EditionFactory.create_batch(40, selection=selection, starts_at=now - HOUR)
    with (
        CaptureQueriesContext(
            connection,
        ) as captured,
        connection.cursor() as cursor,
    ):
        list(selection.editions.shown_at(now))
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {captured.captured_queries[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "editions_by_start" in plan


class TestGone:
    def gone(self):
        return list(SelectionItem.objects.gone_from_editions().order_by("pk"))

    def test_what_was_unpublished_is_told_in_editions_that_are_open(self, selection, now):
        past = EditionFactory(selection=selection, number=1, starts_at=now - 2 * HOUR)
        shown_now = EditionFactory(selection=selection, number=2, starts_at=now - HOUR)
        to_come = EditionFactory(selection=selection, number=3, starts_at=now + HOUR)
        composed = EditionFactory(selection=selection, number=4, starts_at=None)
        article = ArticleFactory(status=Article.Status.UNPUBLISHED)
        slots = [slot(edition, 1, article=article) for edition in (past, shown_now, to_come, composed)]
        slot(shown_now, 2, article=ArticleFactory())

        assert self.gone() == slots[1:]

    def test_an_end_that_was_set_is_told_too_and_an_hour_to_come_is_not(self, selection, now):
        edition = EditionFactory(selection=selection, starts_at=now - HOUR)
        over = slot(edition, 1, article=ArticleFactory(published_at=now - 2 * HOUR, unpublish_at=now - HOUR))
        slot(edition, 2, article=ArticleFactory(published_at=now + HOUR))
        slot(edition, 3, rule="commented")

        assert self.gone() == [over]

    def test_a_partners_story_that_a_feed_brought_ends_in_silence(self, now):
        partner = SelectionFactory(is_partner=True)
        edition = EditionFactory(selection=partner, starts_at=now - HOUR)
        over = slot(edition, 1, article=ArticleFactory(published_at=now - 2 * HOUR, unpublish_at=now - HOUR))
        feed = partner.feeds.create(url="https://revue.example/rss")

        assert self.gone() == []
        feed.is_active = False
        feed.save()
        assert self.gone() == [over]
