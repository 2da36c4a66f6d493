"""Consultations in the admin. Votes are secret: they are not registered, and nothing here shows a voter."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.core.desk import DeskAdmin
from newsroom.core.parameters import id_from
from polls.models import Choice, Poll

FEWEST_CHOICES = 2
MOST_CHOICES = 10

ChoiceFormSet = BaseInlineFormSet[Choice, Poll, ModelForm[Choice]]


class ChoiceInline(admin.TabularInline[Choice, Poll]):
    """The answers; after the first vote they are only read."""

    model = Choice
    extra = 0
    min_num = FEWEST_CHOICES
    max_num = MOST_CHOICES
    fields = ["position", "label", "vote_count", "physician_count"]
    readonly_fields = ["vote_count", "physician_count"]

    def get_formset(self, request: HttpRequest, obj: Poll | None = None, **kwargs: Any) -> type[ChoiceFormSet]:
        """Hold to the fewest answers, which the admin by itself only shows."""
        return super().get_formset(request, obj, validate_min=True, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Poll | None = None) -> bool:
        """Refuse a new answer to a question that has been voted on."""
        return not _is_frozen(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Poll | None = None) -> bool:
        """Refuse another wording once somebody has voted for this one."""
        return not _is_frozen(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Poll | None = None) -> bool:
        """Refuse to take away an answer that may have been given."""
        return not _is_frozen(obj) and super().has_delete_permission(request, obj)


@admin.register(Poll)
class PollAdmin(DeskAdmin[Poll]):
    """Questions, answers and dates. A debate's poll belongs to its debate and is not listed."""

    list_display = ["question", "audience", "opens_at", "closes_at", "vote_count"]
    list_filter = ["audience"]
    search_fields = ["question", "slug"]
    date_hierarchy = "opens_at"
    ordering = ["-opens_at", "-id"]
    prepopulated_fields = {"slug": ["question"]}
    inlines = [ChoiceInline]
    fieldsets = [
        (None, {"fields": ["question", "slug", "introduction"]}),
        (_("Votes"), {"fields": ["audience", "takes_changes", "opens_at", "closes_at"]}),
        (_("Result"), {"fields": ["vote_count", "physician_count"]}),
    ]
    readonly_fields = ["vote_count", "physician_count"]
    frozen_fields = ["question", "slug", "audience", "takes_changes", "opens_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Poll]:
        """Return the consultations alone; debates' polls too where a field asks that may name a debate."""
        polls = super().get_queryset(request)
        return polls if _takes_debates(request) else polls.filter(is_part_of_debate=False)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Poll | None:
        """Hold the poll while a change to it is being saved, as a vote does.

        Otherwise a vote given between reading and saving would find its wording changed, and the save would write
        back the counters from before it.
        """
        if request.method == "POST" and (number := id_from(object_id)):
            Poll.objects.select_for_update(no_key=True).filter(pk=number).first()
        return super().get_object(request, object_id, from_field)

    def get_readonly_fields(self, request: HttpRequest, obj: Poll | None = None) -> list[str]:
        """After the first vote only the introduction and the closing date may still change."""
        fields = [*super().get_readonly_fields(request, obj)]
        return [*fields, *self.frozen_fields] if _is_frozen(obj) else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Poll | None = None) -> dict[str, Sequence[str]]:
        """Make the address from the question of a new consultation only."""
        return {} if obj else super().get_prepopulated_fields(request, obj)


def _takes_debates(request: HttpRequest) -> bool:
    """Say whether an autocomplete asks for a place in a dossier; named by its word in the request, it stands above."""
    match = request.resolver_match
    is_asking = match is not None and match.url_name == "autocomplete"
    return is_asking and request.GET.get("model_name") == "dossieritem"


def _is_frozen(poll: Poll | None) -> bool:
    return poll is not None and poll.is_frozen
