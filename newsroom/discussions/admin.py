"""Threads and comments in the admin: to look at. Decisions are made at the moderators' desk, by the verbs."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsroom.core.read_only import ReadOnlyAdmin
from newsroom.discussions.models import Comment, Thread


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
