"""Saving what an editor wrote."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.models import Article
from articles.permissions import Person, can_write
from newsroom.discussions.opening import retitle, show_from


@transaction.atomic
def write(article: Article, by: Person) -> Article:
    """Save the article, new or changed, and return it.

    Its thread, once it has one, follows its title, its address, its date and its embargo. Raises PermissionDenied
    for somebody who does not write for the newsroom. Side effects of saving: the text is rendered, an empty address
    is made of the title.
    """
    if not can_write(by, article):
        raise PermissionDenied
    article.save()
    if article.thread is not None:
        retitle(article.thread, article.title, article.get_absolute_url())
        show_from(article.thread, article.public_from)
    return article
