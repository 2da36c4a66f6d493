"""The pre-publication list of what stands in the form just now, saved or not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from articles.checklist import remarks_on
from articles.contents import current_content
from articles.forms.typed import typed_content
from articles.permissions import can_write
from articles.views.desk import article_for
from newsroom.core.access import for_staff


@for_staff("articles.change_article")
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the list as a fragment; nothing of what was sent is kept."""
    article = article_for(request.user, pk, can_write)
    content = {**current_content(article), **typed_content(request.POST, article)}
    return render(request, "admin/articles/article/_checklist.html", {"checklist": remarks_on(content)})
