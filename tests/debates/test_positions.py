"""A reader's own page of a debate: voting, arguing, and reading why one may not."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from debates.arguing import LONGEST_ARGUMENT, take_position
from debates.models import Argument
from newsroom.discussions.models import Comment
from polls.models import Poll, Vote
from tests.factories.accounts import PASSWORD
from tests.factories.debates import closed_debate, debate_of


@pytest.fixture
def debate(db):
    return debate_of()


def address(name, debate):
    return reverse(f"debates:{name}", args=[debate.slug])


def text(response):
    return response.content.decode()


def test_a_signed_out_vote_survives_signing_in(client, debate, camille):
    chosen = debate.poll.choices.last()
    away = client.get(address("position", debate), {"position": chosen.pk})
    back = parse_qs(urlsplit(away["Location"]).query)["next"][0]

    client.login(username=camille.email, password=PASSWORD)

    assert f'value="{chosen.pk}" checked' in text(client.get(back))


def test_a_position_and_an_argument_are_taken_in_one_form(debate, camille, browser_of):
    browser = browser_of(camille)
    yes = debate.poll.choices.first()

    response = browser.post(address("position", debate), {"position": yes.pk, "argument": "Le flacon est là."})
    page = text(browser.get(response["Location"]))

    assert response["Location"] == address("position", debate) + "#resultat"
    assert Vote.objects.get().choice == yes
    assert Argument.objects.get().comment.source == "Le flacon est là."
    assert "pos--oui" in page
    assert 'name="argument"' not in page
    assert 'id="resultat" tabindex="-1"' in page


def test_a_vote_changes_until_the_end(debate, camille, browser_of):
    yes, no = debate.poll.choices.all()
    take_position(debate, yes, camille)

    browser_of(camille).post(address("position", debate), {"position": no.pk})

    assert Vote.objects.get().choice == no


def test_a_second_argument_is_explained_and_its_text_kept(debate, camille, browser_of):
    yes = debate.poll.choices.first()
    take_position(debate, yes, camille, text="Le flacon est là.")

    response = browser_of(camille).post(address("position", debate), {"position": yes.pk, "argument": "Encore."})

    assert response.status_code == 200
    assert "err-sum" in text(response)


def test_a_text_that_is_too_long_comes_back_with_the_error(debate, camille, browser_of):
    sent = {"position": debate.poll.choices.first().pk, "argument": "a" * (LONGEST_ARGUMENT + 1)}

    page = text(browser_of(camille).post(address("position", debate), sent))

    assert "err-sum" in page
    assert sent["argument"] in page
    assert not Vote.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"position": "0"}, {"position": "oui"}])
def test_a_form_without_a_sound_position_comes_back_with_the_error(debate, camille, browser_of, sent):
    response = browser_of(camille).post(address("position", debate), {**sent, "argument": "Mon motif."})

    assert response.status_code == 200
    assert 'class="err"' in text(response)
    assert "Mon motif." in text(response)


def test_a_late_position_on_a_closed_debate_is_explained(camille, browser_of):
    debate = closed_debate()

    response = browser_of(camille).post(address("position", debate), {"position": debate.poll.choices.first().pk})

    assert response.status_code == 200
    assert "err-sum" in text(response)


def test_who_may_not_vote_reads_why(debate, lea, browser_of):
    browser = browser_of(lea)

    page = text(browser.get(address("position", debate)))
    posted = browser.post(address("position", debate), {"position": debate.poll.choices.first().pk})

    assert 'name="position"' not in page
    assert posted.status_code == 403


def test_who_may_vote_and_not_write_sees_no_field_for_an_argument(lea, browser_of):
    debate = debate_of(audience=Poll.Audience.MEMBERS)

    page = text(browser_of(lea).get(address("position", debate)))

    assert 'name="position"' in page
    assert 'name="argument"' not in page


def test_a_held_argument_is_told_to_its_author(camille, browser_of, debate):
    take_position(debate, debate.poll.choices.first(), camille, text="Le flacon est là.")
    Comment.objects.update(status=Comment.Status.HELD)

    page = text(browser_of(camille).get(address("position", debate)))

    assert reverse("discussions:withdraw", args=[Comment.objects.get().pk]) in page


def test_the_readers_own_page_is_never_cached(debate, camille, browser_of):
    assert "no-store" in browser_of(camille).get(address("position", debate))["Cache-Control"]
