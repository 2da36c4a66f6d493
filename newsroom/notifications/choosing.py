"""Choosing what to be told, and how."""

from django.db import transaction

from newsroom.accounts.models import User
from newsroom.notifications.models import Preference

CHOICES = ("email_decisions", "email_replies", "email_featured", "site_replies", "site_featured")


@transaction.atomic
def choose(by: User, *, shows_presence: bool, **choices: bool) -> Preference:
    """Keep a person's choices, named as in ``CHOICES``, and whether others see him online; return the preference.

    What was told before stays; an e-mail that still waits is dropped when its kind is not wanted any more.
    """
    preference, _is_new = Preference.objects.update_or_create(
        user=by,
        defaults={name: choices[name] for name in CHOICES},
    )
    by.shows_presence = shows_presence
    by.save(update_fields=["shows_presence"])
    return preference
