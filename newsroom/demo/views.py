"""The mailbox of the demo: what the site sends, for everybody to read."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all
from newsroom.demo.mailbox import Letter, newest, opened

# Enough for a visit; older messages stay in their folder.
LISTED = 100
# Whatever a message holds, it runs nothing, loads nothing and is a stranger to the site.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


@open_to_all
@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """List the latest messages, newest first."""
    return render(request, "demo/mailbox.html", {"letters": newest(settings.DEMO_MAIL_FOLDER, LISTED)})


@open_to_all
@never_cache
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one message: text, HTML in a frame of its own, headers. 404 when there is none of that name."""
    return render(request, "demo/letter.html", {"letter": _letter(name)})


@open_to_all
@never_cache
@xframe_options_sameorigin
@require_safe
def letter_html(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a message's HTML part for the frame; its links open outside. 404 when there is none."""
    del request
    html = _letter(name).html
    if not html:
        raise Http404
    response = HttpResponse(f'<base target="_blank">{html}')
    response["Content-Security-Policy"] = LETTER_POLICY
    return response


def _letter(name: str) -> Letter:
    found = opened(settings.DEMO_MAIL_FOLDER, name)
    if found is None:
        raise Http404
    return found
