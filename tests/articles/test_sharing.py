"""Share links: for somebody without an account, for seven days, logged, and taken back at any moment."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from articles import sharing
from articles.models import Article, Remark, ShareLink, SignOff
from articles.writing import write
from newsroom.core.refusals import Refusal
from tests.factories.articles import ArticleFactory, DraftFactory

ENDED = "Ce lien ne mène plus nulle part"


@pytest.fixture
def draft(editor):
    return write(Article(), {"title": "Sous embargo", "body": "<p>Un passage à relire.</p>"}, by=editor)


@pytest.fixture
def link(draft, editor):
    return sharing.share(draft, "Pr Lambert", editor)


def address(link):
    return sharing.address_of(link)


def test_whoever_holds_the_link_reads_what_the_newsroom_works_on(link, client, editor):
    story = link.article
    write(story, {"title": "Le dernier état"}, by=editor)

    answer = client.get(address(link))

    assert answer.status_code == 200
    assert "Le dernier état" in answer.content.decode()
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    assert "no-store" in answer["Cache-Control"]


def test_reading_is_logged_once_a_visit(link, client, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    for _reload in range(3):
        client.get(address(link))
    time_machine.shift(timedelta(minutes=16))
    client.get(address(link))

    assert [visit.act for visit in link.visits.all()] == ["read", "read"]


def test_a_remark_on_a_passage_comes_back_under_the_name_that_was_given(link, client):
    form = {"name": "Pr Lambert", "passage": "Un passage", "text": "Préciser la dose."}

    answer = client.post(reverse("articles:shared-remark", args=[address(link).split("/")[2]]), form, follow=True)

    said = Remark.objects.get()
    assert (said.author_name, said.passage, said.version) == ("Pr Lambert", "Un passage", 1)
    assert "Préciser la dose." in answer.content.decode()
    assert "remarked" in link.visits.values_list("act", flat=True)


def test_what_others_outside_said_is_theirs_alone(link, draft, editor, client):
    other = sharing.share(draft, "Dr Petit", editor)
    sharing.comment(other, "Dr Petit", "Confidentiel.")

    assert "Confidentiel." not in client.get(address(link)).content.decode()


def test_a_sign_off_has_name_date_and_text_and_is_given_once(link, client):
    where = reverse("articles:shared-sign", args=[address(link).split("/")[2]])
    for _again in range(2):
        client.post(where, {"name": "Pr Lambert", "note": "", "version": 1})

    signed = SignOff.objects.get()
    assert (signed.name, signed.version, signed.article) == ("Pr Lambert", 1, link.article)
    assert [visit.act for visit in link.visits.all()] == ["signed"]


def test_a_text_that_has_changed_is_read_again_before_it_is_signed_off(link, client, editor):
    write(link.article, {"title": "Autre"}, by=editor)

    answer = client.post(
        reverse("articles:shared-sign", args=[address(link).split("/")[2]]),
        {"name": "Pr Lambert", "note": "D’accord.", "version": 1},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Le texte a changé" in page
    assert "D’accord." in page
    assert not SignOff.objects.exists()


def test_a_form_without_a_name_comes_back_as_it_was_typed(link, client):
    where = reverse("articles:shared-remark", args=[address(link).split("/")[2]])

    answer = client.post(where, {"name": "", "text": "Longue remarque."})

    assert answer.status_code == 422
    assert "Longue remarque." in answer.content.decode()
    for call in (lambda: sharing.comment(link, " ", "x"), lambda: sharing.comment(link, "x", " ")):
        with pytest.raises(Refusal):
            call()
    with pytest.raises(Refusal):
        sharing.sign_off(link, " ")


@pytest.mark.parametrize("act", ["expire", "revoke", "forge"])
def test_a_link_that_is_over_leads_nowhere_and_takes_nothing(act, link, client, editor, time_machine):
    token = address(link).split("/")[2]
    time_machine.move_to(timezone.now(), tick=False)
    if act == "expire":
        time_machine.shift(timedelta(days=7, seconds=1))
    elif act == "revoke":
        sharing.revoke(link, editor)
    else:
        token = token.replace(token[-3:], "xyz")

    read = client.get(reverse("articles:shared", args=[token]))
    said = client.post(reverse("articles:shared-remark", args=[token]), {"name": "X", "text": "Y"})
    signed = client.post(reverse("articles:shared-sign", args=[token]), {"name": "X", "version": 1})

    assert [answer.status_code for answer in (read, said, signed)] == [410] * 3
    assert ENDED in read.content.decode()
    assert not Remark.objects.exists()


def test_the_number_of_a_link_alone_opens_nothing(link, client):
    assert client.get(reverse("articles:shared", args=[str(link.pk)])).status_code == 410


def test_links_are_made_listed_and_taken_back_at_the_desk(draft, browser_of, editor):
    browser = browser_of(editor)
    where = reverse("desk:links", args=[draft.pk])

    browser.post(where, {"made_for": "Comité scientifique"})
    link = ShareLink.objects.get()
    page = browser.get(where).content.decode()
    browser.post(reverse("desk:link-revoke", args=[link.pk]))
    afterwards = browser.get(where).content.decode()

    assert address(link) in page
    assert address(link) not in afterwards
    assert "Repris par Anne Dupré" in afterwards
    assert browser.post(where, {"made_for": " "}).status_code == 422


def test_taking_a_link_back_twice_keeps_who_did_it_first(link, editor, chief):
    sharing.revoke(link, editor)
    sharing.revoke(link, chief)

    assert ShareLink.objects.get().revoked_by == editor


@pytest.mark.parametrize("who", ["lea", "camille", "moderator"])
def test_who_does_not_write_articles_shares_none(who, request, draft, link, browser_of):
    person = request.getfixturevalue(who)
    browser = browser_of(person)

    with pytest.raises(PermissionDenied):
        sharing.share(draft, "Moi", person)
    with pytest.raises(PermissionDenied):
        sharing.revoke(link, person)
    assert browser.get(reverse("desk:links", args=[draft.pk])).status_code == 403
    assert browser.post(reverse("desk:link-revoke", args=[link.pk])).status_code == 403
    with pytest.raises(Refusal):
        sharing.share(ArticleFactory(), " ", request.getfixturevalue("editor"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_links_costs_the_same_whatever_its_length(count, browser_of, editor, django_assert_max_num_queries):
    draft = DraftFactory()
    for _link in range(count):
        sharing.comment(sharing.share(draft, "X", editor), "X", "Un mot.")
    browser = browser_of(editor)

    with django_assert_max_num_queries(11):
        browser.get(reverse("desk:links", args=[draft.pk]))
