"""Saving what an editor wrote."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.models import Article
from articles.permissions import Person, can_write
from newsroom.discussions.opening import retitle, show_from

# What other verbs decide: a form that was loaded before their decision must not write back what it had read.
OF_OTHER_VERBS = {"status", "thread", "corrected_at", "source_id", "source_digest", "taken_digest"}
# Django documents this way to the fields, underscore and all.
_FIELDS = {field.name for field in Article._meta.concrete_fields if not field.primary_key}  # noqa: SLF001
EDITORIAL = _FIELDS - OF_OTHER_VERBS


@transaction.atomic
def write(article: Article, by: Person) -> Article:
    """Save the article, new or changed, and return it.

    Only what an editor writes is saved: published in the meantime stays published. Its thread, once it has one,
    follows its title, its address, its date and its embargo. Raises PermissionDenied for somebody who does not
    write for the newsroom. Side effects of saving: the text is rendered, an empty address is made of the title.
    """
    if not can_write(by, article):
        raise PermissionDenied
    now = Article.objects.select_for_update().filter(pk=article.pk).first()
    if now is None:
        article.save()
    else:
        article.status, article.thread = now.status, now.thread
        if now.is_published:
            # Publishing gave it a date; a form from before cannot take it away.
            article.published_at = article.published_at or now.published_at
        article.save(update_fields=EDITORIAL)
    if article.thread is not None:
        retitle(article.thread, article.title, article.get_absolute_url())
        show_from(article.thread, article.public_from)
    return article
