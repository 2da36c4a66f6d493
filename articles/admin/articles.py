"""Articles in the admin."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.admin.rows import BylineInline, CorrectionInline, ReferenceInline
from articles.correcting import correct
from articles.forms.articles import ArticleForm
from articles.models import Article, Correction
from articles.permissions import can_publish
from articles.publishing import publish, unpublish
from articles.writing import write
from newsroom.core.refusals import Refusal

# The buttons of the form: what each does after saving, and what is said then.
BUTTONS: dict[str, tuple[Callable[..., Article], Promise | str]] = {
    "_publish": (publish, _("“%(title)s” is published.")),
    "_unpublish": (unpublish, _("“%(title)s” is a draft again.")),
}


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin[Article]):
    """Articles. Their state changes through the verbs alone: buttons of the form, actions of the list."""

    form = ArticleForm
    list_display = ["title", "state", "published_at", "primary_specialty", "format", "comments"]
    list_filter = ["status", "audience", "format", "primary_specialty", "published_at"]
    list_select_related = ["thread", "primary_specialty"]
    list_per_page = 50
    search_fields = ["title", "standfirst", "authors__name"]
    ordering = ["-changed_at"]
    actions = ["publish_chosen", "unpublish_chosen"]
    autocomplete_fields = ["primary_specialty", "specialties", "image", "poll"]
    inlines = [BylineInline, ReferenceInline, CorrectionInline]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["state", "kicker", "title", "slug", "standfirst"]}),
        (_("Filing"), {"fields": ["format", "primary_specialty", "specialties", "tags"]}),
        (_("Text"), {"fields": ["image", "key_points", "body"]}),
        (_("Sound"), {"fields": ["audio", "audio_seconds"], "classes": ["collapse"]}),
        (_("Participation"), {"fields": ["poll"]}),
        (_("Publication"), {"fields": ["published_at", "embargo_until", "audience", "sponsor"]}),
    ]

    @admin.display(description=_("state"), ordering="status")
    def state(self, article: Article) -> Promise | str:
        """Say where the article stands, by the clock."""
        if not article.is_published:
            return _("Draft")
        now = timezone.now()
        if article.is_public_at(now):
            return Article.Status.PUBLISHED.label
        return _("Scheduled") if article.published_at and article.published_at > now else _("Under embargo")

    @admin.display(description=_("comments"), ordering="thread__comment_count")
    def comments(self, article: Article) -> int:
        """Return the number of published comments."""
        return article.comment_total

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Say whether the actions and buttons of publication are shown (Django asks by this name)."""
        return can_publish(request.user, Article())

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Keep what was once published: it is unpublished, and its address says so."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.was_published)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """Fix the address once it is known outside; leave the calendar to those who publish."""
        fixed = ["state"]
        if obj is not None and obj.was_published:
            fixed.append("slug")
        if not self.has_publish_permission(request):
            fixed += ["published_at", "embargo_until"]
        return fixed

    def view_on_site(self, obj: Article) -> str | None:
        """Lead to the page that readers see, or to the preview while they see none.

        A form that was refused shows what was typed: without an address there, there is nowhere to lead.
        """
        if not obj.slug:
            return None
        return obj.get_absolute_url() if obj.is_public_at(timezone.now()) else obj.get_preview_url()

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: Any) -> None:
        """Save through the verb, which keeps the thread in step."""
        del form, change
        write(obj, by=request.user)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        """Add corrections through their verb, which dates the article; save other rows as they are."""
        del change
        if formset.model is not Correction:
            formset.save()
            return
        for correction in formset.save(commit=False):
            correct(form.instance, correction.text, by=request.user)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Tell the row of buttons whether the person may publish."""
        context["may_publish"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        """Press the button, if one was, on what has just been saved."""
        pressed = self._pressed(request, obj)
        return pressed or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Press the button, if one was, on what has just been saved."""
        return self._pressed(request, obj) or super().response_change(request, obj)

    @admin.action(description=_("Publish the chosen articles"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Publish each that can be."""
        for article in queryset:
            self._do(request, article, "_publish")

    @admin.action(description=_("Unpublish the chosen articles"), permissions=["publish"])
    def unpublish_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Take each back."""
        for article in queryset:
            self._do(request, article, "_unpublish")

    def _pressed(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Do what the pressed button says and return to the form; None when it only said to save."""
        button = next((name for name in BUTTONS if name in request.POST), None)
        if button is None:
            return None
        self.message_user(request, _("“%(title)s” is saved.") % {"title": article}, messages.INFO)
        self._do(request, article, button)
        return redirect("admin:articles_article_change", article.pk)

    def _do(self, request: HttpRequest, article: Article, button: str) -> None:
        verb, done = BUTTONS[button]
        try:
            verb(article, by=request.user)
        except Refusal as refusal:
            self.message_user(request, f"{article}\N{NO-BREAK SPACE}: {refusal.message}", messages.ERROR)
        else:
            said = done % {"title": article}
            self.log_change(request, article, said)
            self.message_user(request, said, messages.SUCCESS)
