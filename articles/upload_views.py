"""Where CKEditor sends the pictures that editors drop into a text."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.uploading import add_to_library
from newsroom.core.access import for_staff
from newsroom.core.refusals import Refusal


@for_staff("articles.add_image")
@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Take the file "upload" into the library; answer as CKEditor expects: its address, or why not."""
    file = request.FILES.get("upload")
    if file is None:
        return _refused(_("No file was sent."))
    try:
        image = add_to_library(file, by=request.user)
    except Refusal as refusal:
        return _refused(str(refusal.message))
    return JsonResponse({"url": image.url})


def _refused(message: str) -> JsonResponse:
    return JsonResponse({"error": {"message": message}}, status=400)
