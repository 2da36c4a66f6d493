"""The classes of an article's form and of its rows, made once for all who may do the same.

Django makes them anew for each request, which costs as much time as fetching the article. They hold nothing that was
sent: what they depend on, beside the code, is the key under which they are kept.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Article

#: A class for each role and each number of rows that an article shows, no more: then all are made anew.
MOST_KEPT = 500
_MADE: dict[tuple[Hashable, ...], Any] = {}


class RememberedForm(admin.ModelAdmin[Article]):
    """A form whose class depends on the person's rights and on what he may not write of the article."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: Any = None, **options: Any) -> Any:
        """Return the form's class, as Django makes it."""
        if options:
            return super().get_form(request, obj, change, **options)
        may_write = not change or self.has_change_permission(request, obj)
        facts = (change, may_write, *self.get_readonly_fields(request, obj))
        return _made(type(self), request, facts, lambda: super(RememberedForm, self).get_form(request, obj, change))


class RememberedRows(admin.options.InlineModelAdmin[Any, Article]):
    """Rows whose class depends on the person's rights, and on how many the article shows."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """Return the formset's class, as Django makes it."""
        if options:
            return super().get_formset(request, obj, **options)
        may = (self.has_add_permission, self.has_change_permission, self.has_delete_permission)
        facts = (self.get_extra(request, obj), *(allowed(request, obj) for allowed in may))
        return _made(type(self), request, facts, lambda: super(RememberedRows, self).get_formset(request, obj))


def _made(of: type, request: HttpRequest, facts: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
    """Return what was made with the same facts for somebody with the same rights; else make it and keep it.

    The rights say also which links to other lists stand beside the fields.
    """
    user: Any = request.user
    rights = None if user.is_superuser else frozenset(user.get_all_permissions())
    key = (of, rights, *facts)
    if key not in _MADE:
        if len(_MADE) >= MOST_KEPT:
            _MADE.clear()
        _MADE[key] = make()
    return _MADE[key]
