"""Making the renditions of pictures, as a darkroom makes prints: asked for after an upload, and swept for.

What is due stands in the picture's row. A worker *claims* it by counting the attempt and moving the next one into the
future, so that one that dies has been counted; each rendition is stored in a transaction of its own, so that what was
made stays made and editors see it grow.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import structlog
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article, Image, Rendition
from articles.models.images import illustrated
from articles.models.renditions import wanted_of
from articles.renditions import Made, make_renditions
from articles.uses import showing_in_text

log = structlog.get_logger(__name__)
# Longer than a task may last (CELERY_TASK_TIME_LIMIT, 120 s).
LEASE: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 5
# A sweep makes way for other tasks; what is left waits for the next.
LONGEST_SWEEP: Final = 20.0
SUFFIXES: Final = {Rendition.Format.AVIF: "avif", Rendition.Format.WEBP: "webp", Rendition.Format.JPEG: "jpg"}


def develop(image_id: int) -> bool:
    """Make what the picture lacks of its renditions; return whether it now has them all.

    Does nothing (False) where nothing is due: made already, given up, or in somebody else's hands. A fault is written
    into the row and tried again later, ``MOST_ATTEMPTS`` times. Side effects: files are stored, and texts that show
    the picture are rendered anew.
    """
    if not _claim(image_id):
        return False
    image = Image.objects.get(pk=image_id)
    try:
        for made in _missing_of(image):
            _keep(image, made)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a file is written down and tried again
        _put_off(image, error)
        return False
    _settle(image)
    return True


def develop_due() -> int:
    """Make the renditions of all that is due, the longest waiting first, for 20 s; return how many pictures."""
    ends = time.monotonic() + LONGEST_SWEEP
    done = 0
    for pk in list(Image.objects.with_renditions_due().values_list("pk", flat=True)):
        if time.monotonic() > ends:
            break
        done += develop(pk)
    return done


def ask_again(*, everything: bool = False) -> list[int]:
    """Make due what lacks renditions, even if it was given up, and return the ids; ``everything`` takes all pictures.

    Renditions that are there are kept, whichever widths are wanted today: nothing that a page names disappears.
    """
    images = Image.objects.all() if everything else Image.objects.filter(sources=[])
    ids = list(images.order_by("pk").values_list("pk", flat=True))
    Image.objects.filter(pk__in=ids).update(renditions_due_at=timezone.now(), renditions_attempts=0)
    return ids


@transaction.atomic
def refresh_texts_with(image: Image) -> int:
    """Render anew the texts that show the picture, now that it has renditions; return how many.

    Their date of change stays: the words are the same.
    """
    articles = showing_in_text(Article.objects.select_for_update(no_key=True, of=["self"]), image).order_by("pk")
    refreshed = list(articles)
    for article in refreshed:
        article.body_html = illustrated(article.body)
    return Article.objects.bulk_update(refreshed, ["body_html"])


def _claim(image_id: int) -> bool:
    """Take the picture for ``LEASE`` and count the attempt, in one statement: of two who try, one succeeds."""
    now = timezone.now()
    due = Image.objects.filter(pk=image_id, renditions_due_at__lte=now)
    given_up = {"renditions_due_at": None, "renditions_error": "The worker was lost each time."}
    due.filter(renditions_attempts__gte=MOST_ATTEMPTS).update(**given_up)
    return bool(due.update(renditions_due_at=now + LEASE, renditions_attempts=F("renditions_attempts") + 1))


def _missing_of(image: Image) -> Iterator[Made]:
    there = set(image.renditions.values_list("width", "format"))
    missing = [wanted for wanted in wanted_of(image.width) if wanted not in there]
    if missing:
        with image.file.open("rb") as file:
            yield from make_renditions(file, missing)


@transaction.atomic
def _keep(image: Image, made: Made) -> None:
    """Store a rendition under a name made of the picture's content."""
    name = f"{image.digest[:32]}-{made.width}.{SUFFIXES[Rendition.Format(made.format)]}"
    Rendition.objects.create(
        image=image,
        format=made.format,
        width=made.width,
        file=ContentFile(made.content, name=name),
        bytes=len(made.content),
    )


@transaction.atomic
def _settle(image: Image) -> None:
    """Write the renditions into the picture's row, from where pages read them, and into the texts that show it."""
    held = Image.objects.select_for_update(of=["self"]).get(pk=image.pk)
    held.sources = [list(row) for row in held.renditions.values_list("format", "width", "file")]
    held.renditions_due_at, held.renditions_attempts, held.renditions_error = None, 0, ""
    held.save(update_fields=["sources", "renditions_due_at", "renditions_attempts", "renditions_error"])
    refresh_texts_with(held)


def _put_off(image: Image, error: Exception) -> None:
    """Write the fault down; leave the next attempt where the claim has put it, or give up."""
    log.warning("renditions_not_made", image_id=image.pk, error=str(error))
    fault = {"renditions_error": f"{type(error).__name__}: {error}".replace("\0", "")[:1000]}
    rows = Image.objects.filter(pk=image.pk)
    rows.update(**fault)
    rows.filter(renditions_attempts__gte=MOST_ATTEMPTS).update(renditions_due_at=None)
