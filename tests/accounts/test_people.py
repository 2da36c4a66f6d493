import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from newsroom.accounts.models import User
from newsroom.accounts.permissions import can_read_professional, can_take_part
from newsroom.accounts.professions import Assurance, Profession
from newsroom.accounts.roles import GROUPS


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
