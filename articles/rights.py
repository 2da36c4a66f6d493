"""Watching over the terms of pictures: what may soon no longer be shown, and what may not be shown any more."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from articles.events import ImageRightsEnding
from articles.models import Article, Image
from articles.models.images import ImageQuerySet
from articles.uses import shown_in
from newsroom.events.recording import record

# How long before its end the newsroom is told of it.
TOLD_BEFORE: Final = timedelta(days=14)


def ending_soon(on: date | None = None) -> ImageQuerySet:
    """Return what released articles show and may show for 14 more days at most, the most pressing first."""
    day = on or timezone.localdate()
    return shown_in(Image.objects.rights_ending(day + TOLD_BEFORE, day), Article.objects.released()).order_by(
        "rights_until", "pk"
    )


def shown_beyond_rights(on: date | None = None) -> ImageQuerySet:
    """Return what released articles show and may not show any more, the longest over first."""
    return shown_in(Image.objects.rights_over(on), Article.objects.released()).order_by("rights_until", "pk")


@transaction.atomic
def tell_of_ending_rights(on: date | None = None) -> int:
    """Record ImageRightsEnding for each picture whose end is near, and again once it is over; return how many.

    Each end is told once at each of the two moments, however often this runs: the end that was told stands in the
    picture's row, so that another end is told anew.
    """
    return _tell(ending_soon(on), "told_ending", is_over=False) + _tell(
        shown_beyond_rights(on), "told_over", is_over=True
    )


def _tell(images: ImageQuerySet, told: str, *, is_over: bool) -> int:
    untold = images.filter(Q(**{told: None}) | ~Q(**{told: F("rights_until")})).select_for_update(of=["self"])
    ids = list(untold.values_list("pk", flat=True))
    Image.objects.filter(pk__in=ids).update(**{told: F("rights_until")})
    for pk in ids:
        record(ImageRightsEnding(pk, is_over=is_over))
    return len(ids)
