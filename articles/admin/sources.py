"""The works that articles cite, as registers of science know them: read, had looked up again, dealt with."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.citing.vancouver import name_of
from articles.models import Article, Source
from articles.permissions import can_check_sources
from articles.sourcing import look_again, settle_notice
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal

Verb = Callable[[Source, User], Source]
SHOWN = (
    *("title", "authors_line", "kind", "container_title", "year", "volume", "issue", "pages", "publisher"),
    *("doi_link", "pmid", "citing", "state", "looked_up_at", "next_attempt_at", "attempts", "error"),
    *("notice_kind", "notice_on", "notice_link_shown", "notice_found_at", "notice_settled_at", "notice_settled_by"),
)


class TaskFilter(admin.SimpleListFilter):
    """What a journal made known, and whether the newsroom has dealt with it."""

    title = _("notice")
    parameter_name = "notice"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Source]) -> list[tuple[str, str]]:
        """Return what may be chosen."""
        del request, model_admin
        return [
            ("to-settle", str(_("To deal with"))),
            ("retracted", str(_("Retracted"))),
            ("alarming", str(_("Retracted, or warned of"))),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Source]) -> QuerySet[Source]:
        """Return the sources chosen."""
        del request
        sources = Source.objects.all()
        chosen = {"to-settle": sources.to_settle, "retracted": sources.retracted, "alarming": sources.alarming}
        rows = chosen.get(self.value() or "")
        return queryset.filter(pk__in=rows().values("pk")) if rows else queryset


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    """Rows come from references and registers; people have them looked up again and deal with notices."""

    list_display = ["__str__", "identifier", "container_title", "year", "state", "notice_kind", "citations"]
    list_filter = [TaskFilter, "state", "kind"]
    search_fields = ["title", "doi", "pmid", "container_title"]
    search_help_text = _("Title, DOI, PMID or journal")
    ordering = ["-pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["look_up_again", "settle"]
    fields = SHOWN
    readonly_fields = SHOWN

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Count, with each source, the references to it."""
        return super().get_queryset(request).annotate(citation_count=Count("references"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sources come from references alone."""
        del request
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """What an article cites stays."""
        del request, obj
        return False

    def has_check_permission(self, request: HttpRequest) -> bool:
        """Say whether the actions are shown (Django asks by this name)."""
        return can_check_sources(request.user)

    @admin.display(description=_("identifier"), ordering="doi")
    def identifier(self, source: Source) -> str:
        """Return DOI or PMID, named."""
        return source.identifier

    @admin.display(description=_("references"), ordering="citation_count")
    def citations(self, source: Any) -> int:
        """Return how many references lead here."""
        return int(source.citation_count)

    @admin.display(description=_("authors"))
    def authors_line(self, source: Source) -> str:
        """Return the authors on one line."""
        return ", ".join(name_of(person) for person in source.work.authors) or "–"

    @admin.display(description=_("DOI"))
    def doi_link(self, source: Source) -> SafeString | str:
        """Return the DOI, leading to the work."""
        return format_html('<a href="{}">{}</a>', source.link, source.doi) if source.doi else "–"

    @admin.display(description=_("notice at"))
    def notice_link_shown(self, source: Source) -> SafeString | str:
        """Return where the notice can be read."""
        if not source.notice_kind:
            return "–"
        return format_html('<a href="{0}">{0}</a>', source.notice_link)

    @admin.display(description=_("cited in"))
    def citing(self, source: Source) -> SafeString | str:
        """Return the articles that cite it, latest first, leading to their forms."""
        articles = Article.objects.filter(references__source=source).distinct().order_by("-pk").only("title")[:50]
        addresses = ((reverse("admin:articles_article_change", args=[one.pk]), one.title) for one in articles)
        return format_html_join(", ", '<a href="{}">{}</a>', addresses) or "–"

    @admin.action(description=_("Check again"), permissions=["check"])
    def look_up_again(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        """Have the registers asked about each."""
        done = self._each(request, queryset, look_again, _("Checked again"))
        told = ngettext("%(count)d source will be looked up.", "%(count)d sources will be looked up.", done)
        self.message_user(request, told % {"count": done}, messages.SUCCESS)

    @admin.action(description=_("Mark the notice as dealt with"), permissions=["check"])
    def settle(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        """Take each off the editors' list."""
        done = self._each(request, queryset, settle_notice, _("Notice dealt with"))
        told = ngettext("%(count)d notice is dealt with.", "%(count)d notices are dealt with.", done)
        self.message_user(request, told % {"count": done}, messages.SUCCESS)

    def _each(self, request: HttpRequest, queryset: QuerySet[Source], verb: Verb, said: Promise | str) -> int:
        """Do to each source what the verb does, and say so in its journal; return how many it did not refuse."""
        done = 0
        for source in queryset:
            try:
                verb(source, request.user)  # type: ignore[arg-type] # staff only come here
            except Refusal as refusal:
                self.message_user(request, f"{source}\N{NO-BREAK SPACE}: {refusal.message}", messages.WARNING)
            else:
                self.log_change(request, source, str(said))
                done += 1
        return done
