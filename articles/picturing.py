"""Taking pictures out of the library, putting them back, and deleting for good what nothing can bring back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Image
from articles.permissions import Person, can_remove_image
from articles.uses import showing, unused
from newsroom.core.refusals import Refusal
from newsroom.core.rendering import addresses_of_pictures

# As long as an article can be taken out of the bin.
KEPT_AFTER_REMOVAL: Final = timedelta(days=30)
# Titles that a refusal names; the page of uses names them all.
MOST_NAMED: Final = 5


@transaction.atomic
def remove(image: Image, by: Person) -> Image:
    """Take the picture out of the library and return its row as it now stands.

    Row and file stay: a revision may bring them back. Removing what is removed changes nothing. Raises PermissionDenied
    without the right to delete images, Refusal naming the released articles that show it.
    """
    if not can_remove_image(by):
        raise PermissionDenied
    _hold(image)
    titles = list(showing(Article.objects.released(), image).order_by("title").values_list("title", flat=True))
    if titles:
        named = [f"«\N{NO-BREAK SPACE}{title}\N{NO-BREAK SPACE}»" for title in titles[:MOST_NAMED]]
        if more := len(titles) - len(named):
            named.append(ngettext("%(count)d other", "%(count)d others", more) % {"count": more})
        told = {"articles": get_text_list(named, _("and"))}
        raise Refusal(_("Published articles show this image: replace it there first. %(articles)s.") % told)
    if image.removed_at is None:
        image.removed_at = timezone.now()
        image.save(update_fields=["removed_at"])
    return image


@transaction.atomic
def bring_back(image: Image, by: Person) -> Image:
    """Put the picture back into the library and return its row. Raises PermissionDenied as ``remove`` does."""
    if not can_remove_image(by):
        raise PermissionDenied
    _hold(image)
    image.removed_at = None
    image.save(update_fields=["removed_at"])
    return image


def bring_back_with(content: Mapping[str, Any]) -> int:
    """Put back into the library what a content shows, lead image and text; return how many pictures had been removed.

    For the verb that restores a revision, which has checked who may, in its transaction.
    """
    addresses = addresses_of_pictures(content.get("body") or "")
    return Image.objects.removed().shown_by(content.get("image"), addresses).update(removed_at=None)


def purge(now: datetime | None = None) -> int:
    """Delete for good what was removed 30 days ago and no article nor revision holds; return how many pictures.

    Each in a transaction of its own, asked again under its lock. Files go after the commit: a crash in between leaves
    files that nothing names, never a row without its file.
    """
    until = (now or timezone.now()) - KEPT_AFTER_REMOVAL
    forgotten = unused(Image.objects.filter(removed_at__lt=until))
    return sum(_delete(pk) for pk in list(forgotten.values_list("pk", flat=True)))


@transaction.atomic
def _delete(pk: int) -> bool:
    """Delete the picture with its renditions unless somebody has brought it back or used it; say whether it went."""
    held = Image.objects.removed().select_for_update(of=["self"]).filter(pk=pk).first()
    if held is None or not unused(Image.objects.filter(pk=pk)).exists():
        return False
    names = [held.file.name, *held.renditions.values_list("file", flat=True)]
    held.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, str(name)), robust=True)
    return True


def _hold(image: Image) -> None:
    image.refresh_from_db(from_queryset=Image.objects.select_for_update(of=["self"]))
