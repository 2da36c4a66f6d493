"""An article as readers see it: the page that is the same for everybody, and the whole of a reserved one."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.events import ARTICLES
from articles.models import Article
from articles.views.article_page import article_page, kept_article_page
from newsroom.core.access import for_readers, open_to_all
from newsroom.core.failures import gone
from newsroom.core.page_cache.declaring import PAGE, cached_page
from newsroom.discussions.reading import ORDERS


@open_to_all
@cached_page(ARTICLES, "debates", "dossiers", reads={"page": PAGE, "tri": ORDERS})
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article; 410 for one that was withdrawn. A reserved one shows its standfirst and the way in."""
    try:
        return kept_article_page(request, slug)
    except Article.DoesNotExist:
        withdrawn = get_object_or_404(Article.objects.withdrawn().only("withdrawal_notice"), slug=slug)
        return gone(request, withdrawn.withdrawal_notice)


@for_readers
@never_cache
@require_safe
def reserved(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole of a restricted article to somebody for whom it is meant; others are told what they lack."""
    story = get_object_or_404(Article.objects.published().for_page(), slug=slug)
    if not story.is_restricted:
        return redirect(story)
    if not story.is_readable_by(request.user):
        raise PermissionDenied(_reason(story))
    return article_page(request, story, shows_text=True, is_private=True)


def _reason(story: Article) -> str:
    """Return why somebody who has signed in may not read the story, and what would let him."""
    if story.is_for_professionals:
        return _("This article is reserved for health professionals whose title is verified.")
    return _("This article is open to readers whose e-mail address is confirmed: confirm yours in your account.")
