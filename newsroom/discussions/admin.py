"""Threads and comments in the admin: to look at. Decisions are made at the moderators' desk, by the verbs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsroom.discussions.models import Comment, Thread


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Rows that nobody adds, changes or deletes here, whatever his permissions."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes."""
        del request, obj
        return False


@admin.register(Thread)
class ThreadAdmin(ReadOnlyAdmin):
    """Threads and their counters."""

    list_display = ["title", "comment_count", "moderation", "opens_at", "closed_at"]
    list_filter = ["moderation"]
    search_fields = ["title"]
    fields = [
        *("title", "path", "moderation", "opens_at", "closed_at"),
        *("comment_count", "elsewhere_count", "conversation_count"),
    ]


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """What readers wrote, as it was written."""

    list_display = ["__str__", "thread", "status", "badge", "created_at"]
    list_filter = ["status", "badge", "created_at"]
    list_select_related = ["thread"]
    search_fields = ["author_name", "source"]
    show_full_result_count = False
    ordering = ["-id"]
    fields = [
        *("thread", "parent", "author", "author_name", "author_title", "badge", "source"),
        *("status", "held_because", "removal_reason", "is_pick", "created_at", "published_at", "desk"),
    ]

    @admin.display(description=_("decide"))
    def desk(self, comment: Comment) -> str:
        """Link to the moderators' desk, which is the place for decisions."""
        del comment
        return format_html('<a href="{}">{}</a>', reverse("moderation:queue"), _("Open the moderators’ desk"))
