"""E-mails in the admin: where each one is, what the server said, and a button to try again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsroom.notifications import mailing
from newsroom.notifications.models import Delivery

SHOWN = ("message_id", "address", "state", "attempts", "next_attempt_at", "claimed_until", "sent_at", "error")


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin[Delivery]):
    """Read and retry; e-mails are never written by hand, and their text is not shown."""

    list_display = ["message_id", "address", "state", "attempts", "next_attempt_at", "sent_at"]
    list_filter = ["state"]
    search_fields = ["message_id", "address", "error"]
    ordering = ["-id"]
    show_full_result_count = False
    actions = ["retry"]
    fields = SHOWN
    readonly_fields = SHOWN

    @admin.action(description=_("Send again"), permissions=["change"])
    def retry(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> None:
        """Give the chosen failed e-mails a fresh start."""
        tried = sum(mailing.retry(delivery) for delivery in deliveries)
        message = ngettext("%(count)d e-mail will be tried again.", "%(count)d e-mails will be tried again.", tried)
        self.message_user(request, message % {"count": tried}, messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """E-mails come from notifications alone."""
        del request
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        """What was sent stays on record."""
        del request, obj
        return False
