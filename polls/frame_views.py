"""A consultation in another site's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all
from newsroom.core.framing import framed_anywhere
from newsroom.core.page_cache.declaring import cached_page
from polls.models import Poll


@open_to_all
@framed_anywhere
@cached_page()
@require_safe
def frame(request: HttpRequest, slug: str) -> HttpResponse:
    """Show question and result, with the way to the page where one votes; a closed consultation keeps its frame."""
    shown = get_object_or_404(Poll.objects.standalone().published().with_choices(), slug=slug)
    return render(request, "polls/frame.html", {"poll": shown})
