"""Telling readers what was wrong.

A correction is a word to readers. Changing the text itself is another act: ``writing.write``, then
``publishing.publish``.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.contents import content_of
from articles.events import ArticleCorrected
from articles.models import Article, Correction
from articles.permissions import Person, can_correct
from articles.revising import Kind, keep
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.core.rendering import normalised
from newsroom.events.recording import record


@transaction.atomic
def correct(
    article: Article, text: str, by: Person, *, kind: str = Correction.Kind.ERROR, is_substantive: bool = True
) -> Correction:
    """Tell readers of the article what was wrong, at once and for good, and return the correction.

    ``text`` says what was wrong and what stands now. Only a substantive correction moves the date that readers and
    search engines are told. Reads the row anew under its lock: what was set on ``article`` and not saved is dropped.

    Raises PermissionDenied for somebody who does not publish, for readers see it without a further look; Refusal
    without a text, and for an article that readers have never seen. Records ArticleCorrected. Order: lock, permission,
    checks, correction, revision of what readers see, date, fact.
    """
    article.hold()
    if not (isinstance(by, User) and can_correct(by, article)):
        raise PermissionDenied
    if not (told := normalised(text)):
        raise Refusal(_("Say what was wrong and what stands now."))
    if not has_been_seen(article):
        raise Refusal(_("Readers have not seen this article yet: there is nothing to correct, change its text."))
    correction = Correction.objects.create(article=article, kind=kind, is_substantive=is_substantive, text=told)
    keep(article, Kind.CORRECT, content_of(article), by, note=told)
    if is_substantive:
        article.corrected_at = correction.made_at
    article.save(update_fields=["corrected_at", "version", "changed_at"])
    record(ArticleCorrected(article.pk, correction.pk))
    return correction


def has_been_seen(article: Article) -> bool:
    """Say whether readers see the article or have seen it: only then is there something to put right before them."""
    return article.was_public_at(timezone.now())
