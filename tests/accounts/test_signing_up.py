"""Sign-up and sign-in as people go through them: allauth's pages, our forms and settings."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from newsroom.accounts.models import User
from newsroom.accounts.professions import Assurance
from tests.conftest import PASSWORD

FORM = {
    "email": "zoe@example.org",
    "password1": "un-long-mot-de-passe",
    "civility": "Dre",
    "first_name": "Zoé",
    "last_name": "Martin",
    "profession": "physician",
    "specialty": "cardiology",
}


@pytest.fixture
def camille_can_sign_in(camille):
    camille.emailaddress_set.create(email=camille.email, verified=True, primary=True)
    return camille


def sign_up(client, **changed):
    return client.post(reverse("account_signup"), {**FORM, **changed})


def sign_in(client, email, password):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_a_declared_profession_is_kept_and_is_not_a_verified_one(client, db):
    sign_up(client)

    person = User.objects.get(email="zoe@example.org")
    assert (person.signature, person.get_profession_display()) == ("Dre\N{NO-BREAK SPACE}Zoé M.", "Médecin")
    assert person.assurance == Assurance.DECLARED
    assert not person.is_verified_professional


def test_somebody_without_a_profession_declares_nothing(client, db):
    sign_up(client, profession="", specialty="", civility="")

    assert User.objects.get().assurance == Assurance.NONE


def test_nobody_is_signed_in_before_the_address_is_confirmed_by_a_click(client, db):
    sign_up(client)
    assert "_auth_user_id" not in client.session
    assert sign_in(client, FORM["email"], FORM["password1"])["Location"] == reverse("account_email_verification_sent")

    address = re.search(r"https?://[^/]+(/compte/courriel/\S+/)", mail.outbox[0].body)[1]
    client.get(address)
    assert not User.objects.get().emailaddress_set.get().verified

    client.post(address)
    sign_in(client, FORM["email"], FORM["password1"])
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_a_known_address_gets_the_same_answer_as_a_new_one(client, camille_can_sign_in):
    new, known = sign_up(client), sign_up(client, email=camille_can_sign_in.email)

    assert (new.status_code, new["Location"]) == (known.status_code, known["Location"])
    assert User.objects.filter(email=camille_can_sign_in.email).count() == 1


def test_a_forgotten_password_tells_nobody_whether_the_address_is_known(client, camille_can_sign_in):
    known, unknown = (
        client.post(reverse("account_reset_password"), {"email": email})
        for email in (camille_can_sign_in.email, "personne@example.org")
    )

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_guessing_a_password_is_stopped_even_for_the_right_one(client, camille_can_sign_in):
    for _guess in range(5):
        sign_in(client, camille_can_sign_in.email, "faux-mot-de-passe")

    sign_in(client, camille_can_sign_in.email, PASSWORD)

    assert "_auth_user_id" not in client.session


def test_an_address_is_the_same_in_capitals(client, camille_can_sign_in):
    sign_in(client, "CAMILLE@Example.ORG", PASSWORD)

    assert client.session["_auth_user_id"] == str(camille_can_sign_in.pk)
