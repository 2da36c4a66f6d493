"""Articles in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.admin.batches import InBatches
from articles.admin.beside import WithChecklist
from articles.admin.keeping import KeptForm
from articles.admin.lists import ArticleList
from articles.admin.remembering import RememberedForm
from articles.admin.rows import BylineInline, CorrectionInline, ReferenceInline
from articles.correcting import correct
from articles.forms.articles import ArticleForm
from articles.forms.rows import RowFormSet
from articles.models import Article, Correction
from articles.permissions import can_publish
from articles.publishing import publish, reschedule
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.workflow.table import TABLE, moves_from
from articles.writing import readdress, write
from newsroom.core.refusals import Refusal

CALENDAR = ("published_at", "embargo_until", "unpublish_at")
# What tells a save what it was typed on, and in which form.
HIDDEN = ("base", "form_key", "release")


@admin.register(Article)
class ArticleAdmin(KeptForm, WithChecklist, RememberedForm, InBatches, ArticleList):
    """Articles. Their text changes through ``write``, their state through the table of transitions alone."""

    form = ArticleForm
    list_display = ["title", "state", "published_at", "primary_specialty", "format", "comments", "writer"]
    list_filter = ["status", "audience", "format", "primary_specialty", "published_at"]
    list_select_related = ["thread", "primary_specialty", "lock__holder"]
    list_per_page = 50
    search_fields = ["title"]
    search_help_text = _("Words of the title or of the text, an author, a number, an address, a DOI")
    ordering = ["-changed_at", "-id"]
    autocomplete_fields = ["primary_specialty", "specialties", "image", "poll"]
    inlines = [BylineInline, ReferenceInline, CorrectionInline]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["state", "kicker", "title", "short_title", "slug", "standfirst", *HIDDEN]}),
        (_("Filing"), {"fields": ["format", "primary_specialty", "specialties", "tags"]}),
        (_("Image"), {"fields": ["image", "image_alt", "image_is_decorative"]}),
        (_("Text"), {"fields": ["key_points", "body"]}),
        (_("Evidence"), {"fields": ["evidence_level", "evidence_note"], "classes": ["collapse"]}),
        (_("Sound"), {"fields": ["audio", "audio_seconds", "chapter_lines", "transcript"], "classes": ["collapse"]}),
        (_("Participation"), {"fields": ["poll"]}),
        (_("Reviews"), {"fields": ["is_clinical", "needs_medical_review", "needs_legal_review", "review_by"]}),
        (_("Publication"), {"fields": [*CALENDAR, "audience", "sponsor", "canonical_url"]}),
    ]

    @admin.display(description=_("state"), ordering="status")
    def state(self, article: Article) -> Promise | str:
        """Say where the article stands, by the clock."""
        return article.state_at(timezone.now())

    @admin.display(description=_("comments"), ordering="thread__comment_count")
    def comments(self, article: Article) -> int:
        """Return the number of published comments."""
        return article.comment_total

    @admin.display(description=_("being edited by"))
    def writer(self, article: Article) -> str:
        """Name whoever has the article open in his form now."""
        lock = getattr(article, "lock", None)
        return lock.holder.get_full_name() if lock and lock.is_open_at(timezone.now()) else ""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Say whether the actions of publication are shown (Django asks by this name)."""
        return can_publish(request.user, Article())

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Keep what was once released: it is unpublished, and its address says so."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.was_released)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """Leave the calendar, and addresses that are known outside, to those who publish."""
        if self.has_publish_permission(request):
            return ["state"]
        return ["state", *CALENDAR, *(["slug"] if obj is not None and obj.was_released else [])]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Lead to the desk's own history: revisions, comparison, restoring."""
        del request, extra_context
        return redirect("desk:history", object_id)

    def view_on_site(self, obj: Article) -> str | None:
        """Lead to the page that readers see, or to the preview while they see none.

        A form that was refused shows what was typed: without an address there, there is nowhere to lead.
        """
        if not obj.slug:
            return None
        return obj.get_absolute_url() if obj.is_public_at(timezone.now()) else obj.get_preview_url()

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: Any) -> None:
        """Save nothing yet: text and rows are one content, which ``save_related`` writes."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Write what was typed, then its address, its dates and its corrections, each through its verb."""
        content = form.content() | {rows.kind: rows.rows() for rows in formsets if isinstance(rows, RowFormSet)}
        typed, article, by = form.cleaned_data, form.instance, request.user
        typed_on = (typed["base"] or 0) if change else None
        write(article, content, by, base=typed_on, form_key=typed["form_key"])
        if change and "slug" in form.changed_data:
            self._readdress(request, article, typed["slug"])
        if self.has_publish_permission(request):
            reschedule(article, by, **form.calendar())
        for rows in formsets:
            if rows.model is Correction:
                for told in rows.save(commit=False):
                    correct(article, told.text, by, kind=told.kind, is_substantive=told.is_substantive)

    def _readdress(self, request: HttpRequest, article: Article, slug: str) -> None:
        """Give the article its new address, or say why it keeps the old one: its text is saved all the same."""
        try:
            readdress(article, slug, request.user)
        except Refusal as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Tell the row of buttons what the person may do with the article where it stands."""
        article = context.get("original") or Article()
        context["moves"] = moves_from(article, request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        """Press the button, if one was, on what has just been saved."""
        pressed = self._pressed(request, obj)
        return pressed or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Press the button, if one was, on what has just been saved."""
        return self._pressed(request, obj) or super().response_change(request, obj)

    def _pressed(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Do what the pressed button says and return to the form; None when it only said to save.

        What asks for a word or a second thought has a page of its own.
        """
        act = next((act for act in Act if f"_{act}" in request.POST), None)
        if act is None:
            return None
        self.message_user(request, _("“%(title)s” is saved.") % {"title": article}, messages.INFO)
        if TABLE[act].has_a_page:
            return redirect("desk:move", article.pk, act)
        self._do(request, article, act)
        return redirect("admin:articles_article_change", article.pk)

    def _do(self, request: HttpRequest, article: Article, act: Act) -> None:
        """Make the move and say what became of it."""
        try:
            # Also what was released meanwhile is published: its changes are.
            publish(article, by=request.user) if act == Act.PUBLISH else move(article, act, request.user)
        except Refusal as refusal:
            self.message_user(request, f"{article}\N{NO-BREAK SPACE}: {refusal.message}", messages.ERROR)
        else:
            self.message_user(request, TABLE[act].told(article), messages.SUCCESS)
