"""That nothing goes live past a review, and nothing readers knew goes without a word: the ways around, one by one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from articles import sharing
from articles.calendar import carry_out_end
from articles.emptying import KEPT_IN_BIN, empty_bin
from articles.models import Article, ArticleRevision, ReviewRequest
from articles.publishing import publish, reschedule, unpublish
from articles.reviewing import is_approved, settle
from articles.revising import thin
from articles.workflow.checks import writers
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.writing import readdress, write
from newsroom.core.refusals import Refusal
from newsroom.redirects.models import Redirect
from tests.factories.articles import DraftFactory
from tests.factories.desk import rows, typed

pytestmark = pytest.mark.django_db
Status = Article.Status
MEDICAL = ReviewRequest.Kind.MEDICAL
HOUR = timedelta(hours=1)
NO_DATES = {"published_at": None, "embargo_until": None, "unpublish_at": None}


@pytest.fixture
def physician(camille):
    """A physician of the newsroom."""
    camille.is_staff = True
    camille.save()
    for codename in ("review_article_medical", "view_reviewrequest", "change_reviewrequest"):
        camille.user_permissions.add(Permission.objects.get(codename=codename))
    return type(camille).objects.get(pk=camille.pk)


def to_review(editor, **fields):
    story = write(DraftFactory(**fields), {"title": "À lire"}, by=editor)
    return move(story, Act.SUBMIT, editor)


def test_the_latest_medical_answer_counts_and_not_the_kindest(editor, chief, physician):
    story = to_review(editor, needs_medical_review=True)
    settle(story.reviews.get(kind=MEDICAL), "approved", physician)
    move(story, Act.ASK_CHANGES, chief, note="Trop long.")
    move(story, Act.SUBMIT, editor)
    settle(story.reviews.open().get(kind=MEDICAL), "changes", physician, note="La dose est fausse.")

    assert not is_approved(story, MEDICAL)
    with pytest.raises(Refusal):
        publish(story, by=chief)


def test_clinical_content_that_was_sent_back_is_not_published_by_its_author(chief, administrator):
    story = to_review(chief, is_clinical=True)
    move(story, Act.APPROVE, administrator)
    move(story, Act.ASK_CHANGES, administrator, note="À revoir.")

    with pytest.raises(Refusal):
        publish(story, by=chief)


def test_an_approval_is_of_the_text_that_was_read(browser_of, editor, physician):
    story = to_review(editor, needs_medical_review=True)
    asked = story.reviews.get(kind=MEDICAL)
    browser, address = browser_of(physician), reverse("desk:review-answer", args=[asked.pk])
    read = browser.get(address).context["form"]["version"].value()
    write(story, {"body": "<p>Dix fois la dose.</p>"}, by=editor)

    answer = browser.post(address, {"outcome": "approved", "note": "Bien.", "version": read})

    assert answer.status_code == 422
    assert "Bien." in answer.content.decode()
    assert not is_approved(story, MEDICAL)


def test_what_was_not_read_may_still_be_sent_back(browser_of, editor, physician):
    story = to_review(editor, needs_medical_review=True)
    asked = story.reviews.get(kind=MEDICAL)
    write(story, {"body": "<p>Dix fois la dose.</p>"}, by=editor)

    settle(asked, "changes", physician, note="Trop.", version=1)

    assert ReviewRequest.objects.get(kind=MEDICAL).outcome == "changes"


def test_to_publish_is_no_medical_review(editor, chief):
    story = to_review(editor, needs_medical_review=True)
    write(story, {"needs_medical_review": False}, by=editor)

    publish(story, by=chief)

    assert not ReviewRequest.objects.filter(kind=MEDICAL).exists()
    assert ReviewRequest.objects.get().outcome == "approved"


def test_whoever_wrote_is_known_after_older_saves_were_thinned(editor, chief):
    story = write(write(DraftFactory(is_clinical=True), {"title": "Du chef"}, by=chief), {"kicker": "Vu"}, by=editor)
    long_ago = (timezone.now() - timedelta(days=40)).replace(hour=8, minute=0)
    ArticleRevision.objects.update(at=long_ago)

    thin()

    assert writers(story) == {editor.pk, chief.pk}


@pytest.mark.parametrize(
    ("act", "held_by"),
    [(Act.UNPUBLISH, "embargo_until"), (Act.UNPUBLISH, "published_at"), (Act.UNSCHEDULE, "published_at")],
)
def test_what_readers_knew_is_withdrawn_and_never_deleted(act, held_by, client, chief):
    story = publish(DraftFactory(), by=chief)
    reschedule(story, chief, **NO_DATES | {held_by: timezone.now() + HOUR})
    assert client.get(story.get_absolute_url()).status_code == 404

    move(story, act, chief)

    assert Article.objects.get().status == Status.UNPUBLISHED
    assert client.get(story.get_absolute_url()).status_code == 410
    with pytest.raises(Refusal):
        move(story, Act.TRASH, chief)


def test_what_was_withdrawn_and_is_scheduled_anew_has_been_seen_all_the_same(client, chief):
    story = unpublish(publish(DraftFactory(), by=chief), by=chief)
    publish(story, by=chief, at=timezone.now() + HOUR)

    move(story, Act.UNSCHEDULE, chief)

    assert Article.objects.get().status == Status.UNPUBLISHED


def test_what_nobody_has_seen_goes_to_the_bin_and_out_of_it(client, chief):
    story = publish(DraftFactory(), by=chief, at=timezone.now() + HOUR)
    move(move(story, Act.UNSCHEDULE, chief), Act.TRASH, chief)
    Article.objects.update(trashed_at=timezone.now() - KEPT_IN_BIN - HOUR)

    assert empty_bin() == 1


def test_an_end_that_came_before_the_embargo_ended_announces_nothing(client, chief):
    story = publish(DraftFactory(published_at=timezone.now() + HOUR), by=chief)
    now = timezone.now()
    dates = {"published_at": now - 2 * HOUR, "embargo_until": now + HOUR, "unpublish_at": now - HOUR}
    reschedule(story, chief, **dates)

    carry_out_end(story.pk)

    assert Article.objects.get().status == Status.APPROVED
    assert client.get(story.get_absolute_url()).status_code == 404


def test_the_address_of_what_is_held_back_again_waits(client, chief):
    story = publish(DraftFactory(slug="connue"), by=chief)
    reschedule(story, chief, **NO_DATES | {"embargo_until": timezone.now() + HOUR})

    with pytest.raises(Refusal):
        readdress(story, "nouvelle", chief)

    assert not Redirect.objects.exists()


def test_a_link_to_what_is_in_the_bin_leads_nowhere(client, editor):
    story = write(DraftFactory(), {"title": "Pour le comité"}, by=editor)
    link = sharing.share(story, "Comité", editor)
    assert client.get(sharing.address_of(link)).status_code == 200

    move(story, Act.TRASH, editor)

    assert client.get(sharing.address_of(link)).status_code == 410
    move(story, Act.TAKE_OUT, editor)
    assert client.get(sharing.address_of(link)).status_code == 200


def sent_from(page, **changes):
    """Return what the article's form sends as it was opened, with changes."""
    form = page.context["adminform"].form
    return typed(**{name: form[name].value() for name in ("base", "release", "slug", "title", "kicker")}, **changes)


