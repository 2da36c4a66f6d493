"""What a dossier shows at a moment: the clock decides which of its places are public, the editors in which order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from articles.models import Article, Dossier, DossierItem
from polls.models import Poll


@dataclass(frozen=True)
class Part:
    """A part of a dossier: what stands under one heading (none: what comes before the first), never empty."""

    heading: str
    items: list[DossierItem] = field(default_factory=list)


def parts_of(dossier: Dossier, now: datetime | None = None) -> list[Part]:
    """Return what the dossier shows at ``now``, in order: published articles, debates and polls that have opened.

    A part of which nothing is public has no heading either. At most six queries, whatever the length; articles are
    fetched ``for_listing``, questions with their choices and the debate they belong to.
    """
    now = now or timezone.now()
    items = list(dossier.items.all())
    articles = Article.objects.published(now).for_listing().in_bulk([item.article_id for item in items])
    # The debate stands a storey above: fetched by the name of the relation.
    questions = Poll.objects.published(now).select_related("debate__specialty").with_choices()
    polls = questions.in_bulk([item.poll_id for item in items])
    parts = [Part("")]
    for item in items:
        if item.heading:
            parts.append(Part(item.heading))
        item.article, item.poll = articles.get(item.article_id or 0), polls.get(item.poll_id or 0)
        if item.article or item.poll:
            parts[-1].items.append(item)
    return [part for part in parts if part.items]


def articles_in(parts: list[Part]) -> Iterator[Article]:
    """Yield the articles of a dossier's parts, in order: for feeds and for what lists a dossier's stories."""
    return (item.article for part in parts for item in part.items if item.article is not None)
