"""Rendering the pages about the house anew, after the renderer has changed."""

from django.db import transaction

from newsroom.core.rendering import RENDERER
from newsroom.pages.marks import rendered
from newsroom.pages.models import Page


@transaction.atomic
def rebuild_pages(*, everything: bool = False) -> int:
    """Render the pages anew that an older renderer made, or all of them; return how many."""
    pages = Page.objects.select_for_update().order_by("pk")
    due = list(pages if everything else pages.exclude(renderer=RENDERER))
    for page in due:
        page.body_html, page.renderer = rendered(page.body), RENDERER
        page.save(update_fields=["body_html", "renderer"])
    return len(due)
