"""Files of the library, where no web server in front of us serves them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from newsroom.core.access import open_to_all


@open_to_all
@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a file under MEDIA_ROOT; in production the web server in front does this."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return response
