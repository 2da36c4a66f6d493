"""Rendering stored articles anew, after the renderer has changed."""

from django.db import transaction

from articles.models import Article
from articles.models.images import illustrated
from newsroom.core.rendering import RENDERER, render_transcript

BATCH = 100


def rebuild_articles(*, everything: bool = False) -> int:
    """Render the texts anew that an older renderer made; return how many.

    ``everything`` takes those of today's renderer too. Works in batches, each in a transaction of its own that
    locks its articles, so that nobody's change is lost; it can be stopped and started again. The date of change
    stays: the text is the same.
    """
    rebuilt = last = 0
    while ids := _next_ids(last, everything=everything):
        with transaction.atomic():
            batch = list(Article.objects.select_for_update(no_key=True, of=["self"]).filter(pk__in=ids).order_by("pk"))
            for article in batch:
                article.body_html, article.renderer = illustrated(article.body), RENDERER
                article.transcript_html = render_transcript(article.transcript)
            rebuilt += Article.objects.bulk_update(batch, ["body_html", "transcript_html", "renderer"])
        last = ids[-1]
    return rebuilt


def _next_ids(last: int, *, everything: bool) -> list[int]:
    articles = Article.objects.filter(pk__gt=last).order_by("pk")
    if not everything:
        articles = articles.exclude(renderer=RENDERER)
    return list(articles.values_list("pk", flat=True)[:BATCH])
