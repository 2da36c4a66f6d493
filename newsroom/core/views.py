"""Files of the library, where no web server in front of us serves them."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import BinaryIO, cast

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe
from django.views.static import serve

from newsroom.core.access import open_to_all

# One range, as players ask for it: "bytes=0-", "bytes=100-199", "bytes=-500" (RFC 9110, section 14.1.2).
# Eighteen digits count more bytes than any file has; Python refuses to read thousands of them.
ONE_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$", re.ASCII)
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'"
BLOCK = 64 * 1024


@open_to_all
@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a file under MEDIA_ROOT, or the range of it that a player asks for; 404 outside of it.

    In production the web server in front does this.
    """
    try:
        response: HttpResponseBase = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        # A name longer than file systems take, or a file that we may not read.
        raise Http404 from error
    if isinstance(response, FileResponse):
        response["Accept-Ranges"] = "bytes"
        response = _part(request, response) or response
    if response.status_code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        response["Content-Security-Policy"] = POLICY
    return response


def _part(request: HttpRequest, whole: FileResponse) -> HttpResponseBase | None:
    """Return the part that the request asks for (206), 416 for one that is not there, None for the whole file.

    The whole file too where it has changed since the part that the player has (``If-Range``), and for a HEAD.
    """
    asked = ONE_RANGE.match(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()) or request.method != "GET":
        return None
    if request.headers.get("If-Range", whole["Last-Modified"]) != whole["Last-Modified"]:
        return None
    size = int(whole["Content-Length"])
    first, last = _bounds(asked[1], asked[2], size)
    if first > last:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = StreamingHttpResponse(Part(whole, first, last - first + 1), status=206)
    for name in ("Content-Type", "Last-Modified", "Accept-Ranges"):
        part[name] = whole[name]
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    part["Content-Length"] = str(last - first + 1)
    return part


class Part:
    """So many bytes of a file from one on, a block at a time: a long sound is never held in memory."""

    def __init__(self, whole: FileResponse, first: int, length: int) -> None:
        """Keep where to begin; nothing is read yet."""
        self.whole, self.first, self.left = whole, first, length

    def __iter__(self) -> Iterator[bytes]:
        """Read on; a file that became shorter meanwhile ends early."""
        file = cast("BinaryIO", self.whole.file_to_stream)
        file.seek(self.first)
        while self.left > 0 and (block := file.read(min(BLOCK, self.left))):
            self.left -= len(block)
            yield block

    def close(self) -> None:
        """Close the file: Django does this when the answer is out, or nobody waits for it."""
        self.whole.close()


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and last byte; "-500" means the last 500."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
