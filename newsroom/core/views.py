"""Files of the library, where no web server in front of us serves them."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from newsroom.core.access import open_to_all

# One range, as players ask for it: "bytes=0-", "bytes=100-199", "bytes=-500" (RFC 9110, section 14.1.2).
# Eighteen digits count more bytes than any file has; Python refuses to read thousands of them.
ONE_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$", re.ASCII)
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'"


@open_to_all
@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a file under MEDIA_ROOT, or the range of it that a player asks for; 404 outside of it.

    In production the web server in front does this.
    """
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse):
        response["Accept-Ranges"] = "bytes"
        response = _part(request, response) or response
    response["Content-Security-Policy"] = POLICY
    return response


def _part(request: HttpRequest, whole: FileResponse) -> HttpResponse | None:
    """Return the part that the request asks for (206), 416 for one that is not there, None for the whole file."""
    asked = ONE_RANGE.match(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return None
    size = int(whole["Content-Length"])
    first, last = _bounds(asked[1], asked[2], size)
    path = Path(getattr(whole.file_to_stream, "name", ""))
    whole.close()
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with path.open("rb") as file:
        file.seek(first)
        content = file.read(last - first + 1)
    headers = {"Content-Range": f"bytes {first}-{last}/{size}", "Accept-Ranges": "bytes"}
    return HttpResponse(content, status=206, content_type=whole["Content-Type"], headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and last byte; "-500" means the last 500."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
