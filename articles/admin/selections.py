"""Selections in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.forms.selections import SelectionItemFormSet
from articles.models import Selection, SelectionItem
from articles.models.selections import LONGEST_SELECTION
from articles.selecting import fill


class SelectionItemInline(admin.TabularInline[SelectionItem, Selection]):
    """What the selection holds, in order."""

    model = SelectionItem
    formset = SelectionItemFormSet
    fields = ["position", "article"]
    autocomplete_fields = ["article"]
    extra = 0
    max_num = LONGEST_SELECTION


@admin.register(Selection)
class SelectionAdmin(admin.ModelAdmin[Selection]):
    """What editors put forward; saved by the same verb as everywhere."""

    list_display = ["title", "is_partner"]
    list_filter = ["is_partner"]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "description", "is_partner"]
    inlines = [SelectionItemInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        """Fill the selection with the list as it was typed."""
        del change
        formset.save(commit=False)
        fill(form.instance, formset.chosen(), by=request.user)
