"""Pages of the library beside its list and form: taking a picture out, putting another in its place."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles import picturing
from articles.models import Article, Image
from articles.publishing import unpublish
from articles.replacing import replace
from articles.uses import showing, showing_in_changes, showing_in_text
from articles.views.desk import desk_page
from newsroom.core.access import for_staff
from newsroom.core.desk_search import holding
from newsroom.core.parameters import id_from
from newsroom.core.refusals import Refusal

# Pictures that the page offers at a time; the search finds the others.
OFFERED = 24


@for_staff("articles.delete_image")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which articles hold the picture, then take it out of the library; refuse while readers see it."""
    image, refused = get_object_or_404(Image, pk=pk), ""
    if request.method == "POST":
        try:
            picturing.remove(image, request.user)
        except Refusal as refusal:
            refused = str(refusal.message)
        else:
            messages.success(request, _("“%(image)s” is no longer in the library.") % {"image": image})
            return redirect("admin:articles_image_changelist")
    articles = showing(Article.objects.all(), image).order_by("-changed_at")
    context = {"image": image, "articles": articles, "shown": [one for one in articles if one.is_released]}
    title = _("Take the image out of the library")
    template = "admin/articles/image/remove.html"
    return desk_page(request, template, title=title, status=409 if refused else 200, refused=refused, **context)


@for_staff("articles.delete_image")
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a picture back into the library."""
    image = picturing.bring_back(get_object_or_404(Image, pk=pk), request.user)
    messages.success(request, _("“%(image)s” is back in the library.") % {"image": image})
    return redirect("admin:articles_image_change", image.pk)


@for_staff("articles.publish_article")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def replace_image(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer other pictures for the articles that this one leads, or to unpublish those articles; then do it."""
    image, refused = get_object_or_404(Image, pk=pk), ""
    if "_unpublish" in request.POST:
        _unpublish_all(request, image)
        return redirect("desk:image-replace", image.pk)
    if request.method == "POST":
        refused = _replaced(request, image)
        if not refused:
            return redirect("admin:articles_image_change", image.pk)
    words = request.GET.get("q", "").strip()
    everything = Article.objects.order_by("-changed_at")
    context = {
        "image": image,
        "words": words,
        "offered": _others(image, words)[:OFFERED],
        "led": everything.filter(image=image),
        "told": showing_in_text(everything, image),
        "changing": showing_in_changes(everything, image).exclude(pk__in=showing(everything, image).values("pk")),
        "objections": image.objections_on(timezone.localdate()),
    }
    title = _("Replace the image")
    template = "admin/articles/image/replace.html"
    return desk_page(request, template, title=title, status=422 if refused else 200, refused=refused, **context)


def _replaced(request: HttpRequest, image: Image) -> str:
    """Put the chosen picture in the place of this one and say so; return why not, where it cannot be."""
    chosen = id_from(request.POST.get("other", ""))
    other = _others(image, "").filter(pk=chosen).first() if chosen else None
    if other is None:
        return _("Choose the image to take its place.")
    try:
        changed = replace(image, other, request.user)
    except Refusal as refusal:
        return str(refusal.message)
    said = ngettext("Replaced in %(count)d article.", "Replaced in %(count)d articles.", len(changed))
    messages.success(request, said % {"count": len(changed)})
    return ""


def _unpublish_all(request: HttpRequest, image: Image) -> None:
    """Take back the articles that show the picture, and say what became of each."""
    for article in showing(Article.objects.released(), image).order_by("pk"):
        try:
            unpublish(article, request.user)
        except Refusal as refusal:
            messages.error(request, f"{article}\N{NO-BREAK SPACE}: {refusal.message}")
        else:
            messages.success(request, _("“%(title)s” is unpublished.") % {"title": article})


def _others(image: Image, words: str) -> QuerySet[Image]:
    """Return the pictures that may take its place, those found by ``words``, the latest first."""
    fit = Image.objects.in_library().usable_on(timezone.localdate()).described().exclude(pk=image.pk)
    return holding(fit, ["alt", "caption", "credit"], words).order_by("-uploaded_at", "-pk")
