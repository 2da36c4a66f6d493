"""The list of articles as every editor finds his way in it: by words, by views that were kept."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.desk_search import MOST_FOUND, found
from articles.forms.saved_views import NewViewForm
from articles.keeping_views import kept_part
from articles.models import Article, SavedView
from articles.permissions import can_change_view, can_keep_views, can_share_views
from newsroom.core.desk import DeskAdmin


class ArticleList(DeskAdmin[Article]):
    """Searches by ``articles.desk_search`` and shows the saved views above the list."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Return what the editor means, and say so where there is more of it than is shown."""
        articles, is_cut = found(queryset, search_term)
        match = request.resolver_match
        if is_cut and match is not None and match.url_name == "articles_article_changelist":
            said = _("Only the %(most)d articles changed last that match are shown: add a word or a filter.")
            messages.info(request, said % {"most": MOST_FOUND})
        return articles, False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Add the views that the person sees, and the form that keeps this one once something is set."""
        return super().changelist_view(request, {**self._views(request), **(extra_context or {})})

    def _views(self, request: HttpRequest) -> dict[str, Any]:
        if not can_keep_views(request.user):
            return {}
        listing, query = self.opts.label_lower, kept_part(request.META.get("QUERY_STRING", ""))
        views = [
            {"view": view, "may_change": can_change_view(request.user, view), "is_current": view.query == query}
            for view in SavedView.objects.of_list(listing).seen_by(request.user)
        ]
        typed = {"listing": listing, "query": query}
        form = NewViewForm(initial=typed, may_share=can_share_views(request.user), auto_id="view_%s") if query else None
        return {"saved_views": views, "view_form": form, "list_url": request.path}
