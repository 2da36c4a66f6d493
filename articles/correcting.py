"""Telling readers what was wrong."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Correction
from articles.permissions import Person, can_write
from newsroom.core.refusals import Refusal


@transaction.atomic
def correct(article: Article, text: str, by: Person) -> Correction:
    """Add a correction to the article, date the article by it, and return the correction.

    ``text`` says to readers what was wrong and what stands now. Raises PermissionDenied for somebody who does
    not write for the newsroom, Refusal without a text.
    """
    if not can_write(by, article):
        raise PermissionDenied
    if not text.strip():
        raise Refusal(_("Say what was wrong and what stands now."))
    correction = Correction.objects.create(article=article, text=text.strip())
    article.corrected_at = correction.made_at
    article.save(update_fields=["corrected_at", "changed_at"])
    return correction
