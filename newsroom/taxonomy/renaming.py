"""Saving specialties and tags; a former address goes on leading to them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from newsroom.accounts.models import User
from newsroom.redirects.leading import save_where_it_stands
from newsroom.taxonomy.merging import hold_tags
from newsroom.taxonomy.models import Specialty, Tag

# The feed of each kind of thing, by the name of its address.
FEEDS = {Specialty: "frontpage:feed-specialty", Tag: "frontpage:feed-tag"}
# RSS, Atom and JSON Feed.
FEED_WAYS = ("", "-atom", "-json")


@transaction.atomic
def save(thing: Specialty | Tag, *, by: User) -> None:
    """Save a specialty or a tag as its form gives it. Where its address is another now, page and feed lead on.

    A tag that is said to be a synonym becomes one of the main tag, which may have changed since the form was read.
    Raises PermissionDenied to whoever may not add or change such things.
    """
    options = thing._meta  # noqa: SLF001 - Django's public API
    action = "add" if thing._state.adding else "change"  # noqa: SLF001 - the same
    if not by.has_perm(f"{options.app_label}.{action}_{options.model_name}"):
        raise PermissionDenied
    if isinstance(thing, Tag) and thing.synonym_of_id is not None:
        hold_tags()
        thing.synonym_of = Tag.objects.select_related("synonym_of").get(pk=thing.synonym_of_id).main
    save_where_it_stands(thing, addresses)


def addresses(thing: Specialty | Tag) -> list[str]:
    """Return where a specialty or a tag is read: its page, its feed in each way of writing it."""
    feeds = [reverse(f"{FEEDS[type(thing)]}{way}", args=[thing.slug]) for way in FEED_WAYS]
    return [thing.get_absolute_url(), *feeds]
