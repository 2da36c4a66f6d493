"""Saving authors; a former address goes on leading to them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from articles.models import Author
from newsroom.accounts.models import User
from newsroom.redirects.leading import save_where_it_stands
from newsroom.taxonomy.renaming import FEED_WAYS


@transaction.atomic
def save_author(author: Author, *, by: User) -> None:
    """Save an author as the form gives him. Where his address is another now, his page and his feed lead on.

    Raises PermissionDenied to whoever may not add or change authors.
    """
    action = "add" if author.pk is None else "change"
    if not by.has_perm(f"articles.{action}_author"):
        raise PermissionDenied
    save_where_it_stands(author, addresses)


def addresses(author: Author) -> list[str]:
    """Return where an author is read: his page, his feed in each way of writing it."""
    feeds = [reverse(f"frontpage:feed-author{way}", args=[author.slug]) for way in FEED_WAYS]
    return [author.get_absolute_url(), *feeds]
