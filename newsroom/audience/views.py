"""Where a page says that it was read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from newsroom.audience.counting import MINUTE, count
from newsroom.audience.marks import LONGEST, article_in
from newsroom.audience.wishes import is_to_be_counted
from newsroom.core.access import open_to_all
from newsroom.core.addresses import client_address


# Exempt from the CSRF token: there is no session, no cookie and no person here whose rights could be borrowed, and
# pages that are the same for everybody carry no token.
@open_to_all
@csrf_exempt
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Count a view of the article whose mark is the request's body; 400 for a forged one, 429 for too many.

    204 whether it was counted or left out because of who sent it.
    """
    if not is_to_be_counted(request.headers):
        return HttpResponse(status=204)
    # Never more than a mark is read, however much is sent.
    article_id = article_in(request.read(LONGEST + 1))
    if article_id is None:
        return HttpResponse(status=400)
    if not count(article_id, address=client_address(request)):
        return HttpResponse(status=429, headers={"Retry-After": str(MINUTE)})
    return HttpResponse(status=204)
