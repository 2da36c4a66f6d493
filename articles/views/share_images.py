"""The picture of an article's link, for social networks."""

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from articles import share_images
from articles.models import Article
from newsroom.core.access import open_to_all

A_YEAR = 365 * 24 * 60 * 60


@open_to_all
@require_safe
def share_image(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """Answer the picture, which its address never changes; an older address leads to today's.

    404 for what readers may not know of yet. Where nothing can be drawn: the lead image, else the site's.
    """
    del request
    found = Article.objects.published().select_related("primary_specialty", "image").defer("body", "body_html")
    story = get_object_or_404(found, slug=slug)
    if digest != share_images.digest_of(story):
        return redirect(share_images.address_of(story))
    try:
        with default_storage.open(share_images.keep(story)) as file:
            response = HttpResponse(file.read(), content_type="image/png")
    except OSError:
        return redirect(story.image.card_url if story.image else static("img/partage.png"))
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
