import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from newsroom.moderation.models import Report
from newsroom.moderation.reporting import report
from tests.factories.discussions import ThreadFactory, comment_in
from tests.factories.moderation import held_comment


@pytest.fixture
def comment(camille):
    return comment_in(ThreadFactory(), author=camille)


def test_any_signed_in_reader_reports_a_published_message(comment, lea):
    filed = report(comment, lea, reason="attack", text="  ton agressif\r\n")

    assert (filed.reporter, filed.reason, filed.text, filed.is_open) == (lea, "attack", "ton agressif", True)
    assert Event.objects.get(kind="moderation.ReportFiled").payload == {
        "report_id": filed.pk,
        "comment_id": comment.pk,
    }


def test_a_second_report_by_the_same_reader_gives_the_first_back(comment, lea):
    first = report(comment, lea, reason="attack")

    second = report(comment, lea, reason="other", text="encore")

    assert second == first
    assert second.reason == "attack"
    assert Event.objects.filter(kind="moderation.ReportFiled").count() == 1


def test_nobody_reports_his_own_message(comment, camille):
    with pytest.raises(PermissionDenied):
        report(comment, camille, reason="attack")


def test_a_closed_account_reports_nothing(comment, lea):
    lea.is_active = False

    with pytest.raises(PermissionDenied):
        report(comment, lea, reason="attack")


def test_a_message_that_is_not_online_cannot_be_reported(camille, lea):
    comment = held_comment(camille)

    with pytest.raises(Refusal, match="plus en ligne"):
        report(comment, lea, reason="attack")

    assert not Report.objects.exists()


def test_a_message_in_a_hidden_thread_is_neither_shown_nor_reported(camille, lea, browser_of):
    comment = comment_in(ThreadFactory(title="Sous embargo", opens_at=None), author=camille)

    page = browser_of(lea).get(f"/commentaires/{comment.pk}/signaler/")
    with pytest.raises(Refusal, match="plus en ligne"):
        report(comment, lea, reason="attack")

    assert page.status_code == 404
    assert "embargo" not in page.content.decode()
    assert not Report.objects.exists()


def test_a_long_text_is_cut(comment, lea):
    assert len(report(comment, lea, reason="other", text="a" * 600).text) == 500


def test_the_database_keeps_one_report_a_reader(comment, lea):
    report(comment, lea, reason="attack")

    with pytest.raises(IntegrityError, match="one_report_a_reader"), transaction.atomic():
        Report.objects.create(comment=comment, reporter=lea, reason="attack")


def test_a_report_is_not_settled_before_it_was_made(comment, lea):
    filed = report(comment, lea, reason="attack")

    with pytest.raises(IntegrityError, match="report_is_settled_after_it_was_made"), transaction.atomic():
        Report.objects.filter(pk=filed.pk).update(settled_at=filed.created_at - timezone.timedelta(seconds=1))


def test_the_report_page_asks_for_a_reason_and_none_is_chosen(comment, lea, browser_of):
    page = browser_of(lea).get(f"/commentaires/{comment.pk}/signaler/").content.decode()

    assert "Attaque personnelle" in page
    assert "checked" not in page


def test_reporting_by_the_form_thanks_and_goes_back_to_the_message(comment, lea, browser_of):
    browser = browser_of(lea)
    address = f"/commentaires/{comment.pk}/signaler/"

    answer = browser.post(address, {"reason": "off-topic", "text": "Autre sujet"})

    assert answer.status_code == 302
    assert answer["Location"] == comment.get_absolute_url()
    assert Report.objects.get().reason == "off-topic"
    assert "Vous avez signalé ce message" in browser.get(address).content.decode()


def test_the_form_without_a_reason_keeps_the_text(comment, lea, browser_of):
    answer = browser_of(lea).post(f"/commentaires/{comment.pk}/signaler/", {"text": "Regardez bien"})

    assert answer.status_code == 422
    assert "Regardez bien" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_author_is_sent_back_to_his_message(comment, camille, browser_of):
    answer = browser_of(camille).post(f"/commentaires/{comment.pk}/signaler/", {"reason": "attack"})

    assert answer["Location"] == comment.get_absolute_url()
    assert not Report.objects.exists()


def test_a_held_message_has_no_report_page(camille, lea, browser_of):
    comment = held_comment(camille)

    assert browser_of(lea).get(f"/commentaires/{comment.pk}/signaler/").status_code == 404


def test_a_signed_out_reader_is_sent_to_sign_in_and_comes_back(comment, client):
    answer = client.get(f"/commentaires/{comment.pk}/signaler/")

    assert answer["Location"] == f"/compte/connexion/?next=%2Fcommentaires%2F{comment.pk}%2Fsignaler%2F"
