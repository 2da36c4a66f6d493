"""The desk's page where the home page is decided: the form, its preview, and who decided what before."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsroom.core.access import for_staff
from newsroom.core.paging import page_asked
from newsroom.core.refusals import Refusal
from newsroom.frontpage.forms import HomeForm, PreviewForm
from newsroom.frontpage.home_page import HomePage
from newsroom.frontpage.models import HomeEdition, current_edition, current_plan
from newsroom.frontpage.permissions import CHANGE, VIEW, can_recompose
from newsroom.frontpage.recomposing import StaleHomeError, recompose
from newsroom.frontpage.zones import USUAL, Kind, Plan, changes, moved

STEPS = {"up": -1, "down": 1}


@for_staff(VIEW)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show what the home page is made of; a POST saves it, or moves a block in what is typed (``do``: "up-poll")."""
    if request.method != "POST":
        current = current_edition()
        return _page(request, HomeForm.of(current.plan if current else USUAL, current.number if current else 0))
    form = HomeForm.sent(request.POST)
    if not form.is_valid():
        return _page(request, form, error=_("Something cannot be read: see below."))
    way, _dash, kind = request.POST.get("do", "").partition("-")
    if way in STEPS and kind in Kind.values:
        changed = moved(form.plan, Kind(kind), STEPS[way])
        return _page(request, HomeForm.of(changed, form.number), note=_("Moved; nothing is saved yet."))
    return _saved(request, form)


@for_staff(VIEW)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """Show the home page as at ``?le=``: of an edition (``?edition=``), of the form that is posted, or as it is."""
    if request.method == "POST":
        form = HomeForm.sent(request.POST)
        if not form.is_valid():
            return _page(request, form, error=_("Something cannot be read: see below."))
        return _preview(request, form.plan, form.frame.cleaned_data["le"])
    asked = PreviewForm(request.GET)
    if not asked.is_valid():
        messages.error(request, _("Type the moment of the preview as a date and a time."))
        return redirect("home-desk:home")
    number = asked.cleaned_data["edition"]
    plan = get_object_or_404(HomeEdition, number=number).plan if number else current_plan()
    return _preview(request, plan, asked.cleaned_data["le"])


@for_staff(VIEW)
@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """List who decided what and when, the latest first."""
    page = page_asked(HomeEdition.objects.latest_first().select_related("saved_by"), request)
    shown = list(page.object_list)
    before = {edition.number: edition.plan for edition in shown}
    oldest = shown[-1].number - 1 if shown else 0
    earlier = HomeEdition.objects.filter(number=oldest).first()
    before[oldest] = earlier.plan if earlier else USUAL
    rows = [(edition, changes(before.get(edition.number - 1, USUAL), edition.plan)) for edition in shown]
    context = {
        **admin.site.each_context(request),
        "title": _("History of the home page"),
        "page": page,
        "rows": rows,
        "may_compose": can_recompose(request.user),
        "current": current_edition(),
    }
    return render(request, "admin/frontpage/history.html", context)


@for_staff(CHANGE)
@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Make an earlier edition's plan what readers see again, as a new edition."""
    edition = get_object_or_404(HomeEdition, number=number)
    current = current_edition()
    try:
        recompose(edition.plan, request.user, number=current.number if current else 0)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The home page is again as in edition %(number)d.") % {"number": number})
    return redirect("home-desk:history")


def _saved(request: HttpRequest, form: HomeForm) -> HttpResponse:
    """Save what was typed, and answer why not where it cannot be: nothing typed is lost."""
    try:
        recompose(form.plan, request.user, number=form.number)
    except StaleHomeError as stale:
        return _conflict(request, form.plan, stale.edition)
    except Refusal as refusal:
        return _page(request, form, error=str(refusal.message))
    messages.success(request, _("The home page is composed: readers see it."))
    return redirect("home-desk:home")


def _conflict(request: HttpRequest, mine: Plan, theirs: HomeEdition) -> HttpResponse:
    """Answer the editor's own plan, ready to be saved over the colleague's, with what differs between the two."""
    form = HomeForm.of(mine, theirs.number)
    return _page(request, form, status=409, theirs=theirs, differences=changes(theirs.plan, mine))


def _page(
    request: HttpRequest, form: HomeForm, *, error: str = "", note: str = "", status: int = 200, **context: object
) -> HttpResponse:
    """Answer the page with that form."""
    return render(
        request,
        "admin/frontpage/home.html",
        {
            **admin.site.each_context(request),
            "title": _("Home page"),
            "form": form,
            "error": error,
            "note": note,
            "may_compose": can_recompose(request.user),
            "current": HomeEdition.objects.latest_first().select_related("saved_by").first(),
            **context,
        },
        status=422 if error else status,
    )


def _preview(request: HttpRequest, plan: Plan, moment: object) -> HttpResponse:
    """Answer the home page of a plan as at a moment (now, without one)."""
    now = moment or timezone.now()
    context = {**HomePage(now, plan).context(), "moment": now, "back": reverse("home-desk:home")}  # type: ignore[arg-type]
    return render(request, "frontpage/home_preview.html", context)
