"""What ``manage.py check --deploy --database default`` says of the pages about the house."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError

from newsroom.pages.models import Page


def completed_pages(databases: Sequence[str] | None = None, **_options: Any) -> list[checks.CheckMessage]:
    """Return a warning for each page that has something to complete; none while there is no database to ask.

    Readers never see such marks: what they stand in is left out until it is completed.
    """
    if not databases:
        return []
    try:
        pages = list(Page.objects.all())
    except DatabaseError:
        return []
    return [
        checks.Warning(
            f"/{page.slug}/ has {len(page.to_complete)} passages to complete: {'; '.join(page.to_complete)}",
            hint="Complete it in the admin, under “Pages about the house”.",
            id="pages.W001",
        )
        for page in pages
        if page.to_complete
    ]
