"""What players show beside an episode: its chapters and its words, of podcasts that everybody may listen to."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Article, ArticleQuerySet
from newsroom.core.access import open_to_all
from newsroom.frontpage.feeds.podcast import CHAPTERS, TRANSCRIPT
from newsroom.frontpage.mapping import absolute


@open_to_all
@require_safe
def chapters(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an episode's chapters (podcastindex.org, JSON Chapters 1.2); 404 where it has none."""
    del request
    episode = get_object_or_404(_episodes(), pk=pk)
    found = [{"startTime": chapter.seconds, "title": chapter.title} for chapter in episode.chapters]
    if not found:
        raise Http404
    told = {"version": "1.2.0", "title": episode.title, "chapters": found}
    told["podcastUrl"] = absolute(episode.get_absolute_url())
    return JsonResponse(told, content_type=CHAPTERS, json_dumps_params={"ensure_ascii": False})


@open_to_all
@require_safe
def transcript(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what is said in an episode, as plain text; 404 where nobody has written it down."""
    del request
    episode = get_object_or_404(_episodes().exclude(transcript=""), pk=pk)
    return HttpResponse(f"{episode.transcript}\n", content_type=f"{TRANSCRIPT}; charset=utf-8")


def _episodes() -> ArticleQuerySet:
    public = Article.objects.published().podcasts().filter(audience=Article.Audience.PUBLIC)
    return public.exclude(audio="").only("slug", "title", "chapter_lines", "transcript")
