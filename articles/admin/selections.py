"""Selections in the admin: their names, and a partner's feeds. What they hold is composed on a page of its own."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.forms.selections import PartnerFeedForm, PartnerFeedFormSet
from articles.models import PartnerFeed, Selection
from newsroom.core.desk import DeskAdmin


class PartnerFeedInline(admin.TabularInline[PartnerFeed, Selection]):
    """Where a partner's stories come from, and how the last reading went."""

    model = PartnerFeed
    form = PartnerFeedForm
    formset = PartnerFeedFormSet
    fields = ["url", "is_active", "keeps_days", "last_fetched_at", "last_error"]
    readonly_fields = ["last_fetched_at", "last_error"]
    extra = 0


@admin.register(Selection)
class SelectionAdmin(DeskAdmin[Selection]):
    """What editors put forward."""

    list_display = ["title", "is_partner", "composing"]
    list_filter = ["is_partner"]
    search_fields = ["title"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "description", "is_partner", "composing"]
    readonly_fields = ["composing"]
    inlines = [PartnerFeedInline]

    @admin.display(description=gettext_lazy("content"))
    def composing(self, selection: Selection) -> str | SafeString:
        """Lead to the page where the selection is composed."""
        if not selection.pk:
            return _("Save the selection first: its content is composed on a page of its own.")
        return format_html('<a href="{}">{}</a>', selection.get_curation_url(), _("Compose the selection"))
