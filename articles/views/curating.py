"""Composing a selection at the desk: the list beside what may come into it, and its editions.

Everything is a plain form. The list is one form, so that whichever button is pressed, nothing typed is lost.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.candidates import candidates
from articles.curating.composing import StaleListError, begin, compose, discard, slot_of, take_out
from articles.curating.releasing import end, publish, withdraw
from articles.curation import in_words
from articles.forms.selections import Composition, CompositionForm, EndForm, SlotForm
from articles.models import Selection, SelectionEdition, SelectionItem
from articles.models.selections import LONGEST_SELECTION
from articles.ordering import Slot
from articles.permissions import can_curate
from articles.views.desk import desk_page
from newsroom.core.access import for_staff
from newsroom.core.paging import page_from
from newsroom.core.refusals import Refusal
from newsroom.taxonomy.models import Tag

CANDIDATES = 15
# What is typed beside the list, and kept until the button that it is for is pressed.
PUBLICATION, RULE = ("starts_at", "ends_at"), ("rule", "rule_specialty", "rule_tag")
SUGGESTED_TAGS = 200


@for_staff("articles.view_selection")
@never_cache
@require_safe
def curate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a selection holds, what is being composed and, beside it, what may come in."""
    return _page(request, get_object_or_404(Selection, pk=pk))


@for_staff("articles.change_selection")
@require_POST
def begin_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition, from the one that readers see or from its pinned slots."""
    selection = get_object_or_404(Selection, pk=pk)
    begin(selection, request.user, pinned_only=request.POST.get("from") == "pinned")
    return redirect(selection.get_curation_url())


@for_staff("articles.change_selection")
@require_POST
def compose_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the list as it was typed and do what the button says; a stale list comes back beside the colleague's."""
    selection = get_object_or_404(Selection, pk=pk)
    sent = Composition(request.POST)
    if not sent.is_valid():
        return _page(request, selection, sent=sent, error=_("Something in the list cannot be read: see below."))
    wanted = sent.slots_as_shown()
    try:
        wanted = sent.result()
        with transaction.atomic():
            done = _carry_out(request, selection, sent, wanted)
    except StaleListError as stale:
        return _conflict(request, selection, wanted, stale.edition)
    except Refusal as refusal:
        return _page(request, selection, sent=sent, error=str(refusal.message))
    messages.success(request, done)
    return redirect(_return_address(request, selection, sent))


