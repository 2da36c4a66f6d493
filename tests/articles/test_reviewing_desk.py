"""The review queue and remarks between editors, as pages of the desk."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from articles import sharing
from articles.models import Remark, ReviewRequest
from articles.remarking import mentioned_in, remark, resolve
from articles.workflow.moving import move
from articles.workflow.steps import Act
from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from tests.factories.articles import DraftFactory

QUEUE = "desk:reviews"


def submitted(editor, **fields):
    return move(DraftFactory(**fields), Act.SUBMIT, editor)


def test_who_takes_a_request_on_is_named_in_the_queue(browser_of, editor, chief):
    submitted(editor, title="À relire vite")
    asked = ReviewRequest.objects.get()
    browser = browser_of(chief)

    before = browser.get(reverse(QUEUE)).content.decode()
    browser.post(reverse("desk:review-hold", args=[asked.pk, "prendre"]))
    afterwards = browser.get(reverse(QUEUE)).content.decode()

    assert "À relire vite" in before
    assert "Personne encore" in before
    assert "Marc Aubry s’en occupe" in afterwards


def test_a_colleague_is_told_who_is_already_on_it(browser_of, editor, chief, administrator):
    submitted(editor)
    asked = ReviewRequest.objects.get()
    browser_of(administrator).post(reverse("desk:review-hold", args=[asked.pk, "prendre"]))

    answer = browser_of(chief).post(reverse("desk:review-hold", args=[asked.pk, "prendre"]), follow=True)

    assert "s’en occupe déjà" in answer.content.decode()


def test_a_request_is_planned_in_its_form(browser_of, editor, chief):
    submitted(editor)
    asked = ReviewRequest.objects.get()
    form = {"priority": "high", "due_at": "2026-12-01T09:00", "assignee": chief.pk}

    browser_of(editor).post(reverse("desk:review-plan", args=[asked.pk]), form)

    asked.refresh_from_db()
    assert (asked.priority, asked.assignee, asked.due_at.hour) == ("high", chief, 8)


def test_only_who_may_answer_is_offered_in_the_plan(browser_of, editor, chief):
    submitted(editor)
    asked = ReviewRequest.objects.get()

    page = browser_of(editor).get(reverse("desk:review-plan", args=[asked.pk])).content.decode()
    answer = browser_of(editor).post(
        reverse("desk:review-plan", args=[asked.pk]), {"priority": "high", "assignee": editor.pk}
    )

    assert "Marc Aubry" in page
    assert answer.status_code == 422
    assert chief.has_perm("articles.validate_article")


def test_a_medical_request_is_answered_with_a_note(browser_of, editor, chief):
    submitted(editor, needs_medical_review=True)
    asked = ReviewRequest.objects.get(kind="medical")
    where = reverse("desk:review-answer", args=[asked.pk])
    browser = browser_of(chief)

    refused = browser.post(where, {"outcome": "changes", "note": ""})
    browser.post(where, {"outcome": "changes", "note": "La dose."})

    asked.refresh_from_db()
    assert refused.status_code == 422
    assert (asked.outcome, asked.note, asked.settled_by) == ("changes", "La dose.", chief)


def test_an_editorial_request_is_answered_on_the_article(browser_of, editor, chief):
    story = submitted(editor)
    where = reverse("desk:review-answer", args=[ReviewRequest.objects.get().pk])

    answer = browser_of(chief).get(where)

    assert answer["Location"] == reverse("admin:articles_article_change", args=[story.pk])


def test_who_may_not_answer_is_turned_away(browser_of, editor):
    submitted(editor, needs_medical_review=True)
    asked = ReviewRequest.objects.get(kind="medical")
    browser = browser_of(editor)

    assert browser.get(reverse("desk:review-answer", args=[asked.pk])).status_code == 403
    assert browser.post(reverse("desk:review-hold", args=[asked.pk, "prendre"])).status_code == 403
    assert browser.post(reverse("desk:review-hold", args=[asked.pk, "voler"])).status_code == 404


def test_the_queue_shows_what_is_for_me_and_one_kind_at_a_time(browser_of, editor, chief):
    submitted(editor, title="Le mien", needs_legal_review=True)
    submitted(editor, title="Un autre")
    ReviewRequest.objects.filter(article__title="Le mien", kind="editorial").update(assignee=chief)
    browser = browser_of(chief)

    mine = browser.get(reverse(QUEUE), {"pour": "moi"}).content.decode()
    legal = browser.get(reverse(QUEUE), {"type": "legal"}).content.decode()

    assert ("Le mien" in mine, "Un autre" in mine) == (True, False)
    assert ("Le mien" in legal, "Un autre" in legal) == (True, False)


def test_what_is_overdue_says_so(browser_of, editor, chief):
    move(DraftFactory(), Act.SUBMIT, editor, due_at=timezone.now() - timedelta(hours=1))

    assert "1 est en retard" in browser_of(chief).get(reverse(QUEUE)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_whatever_its_length(browser_of, editor, count, django_assert_max_num_queries):
    for _article in range(count):
        submitted(editor)
    browser = browser_of(editor)

    with django_assert_max_num_queries(9):
        assert browser.get(reverse(QUEUE)).status_code == 200


def test_editors_talk_about_a_passage_and_settle_it(browser_of, editor, chief):
    story = DraftFactory()
    where = reverse("desk:remarks", args=[story.pk])

    browser_of(chief).post(where, {"passage": "questions  simples", "text": "Lesquelles ?"})
    said = Remark.objects.get()
    browser_of(editor).post(where, {"text": "J’en ajoute une.", "reply_to": said.pk})
    browser_of(chief).post(reverse("desk:remark-settle", args=[said.pk]))
    page = browser_of(editor).get(where).content.decode()

    said = ("questions simples", "Lesquelles ?", "J’en ajoute une.", "réglée par Marc Aubry")
    assert all(part in page for part in said)


def test_an_answer_opens_what_was_settled_again(editor, chief):
    story = DraftFactory()
    said = resolve(remark(story, "Un mot.", chief), chief)

    answer = remark(story, "Pas tout à fait.", editor, reply_to=said)
    remark(story, "Si.", chief, reply_to=answer)

    assert not Remark.objects.get(pk=said.pk).is_resolved
    assert said.replies.count() == 2


def test_a_settled_remark_is_opened_again_by_its_button(browser_of, editor):
    said = resolve(remark(DraftFactory(), "Un mot.", editor), editor)

    browser_of(editor).post(reverse("desk:remark-settle", args=[said.pk]), {"rouvrir": "1"})

    assert not Remark.objects.get().is_resolved


def test_whoever_is_named_is_told_once_and_the_author_is_not(editor, chief, camille):
    said = remark(DraftFactory(), "@marc aubry et @Anne Dupré, voyez ceci. @Camille Renaud ?", editor)

    assert list(said.mentioned.all()) == [chief]
    assert Event.objects.get().kind == "articles.EditorsMentioned"
    assert mentioned_in("Marc Aubry sans signe") == []


def test_what_makes_no_sense_is_refused_in_words(editor, chief, lea):
    story, other = DraftFactory(), DraftFactory()
    said = remark(story, "Un mot.", editor)
    answer = remark(story, "Un autre.", chief, reply_to=said)

    for wrong in (
        lambda: remark(story, "  ", editor),
        lambda: remark(other, "Ailleurs.", editor, reply_to=said),
        lambda: resolve(answer, editor),
    ):
        with pytest.raises(Refusal):
            wrong()
    for forbidden in (lambda: remark(story, "Un mot.", lea), lambda: resolve(said, lea)):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_what_a_guest_says_stands_among_the_remarks(browser_of, editor):
    story = DraftFactory()
    sharing.comment(sharing.share(story, "Pr Lambert", editor), "Pr Lambert", "Revoir la posologie.")

    page = browser_of(editor).get(reverse("desk:remarks", args=[story.pk])).content.decode()

    assert "Pr Lambert" in page
    assert "de l’extérieur" in page


@pytest.mark.parametrize("count", [1, 3])
def test_remarks_cost_the_same_whatever_their_number(browser_of, editor, count, django_assert_max_num_queries):
    story = DraftFactory()
    for _remark in range(count):
        remark(story, "Oui.", editor, reply_to=remark(story, "Un mot.", editor))
    browser = browser_of(editor)

    with django_assert_max_num_queries(9):
        assert browser.get(reverse("desk:remarks", args=[story.pk])).status_code == 200
