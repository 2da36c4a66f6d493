"""What the newsroom sees before readers do."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from articles.contents import Content, current_content
from articles.forms.previewing import PreviewForm
from articles.models import Article
from articles.permissions import can_see
from articles.previewing import as_if
from articles.views.article_page import article_page
from articles.views.desk import article_for, desk_page
from newsroom.core.access import for_staff


@for_staff("articles.view_article")
@never_cache
@require_safe
def preview_frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the preview in the width of a telephone, a tablet or a desk, with what can be chosen above it."""
    article, form = article_for(request.user, pk, can_see), PreviewForm(request.GET)
    asked = request.GET.copy()
    asked.pop("largeur", None)
    return desk_page(
        request,
        "admin/articles/preview.html",
        title=_("Preview"),
        article=article,
        form=form,
        address=f"{article.get_preview_url()}?{asked.urlencode()}",
    )


@for_staff("articles.view_article")
@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type] # typed for views without arguments
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article with the real template as readers would see it, whatever its state.

    What the newsroom works on, or the ``revision`` of that number; as ``public`` sees it; at the moment ``le``.
    """
    article, form = get_object_or_404(Article.objects.select_related("working"), slug=slug), PreviewForm(request.GET)
    with as_if(article, _content(article, form.number)) as story:
        story.published_at = story.published_at or form.moment
        return article_page(
            request,
            story,
            shows_text=form.shows(story),
            now=form.moment,
            is_private=True,
            is_preview=True,
        )


def _content(article: Article, number: int | None) -> Content:
    if number is None:
        return current_content(article)
    content: Content = get_object_or_404(article.revisions, number=number).content
    return content
