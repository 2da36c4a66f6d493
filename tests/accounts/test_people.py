import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from newsroom.accounts.models import User
from newsroom.accounts.permissions import can_read_professional, can_take_part
from newsroom.accounts.professions import Assurance, Profession
from newsroom.accounts.roles import GROUPS
from tests.conftest import PASSWORD


def test_a_physician_signs_with_title_first_name_and_initial(camille):
    assert camille.signature == "Dre\N{NO-BREAK SPACE}Camille R."
    assert camille.title_line == "Médecin vérifié · Cardiologue"


def test_a_pseudonym_replaces_the_name(camille):
    camille.pseudonym = "Stéthoscope"

    assert camille.signature == "Stéthoscope"
    assert camille.initials == "ST"


def test_an_unverified_title_says_so(lea):
    lea.profession = Profession.NURSE
    lea.assurance = Assurance.DECLARED

    assert "non vérifié" in lea.title_line


@pytest.mark.django_db
def test_two_accounts_never_share_an_address_whatever_its_case():
    User.objects.create_user("Camille@example.org", "x")

    with pytest.raises(IntegrityError, match="one_account_an_address"), transaction.atomic():
        User.objects.create_user("camille@example.org", "x")


@pytest.mark.django_db
def test_a_verified_person_has_a_profession():
    with pytest.raises(IntegrityError, match="verified_person_has_a_profession"), transaction.atomic():
        User.objects.create_user("x@example.org", assurance=Assurance.VERIFIED)


def test_verified_professionals_and_staff_take_part_and_others_do_not(camille, lea, moderator):
    assert can_take_part(camille)
    assert can_take_part(moderator)
    assert not can_take_part(lea)
    assert can_read_professional(camille)
    assert not can_read_professional(lea)


def test_a_verified_student_is_no_professional(lea):
    lea.profession = Profession.STUDENT
    lea.assurance = Assurance.VERIFIED

    assert not can_take_part(lea)


@pytest.mark.django_db
def test_the_five_groups_are_made_by_a_migration():
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS)


def test_signing_in_finds_the_account_whatever_the_case(client, camille):
    assert User.objects.get_by_natural_key("CAMILLE@EXAMPLE.ORG") == camille


SIGN_IN = {"login": "camille@example.org", "password": PASSWORD}
SIGN_UP = {"email": "new@example.org", "password1": "un-long-mot-de-passe", "first_name": "Ève", "last_name": "Roy"}


@pytest.mark.parametrize(
    ("name", "sent"),
    [("account_login", SIGN_IN), ("account_signup", SIGN_UP), ("account_reset_password", {"email": "a@example.org"})],
)
def test_with_redis_away_nobody_signs_in_and_the_page_says_why(client, camille, settings, name, sent):
    settings.CACHES = {
        "default": {"BACKEND": settings.CACHES["default"]["BACKEND"], "LOCATION": "unix:///nowhere/redis.sock"},
    }

    response = client.post(reverse(name), sent)

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(
    ("name", "sent"),
    [("account_signup", SIGN_UP), ("account_reset_password", {"email": "camille@example.org"})],
)
def test_with_the_mail_server_away_the_page_asks_to_come_back(client, camille, settings, name, sent):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    response = client.post(reverse(name), sent)

    assert (response.status_code, response["Retry-After"]) == (503, "60")


@pytest.mark.django_db
def test_whoever_signed_up_while_the_mail_server_was_away_gets_the_message_at_a_later_sign_in(
    client,
    settings,
    mailoutbox,
):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    client.post(reverse("account_signup"), SIGN_UP)
    settings.EMAIL_BACKEND = working
    # A few minutes later: one message in three minutes is all that an address gets.
    cache.clear()

    client.post(reverse("account_login"), {"login": SIGN_UP["email"], "password": SIGN_UP["password1"]})

    assert [message.to for message in mailoutbox] == [["new@example.org"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Jean\r\nBcc: x@y.example", "Jean Bcc: x@y.example"), ("\u202eÈve\u200b", "Ève"), ("Anne\x0bLise", "Anne Lise")],
)
def test_a_name_is_one_line_that_can_be_read(client, typed, kept):
    client.post(reverse("account_signup"), {**SIGN_UP, "first_name": typed})

    assert User.objects.get().first_name == kept


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["\u200b", "\u2800", "...", "123", "😀"])
def test_a_name_without_a_letter_is_refused(client, typed):
    response = client.post(reverse("account_signup"), {**SIGN_UP, "first_name": typed})

    assert list(response.context["form"].errors) == ["first_name"]
    assert not User.objects.exists()
