"""A selection as readers will see it at a moment, shown to the newsroom."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.forms.selections import PreviewForm
from articles.models import Article, Selection, SelectionEdition
from articles.showing import shown_in
from newsroom.core.access import for_staff


@for_staff("articles.view_selection")
@never_cache
@require_safe
def preview_selection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the selection as at ``?le=``; without it, what is being composed as it would look now.

    ``?edition=`` shows one edition of the selection at that moment, whether readers will see it then or not.
    """
    selection = get_object_or_404(Selection, pk=pk)
    form = PreviewForm(request.GET)
    if not form.is_valid():
        messages.error(request, _("Type the moment of the preview as a date and a time."))
        return redirect(selection.get_curation_url())
    moment, number = form.cleaned_data["le"], form.cleaned_data["edition"]
    edition = _edition(selection, number, moment)
    now = moment or timezone.now()
    return render(
        request,
        "articles/selection_preview.html",
        {
            "selection": selection,
            "edition": edition,
            "moment": now,
            "articles": shown_in(edition, Article.objects.for_listing(), now) if edition else [],
            "nav_current": "partner" if selection.is_partner else "selection",
        },
    )


def _edition(selection: Selection, number: int | None, moment: datetime | None) -> SelectionEdition | None:
    """Return the edition asked for: by its number (404 without it), by the clock, or the one being composed."""
    if number is not None:
        return get_object_or_404(SelectionEdition, selection=selection, number=number)
    composed = None if moment else selection.editions.in_preparation().first()
    return composed or selection.editions.shown_at(moment).first()
