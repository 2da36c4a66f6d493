"""What every list and form of the newsroom's desk can do: search without accents, and say where a thing is used."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.core.desk_search import Words, beginning, holding
from newsroom.core.where_used import Uses, where_used

Thing = TypeVar("Thing", bound=Model)

# What is used more often than this is not deleted from a form: it is first replaced, or merged with another.
MOST_DELETED = 1000


class DeskAdmin(admin.ModelAdmin[Thing]):
    """A list of the desk. Its search reads ``search_fields``, which are columns and never lookups ("^name").

    ``searched_by_words`` says that an index over ``desk_words`` of those columns, in that order, stands in the
    database: then a search finds beginnings of words. Without it, it finds parts of words and reads the whole table.
    """

    searched_by_words = False
    # Counting a large table a second time, to say how many there are without the filters, takes as long as the page.
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Thing], search_term: str
    ) -> tuple[QuerySet[Thing], bool]:
        """Return what holds every word typed, here and in autocompletes; no row comes twice."""
        fields = [str(field) for field in self.get_search_fields(request)]
        if not fields:
            return queryset, False
        if self.searched_by_words:
            return beginning(queryset, Words(*fields), search_term), False
        return holding(queryset, fields, search_term), False

    def get_urls(self) -> list[URLPattern]:
        """Add the page that says where a thing is used."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_usages"
        view = self.admin_site.admin_view(self.usages_view)
        return [path("<path:object_id>/usages/", view, name=name), *super().get_urls()]

    def other_uses(self, used: Sequence[Thing]) -> list[Uses]:
        """Return uses that no relation tells of, such as a picture's address in a text. For a list to override."""
        del used
        return []

    def uses_of(self, used: Sequence[Thing]) -> list[Uses]:
        """Return where the things are used, what forbids their deletion first."""
        registered = self.admin_site._registry  # noqa: SLF001 - Django has no public name for it
        uses = [*where_used(used, registered), *self.other_uses(used)]
        return sorted(uses, key=lambda kind: not kind.holds)

    @method_decorator(require_safe)
    def usages_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say where a thing is used, to whoever may see the thing; other things are named to whoever sees those."""
        thing = self.get_object(request, unquote(object_id)) if self.has_view_permission(request) else None
        if not self.has_view_permission(request, thing):
            raise PermissionDenied
        if thing is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("Where is “%(thing)s” used?") % {"thing": thing},
            "opts": self.opts,
            "original": thing,
            "kinds": self._shown(request, self.uses_of([thing])),
        }
        return TemplateResponse(request, "admin/usages.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lead to the page of uses from the form of what exists."""
        thing = context.get("original")
        if thing is not None:
            context["usages_url"] = self._address(thing, "usages")
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show where the thing is used before it is deleted; one that was put to use meanwhile stays."""
        thing = self.get_object(request, unquote(object_id)) if self.has_delete_permission(request) else None
        if thing is None:
            return super().delete_view(request, object_id, extra_context)
        kinds = self._shown(request, self.uses_of([thing]))
        try:
            return super().delete_view(request, object_id, {"kinds": kinds, **(extra_context or {})})
        except (ProtectedError, RestrictedError):
            told = _("“%(thing)s” has just been put to use: it stays.") % {"thing": thing}
            self.message_user(request, told, messages.ERROR)
            return redirect(self._address(thing, "usages"))

    def get_deleted_objects(
        self, objs: QuerySet[Thing] | Sequence[Thing], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Return what goes with the things, unless their uses forbid it: then those, as Django's "protected".

        Used everywhere, a thing is not deleted either: thousands of rows are neither listed nor lost by one click.
        """
        uses = self.uses_of(list(objs))
        if any(kind.holds for kind in uses) or sum(kind.total for kind in uses) > MOST_DELETED:
            return [], {}, set(), [f"{kind.label}\N{NO-BREAK SPACE}: {kind.total}" for kind in uses]
        return super().get_deleted_objects(objs, request)

    def _shown(self, request: HttpRequest, uses: list[Uses]) -> list[dict[str, Any]]:
        """Return the uses as the templates take them, with names and addresses only of what the person may see."""
        kinds = []
        for kind in uses:
            named = [(str(thing), address) for thing in kind.things if (address := self._seen_at(request, thing))]
            kinds.append({"label": kind.label, "total": kind.total, "holds": kind.holds, "named": named})
        return kinds

    def _seen_at(self, request: HttpRequest, thing: Model) -> str:
        """Return the address of the thing's form; nothing for what has none or what the person may not see."""
        shown = self.admin_site._registry.get(type(thing))  # noqa: SLF001 - Django has no public name for it
        may_see = shown is not None and shown.has_view_permission(request, thing)
        return self._address(thing, "change") if may_see else ""

    def _address(self, thing: Model, page: str) -> str:
        options = thing._meta  # noqa: SLF001 - Django's public API
        return reverse(f"{self.admin_site.name}:{options.app_label}_{options.model_name}_{page}", args=[thing.pk])
