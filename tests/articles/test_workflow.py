"""The table of transitions: every move from every state, who makes it, what stands in its way, what follows."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Article, ArticleRevision, ReviewRequest
from articles.models.kinds import RELEASED
from articles.publishing import publish, unpublish
from articles.reviewing import is_approved, let_go, plan, settle, take_on
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.workflow.table import IN_PROGRESS, TABLE, moves_from
from articles.writing import write
from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, DraftFactory

Status = Article.Status
HOUR = timedelta(hours=1)
NOTE = {"note": "Vérifier la dose."}


def facts():
    return [kind.removeprefix("articles.") for kind in Event.objects.values_list("kind", flat=True)]


def standing(status, editor, **fields):
    """Return an article that was brought into that state by the editor and time."""
    if status == Status.MODIFIED:
        return write(ArticleFactory(**fields), {"title": "En chantier"}, by=editor)
    if status == Status.SCHEDULED:
        return ArticleFactory(status=status, published_at=timezone.now() + HOUR, **fields)
    if status in {Status.PUBLISHED, Status.UNPUBLISHED}:
        return ArticleFactory(status=status, **fields)
    if status == Status.TRASH:
        fields["trashed_at"] = timezone.now()
    return DraftFactory(status=status, **fields)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("act", Act)
def test_every_move_is_made_from_its_states_and_from_no_other(act, status, editor, administrator):
    row = TABLE[act]
    # What is modified may still be to come: only then can its schedule be cancelled.
    at = timezone.now() + (HOUR if act == Act.UNSCHEDULE else -HOUR)
    article = standing(status, editor, **({"published_at": at} if status == Status.MODIFIED else {}))

    if status in row.sources:
        move(article, act, administrator, **NOTE)
        assert Article.objects.get().status == article.status
        assert callable(row.target) or article.status == row.target
        assert row.told(article) in LogEntry.objects.latest("pk").change_message
    else:
        with pytest.raises(Refusal):
            move(article, act, administrator, **NOTE)
        assert Article.objects.get().status == status


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("who", ["lea", "camille", "moderator", "editor", "chief"])
def test_a_move_asks_for_its_permission(act, who, request, administrator):
    person = request.getfixturevalue(who)
    row = TABLE[act]
    at = {"published_at": timezone.now() + HOUR} if act == Act.UNSCHEDULE else {}
    article = standing(Status.MODIFIED if at else next(iter(row.sources)), administrator, **at)

    if person.has_perm(row.permission):
        assert row in moves_from(article, person)
    else:
        assert row not in moves_from(article, person)
        with pytest.raises(PermissionDenied):
            move(article, act, person, **NOTE)
        assert Article.objects.get().status in row.sources


def test_submitting_keeps_the_text_and_asks_the_eyes_that_it_needs(editor, chief):
    draft = DraftFactory(needs_medical_review=True, needs_legal_review=True)
    due = timezone.now() + HOUR

    move(draft, Act.SUBMIT, editor, priority="high", due_at=due, assignee=chief)

    editorial = ReviewRequest.objects.get(kind="editorial")
    assert set(ReviewRequest.objects.open().values_list("kind", flat=True)) == {"editorial", "medical", "legal"}
    assert (editorial.priority, editorial.due_at, editorial.assignee, editorial.asked_by) == (
        "high",
        due,
        chief,
        editor,
    )
    assert draft.revisions.get().kind == ArticleRevision.Kind.SUBMIT
    assert facts() == ["ReviewAsked"] * 3


def test_a_text_without_a_title_is_not_submitted(editor):
    with pytest.raises(Refusal):
        move(DraftFactory(title=" "), Act.SUBMIT, editor)


def test_sending_back_says_what_is_to_be_changed(editor, chief):
    draft = move(DraftFactory(), Act.SUBMIT, editor)

    with pytest.raises(Refusal):
        move(draft, Act.ASK_CHANGES, chief, note=" ")
    move(draft, Act.ASK_CHANGES, chief, **NOTE)

    request = ReviewRequest.objects.get()
    assert (draft.status, request.outcome, request.note) == (Status.FIX, "changes", "Vérifier la dose.")
    assert not is_approved(draft, "editorial")


def test_everything_that_stands_in_the_way_is_said_at_once(chief):
    draft = DraftFactory(title="", is_clinical=True, needs_medical_review=True)
    write(draft, {"standfirst": "Du chef"}, by=chief)

    with pytest.raises(Refusal) as refusal:
        move(draft, Act.PUBLISH, chief)

    said = str(refusal.value.message)
    assert all(part in said for part in ("titre", "autre personne", "relecture médicale"))


def test_clinical_content_is_not_let_through_by_who_wrote_it(chief, administrator):
    story = DraftFactory(is_clinical=True)
    write(story, {"standfirst": "Du chef"}, by=chief)

    with pytest.raises(Refusal):
        publish(story, by=chief)
    publish(story, by=administrator)

    assert story.status == Status.PUBLISHED


def test_once_a_colleague_has_approved_it_its_author_may_publish_it(chief, administrator):
    story = DraftFactory(is_clinical=True)
    write(story, {"standfirst": "Du chef"}, by=chief)
    move(story, Act.SUBMIT, chief)

    with pytest.raises(Refusal):
        move(story, Act.APPROVE, chief)
    move(story, Act.APPROVE, administrator)
    publish(story, by=chief)

    assert story.status == Status.PUBLISHED


def test_an_approval_holds_for_the_text_that_was_read_and_no_other(chief, administrator):
    story = ArticleFactory(is_clinical=True)
    write(story, {"standfirst": "Du chef"}, by=chief)
    with pytest.raises(Refusal):
        publish(story, by=chief)

    publish(story, by=administrator)
    write(story, {"standfirst": "Encore du chef"}, by=chief)

    with pytest.raises(Refusal):
        publish(story, by=chief)


def test_medical_and_legal_reviews_are_waited_for(editor, chief, administrator):
    story = DraftFactory(needs_medical_review=True, needs_legal_review=True)
    move(story, Act.SUBMIT, editor)
    with pytest.raises(Refusal):
        move(story, Act.APPROVE, chief)

    for kind in ("medical", "legal"):
        settle(ReviewRequest.objects.get(kind=kind), "approved", administrator)
    move(story, Act.APPROVE, chief)

    assert story.status == Status.APPROVED


def test_publishing_freezes_what_the_authors_declare(chief):
    story = DraftFactory()
    author = story.bylines.get().author
    author.interests = "Conférences pour le laboratoire A."
    author.save()

    publish(story, by=chief)
    author.interests = "Aucun."
    author.save()

    assert story.bylines.get().interests == "Conférences pour le laboratoire A."


def test_publishing_answers_the_open_requests(editor, chief):
    story = move(DraftFactory(), Act.SUBMIT, editor)

    publish(story, by=chief)

    assert not ReviewRequest.objects.open().exists()


def test_dropping_the_changes_leaves_them_in_the_history(editor):
    story = write(ArticleFactory(title="Publié"), {"title": "En chantier"}, by=editor)

    move(story, Act.DISCARD_CHANGES, editor)

    assert (story.status, story.working) == (Status.PUBLISHED, None)
    assert [revision.content["title"] for revision in story.revisions.order_by("number")] == [
        "Publié",
        "En chantier",
        "Publié",
    ]


def test_unpublishing_makes_the_changes_its_text(chief, editor):
    story = write(ArticleFactory(), {"title": "En chantier"}, by=editor)

    unpublish(story, by=chief)

    assert (story.title, story.working) == ("En chantier", None)


def test_who_takes_a_request_on_keeps_it_until_he_lets_it_go(editor, chief, administrator):
    move(DraftFactory(), Act.SUBMIT, editor)
    request = ReviewRequest.objects.get()

    take_on(request, chief)
    with pytest.raises(Refusal, match="Marc Aubry"):
        take_on(request, administrator)
    let_go(request, administrator)
    take_on(request, administrator)

    assert ReviewRequest.objects.get().taken_by == administrator


def test_a_request_is_planned_for_somebody_who_may_answer_it(editor, chief):
    move(DraftFactory(), Act.SUBMIT, editor)
    request = ReviewRequest.objects.get()

    with pytest.raises(Refusal):
        plan(request, editor, priority="low", due_at=None, assignee=editor)
    plan(request, editor, priority="low", due_at=None, assignee=chief)

    assert ReviewRequest.objects.get().assignee == chief


def test_what_is_settled_stays_settled(editor, chief, lea):
    move(DraftFactory(), Act.SUBMIT, editor)
    request = ReviewRequest.objects.get()
    with pytest.raises(PermissionDenied):
        settle(request, "approved", editor)
    with pytest.raises(Refusal):
        settle(request, "changes", chief)
    settle(request, "approved", chief)

    with pytest.raises(Refusal):
        settle(request, "changes", chief, note="Trop tard.")
    with pytest.raises(PermissionDenied):
        plan(request, lea, priority="low", due_at=None, assignee=None)
    with pytest.raises(Refusal):
        plan(request, chief, priority="low", due_at=None, assignee=None)


def test_the_queue_is_ordered_by_urgency(editor, django_assert_num_queries):
    now = timezone.now()
    wishes = [("low", now), ("normal", None), ("normal", now + HOUR), ("high", None)]
    for priority, due_at in wishes:
        move(DraftFactory(), Act.SUBMIT, editor, priority=priority, due_at=due_at)

    with django_assert_num_queries(1):
        queue = [
            (request.priority, request.due_at, str(request.article)) for request in ReviewRequest.objects.for_queue()
        ]

    assert [(priority, due_at) for priority, due_at, _title in queue] == [
        ("high", None),
        ("normal", now + HOUR),
        ("normal", None),
        ("low", now),
    ]


def test_the_table_is_whole():
    assert set(TABLE) == set(Act)
    assert set().union(*(row.sources for row in TABLE.values())) == set(Status)
    assert IN_PROGRESS.isdisjoint(RELEASED)
