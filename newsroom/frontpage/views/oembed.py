"""The oEmbed provider: how other sites place a debate or a consultation."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all
from newsroom.frontpage.embedding import WIDEST, embedded_at, rich

TEXT = "text/plain; charset=utf-8"
HIGHEST = 4000
# More digits than any screen has pixels; Python refuses to read thousands of them.
MOST_DIGITS = 5


@open_to_all
@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer how to place the page at ``url``, as ``format`` json or xml, within ``maxwidth`` and ``maxheight``.

    404 for what is not there, not public or no debate nor consultation; 501 for another format; 400 for a wrong size.
    """
    kind = request.GET.get("format", "json")
    if kind not in {"json", "xml"}:
        return HttpResponse(_("Only json and xml are answered."), status=501, content_type=TEXT)
    widest, highest = (_pixels(request, "maxwidth", WIDEST), _pixels(request, "maxheight", HIGHEST))
    if widest is None or highest is None:
        return HttpResponseBadRequest(_("maxwidth and maxheight are whole numbers of pixels."), content_type=TEXT)
    found = embedded_at(request.GET.get("url", ""))
    if found is None:
        raise Http404
    answer = rich(found, widest=widest, highest=highest)
    if kind == "xml":
        response = render(request, "frontpage/machines/oembed.xml", {"answer": answer}, content_type="text/xml")
    else:
        response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    # Editors of other sites ask from their pages.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _pixels(request: HttpRequest, name: str, default: int) -> int | None:
    """Return a size that was asked for, ``default`` where none was, None for what is no size."""
    asked = request.GET.get(name, "")
    if not asked:
        return default
    is_size = asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS and int(asked) > 0
    return int(asked) if is_size else None
