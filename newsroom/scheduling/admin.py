"""The schedule in the admin: what waits, what failed and why, and a button to try again."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from newsroom.core.read_only import ReadOnlyAdmin
from newsroom.scheduling.board import actions, label_of, with_subjects
from newsroom.scheduling.models import ScheduledAction, in_state
from newsroom.scheduling.permissions import can_retry
from newsroom.scheduling.planning import retry


class ActionList(ChangeList):
    """A page of the list: subjects are fetched for all rows together."""

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page's actions, then what they are done to."""
        super().get_results(request)
        self.result_list: Any = with_subjects(self.result_list)


class StateFilter(admin.SimpleListFilter):
    """Planned, failing, given up or carried out."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Return the states."""
        del request, model_admin
        return [(state.value, str(state.label)) for state in ScheduledAction.State]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ScheduledAction]) -> QuerySet[ScheduledAction]:
        """Return the actions in the chosen state."""
        del request
        return queryset.filter(in_state(self.value() or ""))


class KindFilter(admin.SimpleListFilter):
    """The kinds of the switchboard, by what editors call them."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        """Return the kinds."""
        del request, model_admin
        return [(kind, label_of(kind)) for kind in actions()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ScheduledAction]) -> QuerySet[ScheduledAction]:
        """Return the actions of the chosen kind."""
        del request
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(ScheduledAction)
class ScheduledActionAdmin(ReadOnlyAdmin):
    """Read and try again; actions are planned by verbs alone."""

    list_display = ["label", "subject", "due_at", "state", "attempts", "error_line", "next_attempt_at"]
    list_filter = [StateFilter, KindFilter]
    search_fields = ["=subject_id", "last_error"]
    ordering = ["-due_at", "-id"]
    show_full_result_count = False
    actions = ["try_again"]
    fields = (
        *("label", "subject", "state", "due_at", "planned_at", "attempts", "next_attempt_at"),
        *("done_at", "failed_at", "last_error"),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the list that knows its subjects."""
        del request, kwargs
        return ActionList

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Say whether the button is offered; Django asks by this name."""
        return can_retry(request.user)

    @admin.display(description=_("action"), ordering="kind")
    def label(self, action: ScheduledAction) -> str:
        """Return what editors call it."""
        return label_of(action.kind)

    @admin.display(description=_("subject"))
    def subject(self, action: ScheduledAction) -> str:
        """Return what it is done to, with a link to its form where it has one; its number when it is gone."""
        subject = action.subject or with_subjects([action])[0].subject
        if subject is None:
            return str(action.subject_id)
        options = subject._meta  # noqa: SLF001 - Django's public API
        try:
            address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[subject.pk])
        except NoReverseMatch:
            return str(subject)
        return format_html('<a href="{}">{}</a>', address, subject)

    @admin.display(description=_("state"))
    def state(self, action: ScheduledAction) -> str:
        """Return the action's state in a word."""
        return str(action.state.label)

    @admin.display(description=_("last error"))
    def error_line(self, action: ScheduledAction) -> str:
        """Return the last error's own words."""
        return action.error_line

    @admin.action(description=pgettext_lazy("planned action", "Try again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[ScheduledAction]) -> None:
        """Give the chosen failing or given up actions a fresh start, and say of how many."""
        tried = sum(retry(action, request.user) for action in queryset)
        message = ngettext("%(count)d action will be tried again.", "%(count)d actions will be tried again.", tried)
        self.message_user(request, message % {"count": tried}, messages.SUCCESS)
