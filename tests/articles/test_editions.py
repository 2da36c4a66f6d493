"""Publishing, ending and taking back editions; what the database refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.curating.composing import StaleListError, begin, compose
from articles.curating.releasing import end, publish, withdraw
from articles.models import Article, SelectionEdition
from articles.ordering import Slot
from articles.showing import shown_of
from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from newsroom.scheduling.carrying import sweep
from newsroom.scheduling.models import ScheduledAction
from tests.factories.articles import ArticleFactory, SelectionFactory, TagFactory
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


def planned():
    return {(action.kind, action.subject_id): action.due_at for action in ScheduledAction.objects.undone()}


def test_editions_and_slots_have_names_for_people(selection):
    edition = EditionFactory(selection=selection, number=3)
    tag = TagFactory(name="rage")

    assert str(edition) == f"{selection} — 3"
    assert str(slot(edition, 1, rule="tag", rule_tag=tag)) == "Le dernier d’un thème — rage"
    assert str(slot(edition, 2, rule="commented")) == "Le plus commenté"


class TestPublishing:
    def test_published_now_the_whole_list_is_shown_with_who_and_when(self, selection, composed, chief):
        edition = publish(composed, chief, version=composed.version)

        assert len(shown_of(selection, Article.objects.all())) == 1
        assert (edition.published_by, edition.starts_at) == (chief, edition.published_at)
        assert changes() == 1
        assert planned() == {}

    def test_a_start_and_an_end_to_come_are_planned_and_told_once_each(self, selection, composed, chief, time_machine):
        now = timezone.now()
        edition = publish(composed, chief, version=1, starts_at=now + HOUR, ends_at=now + 3 * HOUR)

        assert shown_of(selection, Article.objects.all()) == []
        assert planned() == {
            ("selections.start", edition.pk): now + HOUR,
            ("selections.end", edition.pk): now + 3 * HOUR,
        }
        assert (changes(), sweep()) == (0, 0)
        time_machine.move_to(now + HOUR + timedelta(seconds=1))
        assert (sweep(), changes()) == (1, 1)
        time_machine.move_to(now + 3 * HOUR + timedelta(seconds=1))
        assert (sweep(), changes()) == (1, 2)

    def test_slots_with_dates_are_told_of_while_their_edition_is_shown(self, selection, chief, time_machine):
        now = timezone.now()
        edition = begin(selection, chief)
        dated = Slot(article=ArticleFactory().pk, starts_at=now + HOUR, ends_at=now + 3 * HOUR)
        compose(selection, [dated], edition=edition.pk, version=0, by=chief)
        publish(edition, chief, version=1)

        item = edition.items.get()
        assert planned() == {
            ("selections.slot_start", item.pk): now + HOUR,
            ("selections.slot_end", item.pk): now + 3 * HOUR,
        }
        time_machine.move_to(now + HOUR + timedelta(seconds=1))
        assert (sweep(), changes()) == (1, 2)
        EditionFactory(selection=selection, number=2)
        time_machine.move_to(now + 3 * HOUR + timedelta(seconds=1))
        assert (sweep(), changes()) == (1, 2)

    def test_only_moments_to_come_of_slots_are_planned(self, selection, chief):
        now = timezone.now()
        edition = begin(selection, chief)
        begun = Slot(article=ArticleFactory().pk, starts_at=now - HOUR, ends_at=now + HOUR)
        compose(selection, [begun], edition=edition.pk, version=0, by=chief)

        publish(edition, chief, version=1)

        assert set(planned()) == {("selections.slot_end", edition.items.get().pk)}

    def test_the_current_minute_is_now(self, composed, chief):
        edition = publish(composed, chief, version=1, starts_at=timezone.now() - timedelta(seconds=40))

        assert edition.starts_at == edition.published_at

    @pytest.mark.parametrize(
        ("start", "end_", "words"),
        [
            (-2 * HOUR, None, "passé"),
            (None, -HOUR, "après"),
            (2 * HOUR, HOUR, "après"),
        ],
    )
    def test_dates_that_make_no_sense_are_refused(self, composed, chief, start, end_, words):
        now = timezone.now()

        with pytest.raises(Refusal, match=words):
            publish(composed, chief, version=1, starts_at=start and now + start, ends_at=end_ and now + end_)

        composed.refresh_from_db()
        assert composed.is_composed

    def test_an_empty_list_is_not_published(self, selection, chief):
        edition = begin(selection, chief)

        with pytest.raises(Refusal, match="Rien"):
            publish(edition, chief, version=0)

    def test_a_list_that_has_changed_or_is_published_already_is_not_published(self, composed, chief):
        with pytest.raises(StaleListError):
            publish(composed, chief, version=0)
        publish(composed, chief, version=1)
        with pytest.raises(StaleListError):
            publish(composed, chief, version=1)

    def test_an_editor_without_the_right_publishes_ends_and_takes_back_nothing(self, composed, editor):
        for verb in (lambda: publish(composed, editor, version=1), lambda: end(composed, editor)):
            with pytest.raises(PermissionDenied):
                verb()
        with pytest.raises(PermissionDenied):
            withdraw(composed, editor)


class TestEnding:
    def test_ended_now_the_selection_shows_nothing(self, selection, composed, chief):
        edition = publish(composed, chief, version=1)

        end(edition, chief)

        assert shown_of(selection, Article.objects.all()) == []
        assert changes() == 2

    def test_an_end_to_come_is_planned_and_may_be_moved(self, composed, chief):
        edition = publish(composed, chief, version=1)
        at = timezone.now() + HOUR

        end(edition, chief, at=at)
        assert planned() == {("selections.end", edition.pk): at}
        end(edition, chief, at=at + HOUR)
        assert planned() == {("selections.end", edition.pk): at + HOUR}

    def test_an_end_that_is_past_or_before_the_start_is_refused(self, composed, chief):
        edition = publish(composed, chief, version=1, starts_at=timezone.now() + 2 * HOUR)

        with pytest.raises(Refusal, match="passée"):
            end(edition, chief, at=timezone.now() - HOUR)
        with pytest.raises(Refusal, match="après"):
            end(edition, chief, at=timezone.now() + HOUR)

    def test_what_is_composed_does_not_end(self, composed, chief):
        with pytest.raises(Refusal, match="en préparation"):
            end(composed, chief)

    def test_a_past_edition_stays_as_it_was(self, selection, composed, chief):
        first = publish(composed, chief, version=1)
        second = begin(selection, chief)
        publish(second, chief, version=0)
        over = publish(begin(selection, chief), chief, version=0)
        end(over, chief)

        for edition in (first, over):
            for verb in (end, withdraw):
                with pytest.raises(Refusal, match="reste telle"):
                    verb(edition, chief)


class TestTakingBack:
    def test_an_edition_to_come_is_composed_again_and_nothing_is_planned(self, selection, chief):
        now = timezone.now()
        edition = begin(selection, chief)
        dated = Slot(article=ArticleFactory().pk, starts_at=now + HOUR, ends_at=now + 3 * HOUR)
        compose(selection, [dated], edition=edition.pk, version=0, by=chief)
        publish(edition, chief, version=1, starts_at=now + HOUR)

        taken_back = withdraw(edition, chief)

        assert taken_back.is_composed
        assert taken_back.items.count() == 1
        assert planned() == {}

    def test_what_readers_have_seen_is_not_taken_back(self, composed, chief):
        publish(composed, chief, version=1)

        with pytest.raises(Refusal, match="lecteurs"):
            withdraw(composed, chief)

    def test_two_editions_are_not_composed_at_once(self, selection, composed, chief):
        publish(composed, chief, version=1, starts_at=timezone.now() + HOUR)
        begin(selection, chief)

        with pytest.raises(Refusal, match="en préparation"):
            withdraw(composed, chief)

    def test_a_start_that_is_told_of_an_edition_that_is_gone_changes_nothing(self, composed, chief):
        publish(composed, chief, version=1, starts_at=timezone.now() + HOUR)
        SelectionEdition.objects.all().delete()
        ScheduledAction.objects.update(due_at=timezone.now() - HOUR, next_attempt_at=timezone.now() - HOUR)

        assert (sweep(), changes()) == (1, 0)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"position": 1}, "a_slot_has_an_article_or_a_rule"),
        ({"position": 0, "rule": "commented"}, "positions_count_from_one"),
        ({"position": 1, "rule": "tag"}, "a_rule_names_what_it_is_about"),
        ({"position": 1, "rule": "nothing"}, "a_rule_names_what_it_is_about"),
        (
            {"position": 1, "rule": "commented", "starts_at": timezone.now(), "ends_at": timezone.now() - HOUR},
            "a_slot_ends_after_it_starts",
        ),
    ],
)
def test_the_database_refuses_slots_that_cannot_be(selection, fields, constraint):
    edition = EditionFactory(selection=selection)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        slot(edition, **fields)


def test_the_database_refuses_an_article_twice_and_two_slots_at_one_position(selection):
    edition = EditionFactory(selection=selection)
    article = ArticleFactory()
    slot(edition, 1, article=article)

    with pytest.raises(IntegrityError, match="an_article_stands_once_in_an_edition"), transaction.atomic():
        slot(edition, 2, article=article)
    with pytest.raises(IntegrityError, match="a_position_holds_one_slot"), transaction.atomic():
        slot(edition, 1, article=ArticleFactory())


def test_the_database_refuses_editions_that_cannot_be(selection):
    now = timezone.now()
    EditionFactory(selection=selection, number=1, starts_at=None)

    with pytest.raises(IntegrityError, match="one_edition_of_a_selection_is_composed"), transaction.atomic():
        EditionFactory(selection=selection, number=2, starts_at=None)
    with pytest.raises(IntegrityError, match="an_edition_ends_after_it_starts"), transaction.atomic():
        EditionFactory(selection=selection, number=2, starts_at=now, ends_at=now)
    with pytest.raises(IntegrityError, match="an_edition_starts_when_it_is_published"), transaction.atomic():
        EditionFactory(selection=selection, number=2, starts_at=now, published_at=None)
    with pytest.raises(IntegrityError, match="an_edition_has_its_own_number"), transaction.atomic():
        EditionFactory(selection=selection, number=1)
