"""What the rich text editor needs beside the house's content policy, on the admin's pages alone."""

from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]


def admin_policy(get_response: Handler) -> Handler:
    """Allow ``style`` attributes on the admin's pages, by which CKEditor places its panels."""
    relaxed: Handler = csp_update({"style-src-attr": [UNSAFE_INLINE]})(get_response)
    prefix = f"/{settings.ADMIN_PATH}/"

    def handle(request: HttpRequest) -> HttpResponseBase:
        return relaxed(request) if request.path_info.startswith(prefix) else get_response(request)

    return handle
