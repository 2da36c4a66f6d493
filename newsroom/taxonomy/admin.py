"""Specialties and tags in the admin."""

from typing import Any

import taggit.admin  # registers what is taken away below
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.asking import person_asking
from newsroom.core.desk import DeskAdmin
from newsroom.core.refusals import Refusal
from newsroom.taxonomy.forms import MergeForm
from newsroom.taxonomy.merging import carriers, merge, part
from newsroom.taxonomy.models import Specialty, Tag
from newsroom.taxonomy.renaming import save

# The house has tags of its own.
admin.site.unregister(taggit.admin.Tag)


@admin.register(Specialty)
class SpecialtyAdmin(DeskAdmin[Specialty]):
    """The site's structure."""

    list_display = ["name", "accent", "position"]
    list_editable = ["position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "accent", "description", "position"]

    def save_model(self, request: HttpRequest, obj: Specialty, form: Any, change: Any) -> None:
        """Save by the verb: a former address leads on."""
        del form, change
        save(obj, by=person_asking(request))


@admin.register(Tag)
class TagAdmin(DeskAdmin[Tag]):
    """Tags and their synonyms."""

    list_display = ["name", "slug", "synonym_of"]
    list_select_related = ["synonym_of"]
    list_filter = [("synonym_of", admin.EmptyFieldListFilter)]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["synonym_of"]
    fields = ["name", "slug", "description", "synonym_of"]
    actions = ["merge_chosen", "part_chosen"]

    def get_readonly_fields(self, request: HttpRequest, obj: Tag | None = None) -> list[str]:
        """Leave what exists to the actions: making a synonym of it moves what carries it."""
        del request
        return [] if obj is None else ["synonym_of"]

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: Any) -> None:
        """Save by the verb: a former address leads on."""
        del form, change
        save(obj, by=person_asking(request))

    @admin.action(description=_("Merge the chosen tags…"), permissions=["change"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Tag]) -> HttpResponse | None:
        """Ask into which tag, with what that changes; then merge one by one and say what was done."""
        chosen = list(queryset.select_related("synonym_of"))
        counts = carriers(chosen)
        form = MergeForm(request.POST if "into" in request.POST else None, chosen=chosen, admin_site=self.admin_site)
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": _("Merge tags"),
                "opts": self.opts,
                "media": self.media + form.media,
                "form": form,
                "tags": [(tag, counts[tag.pk]) for tag in chosen],
                "checkbox": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/taxonomy/tag/merge.html", context)
        for tag in form.others():
            self._merge(request, tag, form.cleaned_data["into"])
        return None

    @admin.action(description=_("Make tags of their own of the chosen synonyms"), permissions=["change"])
    def part_chosen(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        """Undo synonyms."""
        for tag in queryset:
            try:
                part(tag, by=person_asking(request))
            except Refusal as refusal:
                self.message_user(request, str(refusal.message), messages.ERROR)
            else:
                self.log_change(request, tag, str(_("Made a tag of its own again.")))
                self.message_user(request, _("“%(tag)s” is a tag of its own again.") % {"tag": tag}, messages.SUCCESS)

    def _merge(self, request: HttpRequest, tag: Tag, into: Tag) -> None:
        try:
            merged = merge(tag, into, by=person_asking(request))
        except Refusal as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)
            return
        said = _("“%(tag)s” is now a synonym of “%(into)s”. Uses changed: %(count)d.")
        count = merged.moved + merged.dropped
        message = said % {"tag": tag, "into": tag.synonym_of, "count": count}
        self.log_change(request, tag, message)
        self.message_user(request, message, messages.SUCCESS)
