"""Debates and their arguments in the admin: forms and actions over the verbs of ``lifecycle``."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from debates import inserting, lifecycle
from debates.forms import DebateForm
from debates.models import Argument, Debate
from newsroom.accounts.asking import person_asking
from newsroom.core.access import for_staff
from newsroom.core.desk import DeskAdmin
from newsroom.core.paging import page_number
from newsroom.core.refusals import Refusal


@admin.register(Debate)
class DebateAdmin(DeskAdmin[Debate]):
    """A debate is closed, never deleted: readers have written in it."""

    form = DebateForm
    list_display = ["question", "specialty", "opens_at", "closes_at", "votes"]
    list_select_related = ["poll", "specialty"]
    list_filter = ["specialty"]
    search_fields = ["poll__question", "slug"]
    ordering = ["-poll__opens_at", "-id"]
    autocomplete_fields = ["articles", "specialty"]
    readonly_fields = ["votes"]
    fieldsets = [
        (None, {"fields": ["question", "slug", "first_side", "second_side", "specialty"]}),
        (_("Votes"), {"fields": ["audience", "opens_at", "closes_at", "votes"]}),
        (_("Around it"), {"fields": ["introduction", "articles", "summary"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        """Add the address where an article's form asks what it may insert."""
        view = self.admin_site.admin_view(self.insertable_view)
        return [path("a-inserer/", view, name="debates_debate_insertable"), *super().get_urls()]

    @method_decorator(for_staff("articles.change_article"))
    @method_decorator(require_safe)
    def insertable_view(self, request: HttpRequest) -> HttpResponse:
        """Answer a page of the debates and consultations that ``?q=`` may mean, to whoever writes articles."""
        typed, page = request.GET.get("q", ""), page_number(request)
        return JsonResponse(inserting.found(person_asking(request), typed, page, timezone.now()))

    @admin.display(description=_("opens"), ordering="poll__opens_at")
    def opens_at(self, debate: Debate) -> Any:
        """Return the opening, or nothing for a draft."""
        return debate.poll.opens_at

    @admin.display(description=_("closes"), ordering="poll__closes_at")
    def closes_at(self, debate: Debate) -> Any:
        """Return the closing, if there is one."""
        return debate.poll.closes_at

    @admin.display(description=_("votes"), ordering="poll__vote_count")
    def votes(self, debate: Debate) -> int:
        """Return how many people voted."""
        return debate.poll.vote_count if debate.pk else 0

    def save_model(self, request: HttpRequest, obj: Debate, form: DebateForm, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Open or reword the debate through the verbs, then store what is its own."""
        if not change:
            opened = lifecycle.open_debate(**form.wording)
            obj.pk, obj.slug, obj.poll, obj.thread = opened.pk, opened.slug, opened.poll, opened.thread
            obj._state.adding = False  # noqa: SLF001 - Django's way of saying that the row is there
        elif (obj.poll.is_frozen or not self._reword(request, obj, form)) and "closes_at" in form.changed_data:
            lifecycle.close_at(obj, form.cleaned_data["closes_at"], person_asking(request))
        obj.save(update_fields=["specialty", "introduction", "summary"])

    def has_delete_permission(self, request: HttpRequest, obj: Debate | None = None) -> bool:
        """Nobody deletes a debate."""
        del request, obj
        return False

    def _reword(self, request: HttpRequest, debate: Debate, form: DebateForm) -> bool:
        """Reword and say so, or tell that somebody has voted in this very moment."""
        try:
            lifecycle.reword(debate, person_asking(request), **form.wording)
        except Refusal as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)
            return False
        return True


@admin.register(Argument)
class ArgumentAdmin(DeskAdmin[Argument]):
    """Arguments are read here and put forward; moderators decide on them at their own desk."""

    list_display = ["comment", "debate", "position", "state", "featured_at"]
    list_select_related = ["comment", "debate__poll", "position"]
    list_filter = ["debate__poll__question", "position__label"]
    search_fields = ["comment__author_name", "comment__source"]
    ordering = ["-pk"]
    fields = ["debate", "position", "state", "words", "featured_at"]
    readonly_fields = ["debate", "position", "state", "words", "featured_at"]
    actions = ["feature", "stop_featuring"]

    @admin.display(description=_("state"))
    def state(self, argument: Argument) -> str:
        """Return the comment's state."""
        return str(argument.comment.get_status_display())

    @admin.display(description=_("text"))
    def words(self, argument: Argument) -> str:
        """Return the text as it was written."""
        return argument.comment.source

    @admin.action(description=_("Put forward on its side"), permissions=["change"])
    def feature(self, request: HttpRequest, arguments: QuerySet[Argument]) -> None:
        """Put the chosen arguments forward; of several on one side the last stays."""
        for argument in arguments.select_related("comment"):
            try:
                lifecycle.feature(argument, person_asking(request))
            except Refusal as refusal:
                self.message_user(request, f"{argument}: {refusal.message}", messages.ERROR)

    @admin.action(description=_("Put back among the others"), permissions=["change"])
    def stop_featuring(self, request: HttpRequest, arguments: QuerySet[Argument]) -> None:
        """Take the chosen arguments back."""
        for argument in arguments:
            lifecycle.stop_featuring(argument, person_asking(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Arguments are written by readers."""
        del request
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Argument | None = None) -> bool:
        """What a reader wrote is removed by moderators, with a reason."""
        del request, obj
        return False