def test_a_form_that_was_opened_before_a_colleague_set_an_embargo_does_not_lift_it(browser_of, chief, client):
    story = publish(DraftFactory(), by=chief)
    browser, address = browser_of(chief), reverse("admin:articles_article_change", args=[story.pk])
    moment = timezone.localtime(story.published_at)
    shown = {"published_at_0": f"{moment:%d/%m/%Y}", "published_at_1": f"{moment:%H:%M:%S}"}
    signed = rows("bylines", {"position": 1, "author": story.bylines.get().author_id})
    sent = sent_from(browser.get(address), primary_specialty=story.primary_specialty_id, **shown, **signed)
    until = (timezone.now() + HOUR).replace(microsecond=0)
    reschedule(story, chief, **NO_DATES | {"embargo_until": until})

    answer = browser.post(address, sent | {"kicker": "Retouché"})

    assert answer.status_code == 302
    assert Article.objects.get().embargo_until == until
    assert client.get(story.get_absolute_url()).status_code == 404


def test_dates_that_two_have_set_are_said_and_asked_again(browser_of, chief):
    story = publish(DraftFactory(), by=chief)
    browser, address = browser_of(chief), reverse("admin:articles_article_change", args=[story.pk])
    moment = timezone.localtime(story.published_at)
    shown = {"published_at_0": f"{moment:%d/%m/%Y}", "published_at_1": f"{moment:%H:%M:%S}"}
    mine = {"embargo_until_0": "31/12/2096", "embargo_until_1": "08:00:00"}
    sent = sent_from(browser.get(address), **shown, **mine)
    theirs = (timezone.now() + HOUR).replace(microsecond=0)
    reschedule(story, chief, **NO_DATES | {"embargo_until": theirs})

    told = browser.post(address, sent)
    assert told.status_code == 200
    assert "embargo_until" in told.context["adminform"].form.errors
    assert Article.objects.get().embargo_until == theirs

    again = sent | {"release": told.context["adminform"].form["release"].value()}
    assert browser.post(address, again).status_code == 302
    assert Article.objects.get().embargo_until.year == 2096


