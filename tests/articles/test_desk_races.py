"""What two people, or a person and the clock, do with one article at the same moment: each is done or refused whole."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import sharing
from articles.batching import ask_for, work
from articles.calendar import carry_out_end, carry_out_end_of_embargo, carry_out_publication
from articles.models import Article, Remark, ReviewRequest, ShareLink, SignOff
from articles.publishing import publish, reschedule, unpublish
from articles.remarking import resolve
from articles.reviewing import settle, take_on
from articles.revising import autosave
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.writing import StaleSaveError, readdress, restore, write
from newsroom.core.refusals import Refusal
from newsroom.redirects.models import Redirect
from newsroom.scheduling.carrying import sweep
from tests.factories.articles import ArticleFactory, DraftFactory
from tests.factories.desk import typed
from tests.polls.test_votes_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def fresh(story):
    return Article.objects.get(pk=story.pk)


def tried(act, *refused):
    """Return what the act returned, or the refusal that it met; whatever else it meets is a fault."""

    def run():
        try:
            return act()
        except (Refusal, StaleSaveError) as refusal:
            return refusal

    return run


def test_many_hands_on_one_article_lose_nothing_and_block_nobody(editor, chief, administrator):
    """Saving, publishing, taking back, rescheduling, correcting the calendar, a batch and the sweeper, all at once."""
    story = write(ArticleFactory(), {"kicker": "Début"}, by=editor)
    batch = ask_for(Act.PUBLISH, [story], chief)
    titles = [f"Titre {number}" for number in range(4)]

    at_once(
        *(tried(lambda title=title: write(fresh(story), {"title": title}, by=editor)) for title in titles),
        tried(lambda: publish(fresh(story), by=chief)),
        tried(lambda: unpublish(fresh(story), by=chief)),
        tried(
            lambda: reschedule(
                fresh(story),
                chief,
                published_at=None,
                embargo_until=None,
                unpublish_at=timezone.now() + timedelta(milliseconds=50),
            )
        ),
        tried(lambda: move(fresh(story), Act.DISCARD_CHANGES, administrator)),
        *(
            tried(lambda act=act: act(story.pk))
            for act in (carry_out_publication, carry_out_end_of_embargo, carry_out_end)
        ),
        work,
        sweep,
    )

    numbers = list(story.revisions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert fresh(story).version == numbers[-1]
    kept = {revision.content["title"] for revision in story.revisions.filter(kind="save")}
    assert kept >= set(titles)
    assert batch.items.get().outcome in {"done", "refused"}


def test_of_two_who_want_one_address_one_gets_it_and_the_other_is_told(chief, administrator):
    first, second = ArticleFactory(), ArticleFactory()

    answers = at_once(
        tried(lambda: readdress(fresh(first), "la-meme", chief)),
        tried(lambda: readdress(fresh(second), "la-meme", administrator)),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Refusal"]
    assert Article.objects.filter(slug="la-meme").count() == 1
    assert Redirect.objects.count() == 1


def test_two_new_articles_of_one_title_get_an_address_each(editor, chief):
    stories = at_once(*(lambda by=by: write(Article(), {"title": "Le même"}, by=by) for by in (editor, chief, editor)))

    assert len({story.slug for story in stories}) == 3


def test_a_refused_address_costs_nothing_that_was_typed(browser_of, chief, monkeypatch):
    """Between the check of the form and the save, a colleague takes the address."""
    story, other = write(DraftFactory(), {"kicker": "Un"}, by=chief), DraftFactory(slug="prise")
    sent = typed(title="Titre retapé", slug="prise", base=story.version)
    Article.objects.filter(pk=other.pk).update(slug="libre")

    def take_it(*_given, **_options):
        Article.objects.filter(pk=other.pk).update(slug="prise")

    monkeypatch.setattr(Article, "validate_unique", take_it)
    answer = browser_of(chief).post(reverse("admin:articles_article_change", args=[story.pk]), sent, follow=True)

    assert "adresse" in " ".join(str(message) for message in answer.context["messages"])
    assert fresh(story).title == "Titre retapé"
    assert fresh(story).slug != "prise"


def test_two_restores_at_once_make_one_text(editor, chief):
    story = write(DraftFactory(title="Premier"), {"title": "Deuxième"}, by=editor)
    first, second = story.revisions.get(number=1), story.revisions.get(number=2)
    write(story, {"title": "Troisième"}, by=editor)

    at_once(
        tried(lambda: restore(fresh(story), first, editor)),
        tried(lambda: restore(fresh(story), second, chief)),
        tried(lambda: autosave(fresh(story), {"title": "Tapé"}, editor, base=3, form_key="une")),
        tried(lambda: autosave(fresh(story), {"title": "Tapé encore"}, editor, base=3, form_key="une")),
    )

    latest = story.revisions.kept().latest_first().first()
    assert fresh(story).title == latest.content["title"]
    assert story.revisions.filter(kind="autosave").count() <= 1


def test_one_visitor_who_signs_twice_at_once_has_signed_once(editor):
    story = write(DraftFactory(), {"title": "À relire"}, by=editor)
    link, _other = at_once(*(lambda: sharing.share(fresh(story), "Comité", editor) for _time in range(2)))

    at_once(*(lambda: sharing.sign_off(ShareLink.objects.get(pk=link.pk), "Dre Roy", version=story.version),) * 4)

    assert ShareLink.objects.count() == 2
    assert SignOff.objects.count() == 1


def test_a_remark_settled_twice_at_once_is_settled(editor, chief):
    said = Remark.objects.create(article=DraftFactory(), author=editor, text="À vérifier", version=0)

    at_once(*(lambda by=by: resolve(Remark.objects.get(pk=said.pk), by) for by in (editor, chief)))

    assert Remark.objects.get().resolved_by in {editor, chief}


@pytest.mark.parametrize("_time", range(4))
def test_an_answer_and_a_save_at_once_never_approve_what_was_not_read(_time, editor, administrator):
    story = write(DraftFactory(), {"title": "Lu"}, by=editor)
    asked = ReviewRequest.objects.create(article=story, kind=ReviewRequest.Kind.MEDICAL, asked_by=editor)

    settled, _saved = at_once(
        tried(lambda: settle(asked, "approved", administrator, version=story.version)),
        tried(lambda: write(fresh(story), {"title": "Changé"}, by=editor)),
    )

    assert isinstance(settled, Refusal) or settled.version == story.version


@pytest.mark.parametrize("_time", range(4))
def test_of_two_who_take_a_review_on_at_once_one_is_told(_time, editor, chief, administrator):
    asked = ReviewRequest.objects.create(article=DraftFactory(), asked_by=editor)

    answers = at_once(*(tried(lambda by=by: take_on(asked, by)) for by in (chief, administrator)))

    assert sorted(isinstance(answer, Refusal) for answer in answers) == [False, True]


@pytest.mark.parametrize("_time", range(4))
def test_an_end_that_comes_while_a_colleague_saves_loses_no_word(_time, editor):
    """The sweeper waits for the save and must not act on what it read before it."""
    now = timezone.now()
    story = ArticleFactory(published_at=now - 2 * HOUR, unpublish_at=now - HOUR)

    at_once(
        lambda: write(fresh(story), {"title": "Au dernier moment"}, by=editor),
        lambda: carry_out_end(story.pk),
        lambda: carry_out_end(story.pk),
    )

    assert (fresh(story).title, fresh(story).status) == ("Au dernier moment", Article.Status.UNPUBLISHED)


def test_two_who_approve_at_once_approve_once(editor, chief, administrator):
    story = move(write(DraftFactory(), {"title": "À lire"}, by=editor), Act.SUBMIT, editor)

    answers = at_once(*(tried(lambda by=by: move(fresh(story), Act.APPROVE, by)) for by in (chief, administrator)))

    assert sorted(isinstance(answer, Refusal) for answer in answers) == [False, True]
    assert ReviewRequest.objects.filter(outcome="approved").count() == 1
