"""The page of an article: the same for its readers, for the newsroom's preview and for a reader from outside."""

from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Dossier
from articles.structured import descriptions, shared_image
from articles.surroundings import around
from newsroom.core.rendering import data_block, has_players
from newsroom.discussions.presence import present
from newsroom.discussions.reading import conversations


def article_page(
    request: HttpRequest, story: Article, *, shows_text: bool, now: datetime | None = None, **more: Any
) -> HttpResponse:
    """Answer the page of an article as it is at ``now``, in a number of queries that depends on nothing.

    ``more`` goes into the template: ``is_private``, ``is_preview``, what a reader from outside is offered.
    """
    now = now or timezone.now()
    # The debate that cites the article: asked through the relation, its app stands a storey above.
    debate = story.debates.published(now).newest_first().select_related("poll").first()
    poll = story.poll if story.poll and story.poll.is_published_at(now) else None
    prefetch_related_objects([one for one in (poll, debate and debate.poll) if one], "choices")
    order = request.GET.get("tri", "recents")
    page = story.thread and conversations(story.thread, page=request.GET.get("page", "1"), order=order)
    context = {
        "article": story,
        "shows_text": shows_text,
        "debate": debate,
        "poll": poll,
        "online": len(present(debate.thread_id)) if debate else 0,
        "conversations": page,
        "around": around(story, now),
        "dossiers": Dossier.objects.named(story.dossier_facts),
        "crumbs": _crumbs(story),
        "json_ld": data_block(descriptions(story)),
        "has_players": shows_text and has_players(story.body_html),
        "shared_image": shared_image(story),
        "nav_current": "podcasts" if story.is_podcast else "articles",
        **more,
    }
    return render(request, "articles/article.html", context)


def _crumbs(story: Article) -> list[tuple[str, str]]:
    """Return where the article stands: under its specialty, or under the news."""
    if story.primary_specialty is None:
        return [(_("News"), reverse("articles:list"))]
    crumb = (story.primary_specialty.name, story.primary_specialty.get_absolute_url())
    return [(_("Specialties"), reverse("articles:specialties")), crumb]
