"""Emptying the bin."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.models import Article

KEPT_IN_BIN = timedelta(days=30)


def empty_bin() -> int:
    """Delete for good what has lain in the bin for 30 days; return how many articles.

    One article a transaction, its row held: what is taken out of the bin at that moment stays. Nothing in the bin was
    ever seen by readers (the workflow sends nothing else there).
    """
    old = Article.objects.filter(status=Article.Status.TRASH, trashed_at__lt=timezone.now() - KEPT_IN_BIN)
    return sum(_delete(pk) for pk in list(old.values_list("pk", flat=True)))


@transaction.atomic
def _delete(pk: int) -> bool:
    binned = Article.objects.select_for_update(of=["self"], skip_locked=True).filter(status=Article.Status.TRASH)
    article = binned.filter(pk=pk).first()
    if article is None:
        return False
    thread = article.thread
    article.delete()
    if thread is not None:
        # Opened for a publication that was called off before anybody saw it.
        thread.delete()
    return True