@for_staff("articles.change_selection")
@require_POST
def change_edition(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    """End an edition that readers see, or take one back that has not started."""
    asked = get_object_or_404(SelectionEdition.objects.select_related("selection"), pk=edition, selection=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, asked.selection, error=_("Type the end as a date and a time."), ending=(asked.pk, form))
    try:
        if request.POST.get("do") == "withdraw":
            withdraw(asked, request.user)
            messages.success(request, _("Edition %(number)d is being composed again.") % {"number": asked.number})
        else:
            end(asked, request.user, at=form.cleaned_data["at"])
            messages.success(request, _("The end of edition %(number)d is set.") % {"number": asked.number})
    except Refusal as refusal:
        return _page(request, asked.selection, error=str(refusal.message), ending=(asked.pk, form))
    return redirect(asked.selection.get_curation_url())


@for_staff("articles.change_selection")
@require_POST
def take_slot_out(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take a slot out whose article has been unpublished."""
    asked = get_object_or_404(
        SelectionItem.objects.select_related("edition__selection"), pk=item, edition__selection=pk
    )
    try:
        take_out(asked, request.user)
    except Refusal as refusal:
        return _page(request, asked.edition.selection, error=str(refusal.message))
    messages.success(request, _("“%(title)s” is taken out of the list.") % {"title": asked})
    return redirect(asked.edition.selection.get_curation_url())


def _carry_out(request: HttpRequest, selection: Selection, sent: Composition, wanted: list[Slot]) -> str:
    """Save the list, then publish or discard it if that was asked; return what was done, in a sentence."""
    frame = sent.frame.cleaned_data
    read = {"edition": frame["edition"], "version": frame["version"]}
    if sent.act == "discard":
        discard(selection, by=request.user, **read)
        return _("The edition that was being composed is discarded.")
    if not frame["edition"]:
        # What a colleague published meanwhile is followed by another edition, with this list.
        if selection.editions.in_preparation().exists():
            raise StaleListError(selection.editions.in_preparation().first())
        begun = begin(selection, request.user)
        read = {"edition": begun.pk, "version": begun.version}
    edition = compose(selection, wanted, by=request.user, **read)
    if sent.act != "publish":
        return _said(sent, wanted)
    starts_at, ends_at = frame["starts_at"], frame["ends_at"]
    publish(edition, request.user, version=edition.version, starts_at=starts_at, ends_at=ends_at)
    number = {"number": edition.number}
    return (
        _("Edition %(number)d will start at its hour.") if starts_at else _("Edition %(number)d is published.")
    ) % number


def _said(sent: Composition, wanted: list[Slot]) -> str:
    """Return what a button did, for the eye and for a screen reader."""
    titles = {view.slot.row: view for view in in_words(wanted)}
    view = titles.get(sent.row)
    if sent.act in {"up", "down", "add", "rule"} and view is not None:
        return _("“%(title)s” is at position %(number)d.") % {"title": view.title, "number": view.slot.position}
    if sent.act == "remove":
        return _("The slot is taken out of the list.")
    return _("The list is saved.")


def _return_address(request: HttpRequest, selection: Selection, sent: Composition) -> str:
    """Return the page that the editor was on: his search, and what he typed beside the list, are kept in it."""
    page = sent.about if sent.act == "page" else "" if sent.act == "search" else request.POST.get("page", "")
    is_over = sent.act in {"publish", "discard"}
    names = ["q", *(() if is_over else PUBLICATION), *(() if is_over or sent.act == "rule" else RULE)]
    kept = {"page": "" if page == "1" else page, **{name: request.POST.get(name, "") for name in names}}
    query = urlencode({name: value for name, value in kept.items() if value})
    address = selection.get_curation_url()
    return f"{address}?{query}" if query else address


def _page(
    request: HttpRequest,
    selection: Selection,
    *,
    sent: Composition | None = None,
    error: str = "",
    ending: tuple[int, EndForm] = (0, EndForm()),
) -> HttpResponse:
    """Answer the page of a selection; with what was sent, exactly that is in the fields, and why it was refused."""
    now = timezone.now()
    composed = selection.editions.in_preparation().select_related("composed_by").first()
    shown = selection.editions.shown_at(now).select_related("published_by").first()
    asked = request.POST if sent else request.GET
    words = asked.get("q", "")
    offered = Paginator(candidates(selection, words, now), CANDIDATES).get_page(page_from(asked.get("page", "1")) or 1)
    return desk_page(
        request,
        "admin/articles/selection/curate.html",
        title=selection.title,
        status=422 if error else 200,
        selection=selection,
        error=error,
        may_compose=can_curate(request.user, selection),
        composed=composed,
        rows=_rows(composed, sent),
        frame=sent.frame if sent else CompositionForm(initial=_initial(composed) | _typed(request)),
        shown=shown,
        shown_slots=in_words([slot_of(item) for item in shown.items.all()], shown, now) if shown else [],
        to_come=selection.editions.to_come(now).select_related("published_by"),
        past_count=SelectionEdition.objects.past_at(now).filter(selection=selection).count(),
        gone=SelectionItem.objects.gone_from_editions(now)
        .filter(edition__selection=selection)
        .select_related("article", "edition"),
        candidates=offered,
        taken={item.article_id for item in composed.items.all()} if composed else set(),
        words=words,
        most=LONGEST_SELECTION,
        end_form=EndForm(),
        ending=ending,
        tags=Tag.objects.filter(synonym_of=None).values_list("name", flat=True)[:SUGGESTED_TAGS],
    )


def _initial(composed: SelectionEdition | None) -> dict[str, Any]:
    return {"edition": composed.pk, "version": composed.version} if composed else {}


def _typed(request: HttpRequest) -> dict[str, Any]:
    """Return what was typed beside the list before the page was left for one of its buttons."""
    return {name: request.GET[name] for name in (*PUBLICATION, *RULE) if name in request.GET}


def _rows(composed: SelectionEdition | None, sent: Composition | None) -> list[dict[str, Any]]:
    """Return the rows of the list: as they were sent, or as they are stored."""
    if sent is not None:
        views = in_words(sent.slots_as_shown())
        return [{"form": form, "view": view} for form, view in zip(sent.rows.forms, views, strict=True)]
    if composed is None:
        return []
    slots = [slot_of(item) for item in composed.items.all()]
    return [
        {"form": SlotForm.of(view.slot, prefix=f"slots-{number}"), "view": view}
        for number, view in enumerate(in_words(slots, composed))
    ]


def _conflict(
    request: HttpRequest, selection: Selection, wanted: list[Slot], theirs: SelectionEdition | None
) -> HttpResponse:
    """Answer both lists, the editor's own ready to be saved over the other."""
    latest = theirs or selection.editions.latest_first().select_related("composed_by").first()
    slots = [slot_of(item) for item in latest.items.all()] if latest else []
    return desk_page(
        request,
        "admin/articles/selection/conflict.html",
        title=_("Two lists"),
        status=409,
        selection=selection,
        mine=[
            {"form": SlotForm.of(view.slot, prefix=f"slots-{number}"), "view": view}
            for number, view in enumerate(in_words(wanted))
        ],
        theirs=in_words(slots, latest),
        latest=latest,
        frame=CompositionForm(initial=_initial(theirs) or {"edition": 0, "version": 0}),
    )
