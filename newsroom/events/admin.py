"""The outbox in the admin: what waits, what failed and why, and a button to try again."""

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsroom.events import delivery
from newsroom.events.models import Event, Receipt


class ReceiptInline(admin.TabularInline[Receipt, Event]):
    """Which listeners have done their work."""

    model = Receipt
    extra = 0
    can_delete = False
    fields = ("listener", "received_at")
    readonly_fields = ("listener", "received_at")

    def has_add_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Nobody writes receipts by hand."""
        del request, obj
        return False


class StateFilter(admin.SimpleListFilter):
    """Waiting, delivered or parked."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Event]) -> list[tuple[str, str]]:
        """Return the three states."""
        del request, model_admin
        return [("waiting", str(_("Waiting"))), ("parked", str(_("Parked"))), ("delivered", str(_("Delivered")))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return the events of the chosen state."""
        del request
        chosen = {
            "waiting": Q(delivered_at=None, parked_at=None),
            "parked": Q(parked_at__isnull=False),
            "delivered": Q(delivered_at__isnull=False),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    """Read and retry; events are never written by hand."""

    list_display = ["kind", "recorded_at", "attempts", "state", "next_attempt_at"]
    list_filter = [StateFilter, "kind"]
    search_fields = ["id", "kind", "last_error"]
    ordering = ["-recorded_at"]
    show_full_result_count = False
    inlines = [ReceiptInline]
    actions = ["retry"]
    fields = (
        *("id", "kind", "payload", "recorded_at", "attempts", "next_attempt_at"),
        *("delivered_at", "parked_at", "last_error"),
    )
    readonly_fields = fields

    @admin.display(description=_("state"))
    def state(self, event: Event) -> str:
        """Return the event's state in a word."""
        if event.is_parked:
            return str(_("Parked"))
        return str(_("Delivered")) if event.delivered_at else str(_("Waiting"))

    @admin.action(description=_("Try again"), permissions=["change"])
    def retry(self, request: HttpRequest, events: QuerySet[Event]) -> None:
        """Give the chosen undelivered events a fresh start."""
        chosen = list(events.filter(delivered_at=None))
        for event in chosen:
            delivery.retry(event)
        message = ngettext("%(count)d event will be tried again.", "%(count)d events will be tried again.", len(chosen))
        self.message_user(request, message % {"count": len(chosen)}, messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Events come from verbs alone."""
        del request
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Only the prune job deletes."""
        del request, obj
        return False
