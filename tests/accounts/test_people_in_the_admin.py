import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse

from newsroom.accounts.models import User


def test_groups_are_shown_under_their_names_in_french(browser_of, administrator, camille):
    Group.objects.create(name="Stagiaires")
    browser = browser_of(administrator)

    listed = browser.get(reverse("admin:auth_group_changelist")).text
    offered = browser.get(reverse("admin:accounts_user_change", args=[camille.pk])).text

    for page in (listed, offered):
        assert "Rédaction en chef" in page
        assert "Stagiaires" in page
        assert ">editor in chief<" not in page


def test_an_administrator_takes_a_lost_second_factor_away_on_the_page_of_its_person(browser_of, administrator, camille):
    Authenticator.objects.create(user=camille, type=Authenticator.Type.TOTP, data={})

    page = browser_of(administrator).get(reverse("admin:accounts_user_change", args=[camille.pk])).text

    assert 'name="authenticator_set-0-DELETE"' in page
    assert 'name="authenticator_set-1-DELETE"' not in page


@pytest.mark.parametrize("model", ["mfa_authenticator", "taggit_tag"])
def test_screens_of_libraries_that_the_house_replaces_are_not_there(model):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{model}_changelist")


def test_people_are_found_without_accents_by_name_address_or_number(browser_of, administrator, lea, camille):
    User.objects.filter(pk=camille.pk).update(rpps="10003456789", last_name="Lefèvre-Œuf")
    browser = browser_of(administrator)

    def found(typed):
        answer = browser.get(reverse("admin:accounts_user_changelist"), {"q": typed})
        return [person.email for person in answer.context["cl"].result_list]

    for typed in ("LEFEVRE", "oeuf camille", "camille@example", "10003456789"):
        assert found(typed) == ["camille@example.org"], typed
    assert found("lea simon") == ["lea@example.org"]
    assert found("lefevre simon") == []
