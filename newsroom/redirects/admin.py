"""Redirects in the admin: read, and ended by administrators."""

from django.contrib import admin
from django.http import HttpRequest

from newsroom.core.desk import DeskAdmin
from newsroom.redirects.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin[Redirect]):
    """They come from changes of addresses alone."""

    list_display = ["old_path", "new_path", "made_at"]
    search_fields = ["old_path", "new_path"]
    searched_by_words = True
    ordering = ["-made_at", "-id"]
    fields = ["old_path", "new_path", "made_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one by hand: it would hide an address that somebody may still want."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        """Nobody changes one."""
        del request, obj
        return False
