"""Whether the house is well."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all
from newsroom.frontpage.health import examine

TEXT = "text/plain; charset=utf-8"


@open_to_all
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing of anything else."""
    del request
    return HttpResponse("vivant", content_type=TEXT)


@open_to_all
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether database, Redis and worker are there: 200, or 503 with what is away."""
    del request
    health = examine()
    return JsonResponse(health.report(), status=200 if health.is_well else 503)
