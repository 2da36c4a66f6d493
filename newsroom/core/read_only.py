"""Rows that the admin shows and nobody edits there."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin[Model]):
    """Rows that come from verbs alone: nobody adds, changes or deletes them by hand, whatever his permissions."""

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
