"""What editors are told at the desk, through the real switchboard."""

from articles import remarking
from articles.models import ReviewRequest
from articles.reviewing import settle
from articles.workflow.moving import move
from articles.workflow.steps import Act
from newsroom.notifications.listeners import tell_editors_mentioned
from newsroom.notifications.models import Delivery, Notification
from tests.factories.articles import DraftFactory
from tests.notifications.test_listeners import deliver_everything


def told(person):
    return [(notification.kind, notification.title) for notification in Notification.objects.filter(recipient=person)]


def test_whoever_a_remark_names_is_told_on_the_site_and_not_by_mail(editor, chief):
    story = DraftFactory(title="Grippe")
    said = remarking.remark(story, "@Marc Aubry, la dose ?", editor)

    deliver_everything()

    notification = Notification.objects.get(recipient=chief)
    assert notification.title == "Anne Dupré vous cite dans une remarque"
    assert notification.path.endswith(f"/articles/{story.pk}/remarques/#remarque-{said.pk}")
    assert "la dose" in notification.body
    assert not Delivery.objects.exists()


def test_a_remark_settled_meanwhile_tells_nobody(editor, chief):
    said = remarking.remark(DraftFactory(), "@Marc Aubry", editor)
    remarking.resolve(said, editor)

    deliver_everything()

    assert told(chief) == []


def test_a_fact_about_nothing_is_harmless(db):
    tell_editors_mentioned(type("Fact", (), {"remark_id": 0}))


def test_who_is_given_a_review_is_told_and_who_asked_learns_the_answer(editor, chief):
    move(DraftFactory(title="Grippe"), Act.SUBMIT, editor, assignee=chief)
    deliver_everything()
    settle(ReviewRequest.objects.get(), "changes", chief, note="Revoir la dose.")
    deliver_everything()

    assert told(chief) == [("review", "Une relecture vous est confiée")]
    assert told(editor) == [("review", "Relecture éditoriale\N{NO-BREAK SPACE}: corrections demandées")]
    assert "Revoir la dose." in Notification.objects.get(recipient=editor).body


def test_nobody_is_told_of_what_he_did_himself(chief):
    move(DraftFactory(), Act.SUBMIT, chief, assignee=chief)
    move(DraftFactory(), Act.SUBMIT, chief)
    for asked in ReviewRequest.objects.all():
        settle(asked, "approved", chief)

    deliver_everything()

    assert told(chief) == []
