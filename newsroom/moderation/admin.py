"""Reports and decisions in the admin: to read. Decisions are made on the desk."""

from django.contrib import admin

from newsroom.core.read_only import ReadOnlyAdmin
from newsroom.moderation.models import Decision, Report


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What readers reported."""

    list_display = ["comment", "reason", "reporter", "created_at", "settled_at"]
    list_filter = ["reason", ("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["comment", "reporter"]
    search_fields = ["comment__author_name", "text"]
    ordering = ["-created_at"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """The journal."""

    list_display = ["comment", "action", "reason", "moderator_name", "before", "after", "made_at"]
    list_filter = ["action", "reason"]
    list_select_related = ["comment"]
    search_fields = ["comment__author_name", "moderator_name", "message"]
    ordering = ["-made_at"]
