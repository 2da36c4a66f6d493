"""People."""

import factory
from django.contrib.auth.models import Group

from newsroom.accounts.models import User
from newsroom.accounts.professions import Assurance, Practice, Profession

PASSWORD = "une-phrase-assez-longue"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"lecteur{n}@example.org")
    first_name = "Jean"
    last_name = factory.Sequence(lambda n: f"Durand{n}")
    password = factory.django.Password(PASSWORD)


class PhysicianFactory(UserFactory):
    civility = "Dr"
    profession = Profession.PHYSICIAN
    specialty = Practice.CARDIOLOGY
    assurance = Assurance.VERIFIED


def staff(group, **fields):
    """Return a member of the house in the group of that name."""
    person = UserFactory(is_staff=True, **fields)
    person.groups.add(Group.objects.get(name=group))
    return person