def test_an_address_that_a_colleague_has_changed_is_not_changed_back(browser_of, chief):
    story = write(DraftFactory(slug="ancienne"), {"kicker": "Un"}, by=chief)
    browser, address = browser_of(chief), reverse("admin:articles_article_change", args=[story.pk])
    sent = sent_from(browser.get(address), published_at_0="", published_at_1="")
    readdress(story, "nouvelle", chief)

    assert browser.post(address, sent | {"title": "Retouché"}).status_code == 302

    story = Article.objects.get()
    assert (story.title, story.slug) == ("Retouché", "nouvelle")


@pytest.mark.parametrize("release", ["", "x", "[1]", '{"slug": 3}', "\0"])
def test_what_a_form_says_of_its_opening_may_be_anything(release, browser_of, chief):
    story = write(DraftFactory(slug="la"), {"kicker": "Un"}, by=chief)
    address = reverse("admin:articles_article_change", args=[story.pk])

    answer = browser_of(chief).post(address, typed(base=story.version, release=release, slug="la"))

    assert answer.status_code in {200, 302}


def test_what_was_published_by_an_editor_without_the_right_stays_where_it_was(browser_of, editor, chief):
    """By the button, by the page of the move, by dates posted by hand, by the merge of two versions."""
    story = write(DraftFactory(), {"kicker": "Un"}, by=editor)
    form = reverse("admin:articles_article_change", args=[story.pk])
    browser = browser_of(editor)
    past = {"published_at_0": "01/01/2026", "published_at_1": "08:00:00"}

    browser.post(form, typed(base=story.version, title="A", **past))
    browser.post(form, typed(base=story.version, title="B", _publish="1", **past))
    browser.post(form, typed(base=1, **{"fusion-base": "1", "fusion-title": "mine", "_publish": "1"}))
    for act in (Act.PUBLISH, Act.PUBLISH_CHANGES, Act.UNSCHEDULE, Act.UNPUBLISH, Act.APPROVE):
        assert browser.post(reverse("desk:move", args=[story.pk, act]), {"note": "x"}).status_code == 403

    story = Article.objects.get()
    assert (story.status, story.published_at) == (Status.DRAFT, None)
