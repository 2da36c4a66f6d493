import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from polls.models import Choice, Poll, Vote
from polls.voting import vote
from tests.factories.accounts import PASSWORD
from tests.factories.polls import PollFactory, closed

NARROW = "\u202f"


@pytest.fixture
def poll(db):
    return PollFactory()


def vote_address(poll):
    return reverse("polls:vote", args=[poll.slug])


def text(response):
    return response.content.decode()


def tally(poll, *votes):
    """Give the choices so many votes, without voters."""
    for choice, count in zip(poll.choices.all(), votes, strict=True):
        Choice.objects.filter(pk=choice.pk).update(vote_count=count)
    Poll.objects.filter(pk=poll.pk).update(vote_count=sum(votes))


def test_the_list_shows_consultations_and_no_draft_nor_debate(client, poll):
    draft = PollFactory(opens_at=None)
    to_come = PollFactory(opens_at=timezone.now() + dt.timedelta(hours=1))
    of_debate = PollFactory(is_part_of_debate=True)

    page = text(client.get(reverse("polls:list")))

    assert poll.get_absolute_url() in page
    assert not any(other.get_absolute_url() in page for other in (draft, to_come, of_debate))


@pytest.mark.parametrize("page", ["2", "0", "x", "-1"])
def test_a_page_of_the_list_that_does_not_exist_is_not_found(client, poll, page):
    assert client.get(reverse("polls:list"), {"page": page}).status_code == 404


def test_an_empty_list_says_what_belongs_there(client, db):
    assert 'class="empty"' in text(client.get(reverse("polls:list")))


def test_one_and_three_consultations_take_the_same_queries(client, poll):
    with CaptureQueriesContext(connection) as with_one:
        client.get(reverse("polls:list"))
    PollFactory.create_batch(2)

    with CaptureQueriesContext(connection) as with_three:
        client.get(reverse("polls:list"))

    assert len(with_three) == len(with_one)


def test_the_page_takes_three_queries_and_no_session(client, poll, django_assert_num_queries):
    # The poll, its choices, and until when the page may be kept.
    with django_assert_num_queries(3):
        response = client.get(poll.get_absolute_url())

    assert response.status_code == 200
    assert not response.cookies


def test_the_page_is_the_same_for_everybody(client, poll, camille, browser_of):
    vote(poll, poll.choices.first(), camille)

    assert text(client.get(poll.get_absolute_url())) == text(browser_of(camille).get(poll.get_absolute_url()))


def test_fewer_than_thirty_voters_see_counts(client, poll):
    tally(poll, 20, 9, 0)

    page = text(client.get(poll.get_absolute_url()))

    assert f"{NARROW}%" not in page
    assert '<span class="num">20</span>' in page


def test_from_thirty_voters_on_percentages_sum_to_a_hundred(client, poll):
    tally(poll, 10, 10, 10)

    page = text(client.get(poll.get_absolute_url()))

    assert f'<span class="num">34{NARROW}%</span>' in page
    assert f'<span class="num">33{NARROW}%</span>' in page


def test_a_closed_consultation_keeps_its_page_without_a_form(client, db):
    response = client.get(closed().get_absolute_url())

    assert response.status_code == 200
    assert 'name="choix"' not in text(response)


def test_a_draft_and_a_debates_poll_have_no_page_here(client, db):
    hidden = [PollFactory(opens_at=None), PollFactory(is_part_of_debate=True)]

    assert {client.get(poll.get_absolute_url()).status_code for poll in hidden} == {404}


def test_a_signed_out_vote_survives_signing_in(client, poll, camille):
    chosen = poll.choices.last()
    away = client.get(vote_address(poll), {"choix": chosen.pk})
    sign_in = urlsplit(away["Location"])
    back = parse_qs(sign_in.query)["next"][0]

    client.login(username=camille.email, password=PASSWORD)
    page = text(client.get(back))

    assert sign_in.path == reverse("account_login")
    assert f'value="{chosen.pk}" checked' in page


def test_a_reader_votes_and_sees_the_answer_marked(poll, camille, browser_of):
    browser = browser_of(camille)
    chosen = poll.choices.first()

    response = browser.post(vote_address(poll), {"choix": chosen.pk})
    page = text(browser.get(response["Location"]))

    assert response["Location"] == vote_address(poll) + "#resultat"
    assert Vote.objects.get().choice == chosen
    assert 'class="is-mine"' in page
    assert page.count('class="note"') == 1


def test_a_second_vote_is_explained_and_not_counted(poll, camille, browser_of):
    browser = browser_of(camille)
    first, second, _third = poll.choices.all()
    vote(poll, first, camille)

    response = browser.post(vote_address(poll), {"choix": second.pk}, follow=True)

    assert response.status_code == 200
    assert "note--warn" in text(response)
    assert Vote.objects.get().choice == first


def test_a_vote_on_a_closed_consultation_is_explained(db, camille, browser_of):
    poll = closed()

    response = browser_of(camille).post(vote_address(poll), {"choix": poll.choices.first().pk}, follow=True)

    assert response.status_code == 200
    assert "note--warn" in text(response)
    assert not Vote.objects.exists()


def test_an_answer_that_may_be_changed_offers_the_form_again(db, camille, browser_of):
    poll = PollFactory(takes_changes=True)
    chosen = poll.choices.first()
    vote(poll, chosen, camille)

    page = text(browser_of(camille).get(vote_address(poll)))

    assert f'value="{chosen.pk}" checked' in page


@pytest.mark.parametrize("sent", [{}, {"choix": "0"}, {"choix": "une"}])
def test_a_form_without_a_sound_answer_comes_back_with_the_error(poll, camille, browser_of, sent):
    response = browser_of(camille).post(vote_address(poll), sent)

    assert response.status_code == 200
    assert 'class="err"' in text(response)


def test_an_answer_of_another_poll_is_not_taken(poll, camille, browser_of):
    stranger = PollFactory().choices.first()

    browser_of(camille).post(vote_address(poll), {"choix": stranger.pk})

    assert not Vote.objects.exists()


def test_a_reader_whom_the_poll_does_not_ask_reads_why(db, lea, browser_of):
    poll = PollFactory(audience=Poll.Audience.PHYSICIANS)
    browser = browser_of(lea)

    page = text(browser.get(vote_address(poll)))
    posted = browser.post(vote_address(poll), {"choix": poll.choices.first().pk})

    assert 'name="choix"' not in page
    assert reverse("accounts:me") in page
    assert posted.status_code == 403


def test_the_readers_own_page_is_never_cached(poll, camille, browser_of):
    assert "no-store" in browser_of(camille).get(vote_address(poll))["Cache-Control"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
def test_public_pages_are_only_read(client, poll, method):
    ask = getattr(client, method)

    assert ask(reverse("polls:list")).status_code == 405
    assert ask(poll.get_absolute_url()).status_code == 405


def test_the_box_shows_the_result_and_the_way_to_answer_while_it_is_open(poll):
    shut = closed()

    box, closed_box = (render_to_string("polls/_box.html", {"poll": one, "level": 2}) for one in (poll, shut))

    assert poll.get_absolute_url() in box
    assert vote_address(poll) in box
    assert vote_address(shut) not in closed_box
