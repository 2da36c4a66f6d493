"""What is forgotten: hours after 90 days, and the ids of batches that were written long ago."""

from datetime import timedelta

from django.utils import timezone

from newsroom.audience.models import ViewsInHour, WrittenBatch

HOURS_KEPT = timedelta(days=90)
# A batch waits in Redis until it is written, which takes a minute; after a month nothing remembers it.
BATCHES_KEPT = timedelta(days=30)


def thin() -> None:
    """Delete hours older than 90 days, whose days are kept for ever, and old batches' ids."""
    now = timezone.now()
    ViewsInHour.objects.filter(hour__lt=now - HOURS_KEPT).delete()
    WrittenBatch.objects.filter(written_at__lt=now - BATCHES_KEPT).delete()
