"""Tags for the field where editors type them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.core.access import for_staff
from newsroom.taxonomy.tagging import like


@for_staff("taxonomy.view_tag")
@never_cache
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer the main tags that ``?q=`` may mean: ``{"tags": [{"name": "infarctus", "found": "crise cardiaque"}]}``.

    ``found`` is the synonym by which the tag was found, empty where it was its own name.
    """
    tags = [
        {"name": tag.main.name, "found": tag.name if tag.synonym_of_id else ""}
        for tag in like(request.GET.get("q", ""))
    ]
    return JsonResponse({"tags": tags})
