"""The same act on the articles that were ticked in the list."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from articles.batching import ACTS, ask_for
from articles.models import Article
from articles.workflow.steps import Act
from articles.workflow.table import TABLE
from newsroom.core.refusals import Refusal

Action = tuple[Callable[..., HttpResponse | None], str, str]


class InBatches(admin.ModelAdmin[Article]):
    """A list whose actions are the moves of the workflow, done by a worker, each with its outcome."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer the moves that the person may make; what each article's state allows is seen when its turn comes."""
        if IS_POPUP_VAR in request.GET:
            # From such a list somebody only picks.
            return {}
        moves = [TABLE[act] for act in ACTS if request.user.has_perm(TABLE[act].permission)]
        return {f"act_{row.act}": self._action(row.act) for row in moves}

    def _action(self, act: Act) -> Action:
        return partial(_ask_for, act=act), f"act_{act}", TABLE[act].plain_label


def _ask_for(
    model_admin: InBatches, request: HttpRequest, queryset: QuerySet[Article], *, act: Act
) -> HttpResponse | None:
    try:
        batch = ask_for(act, queryset, request.user)
    except Refusal as refusal:
        model_admin.message_user(request, str(refusal.message), messages.ERROR)
        return None
    model_admin.message_user(request, _("It is being done: this page says what becomes of each article."))
    return redirect("desk:batch", batch.pk)
