"""Dossiers in the admin: a theme, and what stands under it by typed positions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.announcing import save_dossier
from articles.models import Dossier, DossierItem
from newsroom.accounts.asking import person_asking
from newsroom.core.desk import DeskAdmin

# Rows of the form: more than a dossier that somebody reads has, and few enough for one page.
MOST_ITEMS = 200


class DossierItemInline(admin.TabularInline[DossierItem, Dossier]):
    """What stands in the dossier, in the order of its numbers."""

    model = DossierItem
    fields = ["position", "heading", "article", "poll"]
    autocomplete_fields = ["article", "poll"]
    extra = 1
    max_num = MOST_ITEMS


@admin.register(Dossier)
class DossierAdmin(DeskAdmin[Dossier]):
    """Themes that the newsroom follows."""

    list_display = ["title", "published_at"]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["image"]
    fields = ["title", "slug", "introduction", "image", "published_at"]
    inlines = [DossierItemInline]

    def save_model(self, request: HttpRequest, obj: Dossier, form: Any, change: Any) -> None:
        """Save by the verb: a former address leads on."""
        del form, change
        save_dossier(obj, by=person_asking(request))
