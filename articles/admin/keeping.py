"""The part of the article's form that loses nothing: what was kept comes back, who else writes is told, saves merge."""

from typing import Any, cast

from django.contrib import admin, messages
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.merging import IS_MERGE, carried_sound, merge_page, merged_post
from articles.contents import Content, current_content, without_what_is_gone
from articles.forms.typed import BESIDE
from articles.models import Article, ArticleRevision, Correction, EditingLock
from articles.permissions import can_write
from articles.presence import notice_of
from articles.revising import autosave, unsaved_text
from articles.writing import StaleSaveError
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal

# In the address: fill the form with what was kept. Of a new article its value is the form's key.
RESUME = "reprendre"
# Unsaved new articles that the empty form offers.
MOST_OFFERED = 10


class KeptForm(admin.ModelAdmin[Article]):
    """An article's form that comes back as it was typed, after a crash, a lost session or a colleague's save."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Article | None:
        """Put what the newsroom works on upon the desk, or what the person had typed where he asks for it."""
        article = super().get_object(request, object_id, from_field)
        if article is not None:
            article.on_desk = current_content(article)
            if request.method == "GET" and RESUME in request.GET and can_write(request.user, article):
                _resume(request, article, unsaved_text(article, request.user))
            sound = carried_sound(request)
            article.on_desk |= {} if sound is None else {"audio": sound}
        return article

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill the form of a new article with what the person had typed into it and not saved."""
        key = request.GET.get(RESUME, "")
        row = ArticleRevision.objects.unsaved_by(request.user).filter(article=None, form_key=key).first()
        if row is None:
            return {}
        return {"on_desk": _resumed(request, row, {"specialties": [], "tags": []})}

    def get_formset_kwargs(self, request: HttpRequest, obj: Article, inline: Any, prefix: str) -> dict[str, Any]:
        """Bring back a correction that was typed and not told."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        told = ((obj.on_desk or {}).get(BESIDE) or {}).get("corrections")
        if inline.model is Correction and told and request.method == "GET":
            options["initial"] = told
        return options

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Answer a save that was typed on an older text with the page on which the two are merged: 409."""
        if request.method == "POST" and IS_MERGE in request.POST and object_id and self.has_change_permission(request):
            unresolved = merged_post(request, object_id)
            if unresolved is not None:
                return merge_page(request, unresolved)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except StaleSaveError as stale:
            _keep_on_the_side(request, stale)
            return merge_page(request, stale)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Tell the page what is kept for the person, who else writes, and where the faults are."""
        article: Article | None = context.get("original")
        formsets = [rows.formset for rows in context["inline_admin_formsets"]]
        context["faults"] = faults_of(context["adminform"].form, formsets) if context["errors"] else []
        # Our own list takes the place of Django's line.
        context["errors"] = None
        if article is None or can_write(request.user, article):
            is_unsaved = request.method == "POST" or RESUME in request.GET
            context["keeping"] = _keeping(request, article) | {"is_unsaved": is_unsaved}
        return super().render_change_form(request, context, *args, **kwargs)


def _keep_on_the_side(request: HttpRequest, stale: StaleSaveError) -> None:
    """Keep what was typed while its author looks at what a colleague saved: the page may be lost too."""
    try:
        autosave(stale.article, stale.content, request.user, base=stale.base, form_key=request.POST.get("form_key", ""))
    except Refusal:
        # Another form of his keeps a text, or this one was sent twice: the page itself holds all of it.
        return


def faults_of(form: ModelForm[Article], formsets: list[BaseFormSet[Any]]) -> list[dict[str, str]]:
    """Return what is wrong with a form and its rows, in order: which field, what, and the id of where to mend it."""
    faults = _faults(form, "")
    for rows in formsets:
        name = capfirst(rows.model._meta.verbose_name)  # type: ignore[attr-defined] # noqa: SLF001 - Django's public API
        faults += [{"label": name, "message": str(message), "at": ""} for message in rows.non_form_errors()]
        for number, row in enumerate(rows.forms, start=1):
            faults += _faults(row, f"{name} {number}, ")
    return faults


def _faults(form: Any, before: str) -> list[dict[str, str]]:
    found = []
    for name, sentences in form.errors.items():
        bound = form[name] if name in form.fields else None
        label = f"{before}{bound.label}" if bound else before.removesuffix(", ")
        at = (bound.id_for_label or bound.auto_id) if bound else ""
        found += [{"label": capfirst(label), "message": sentence, "at": at} for sentence in sentences]
    return found


def _keeping(request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """Return what the top of the form shows: texts that were kept and not saved, and the colleague who writes."""
    kept = ArticleRevision.objects.unsaved_by(request.user)
    if article is None:
        key = request.GET.get(RESUME, "")
        new = kept.filter(article=None).exclude(form_key=key).order_by("-at")[:MOST_OFFERED]
        return {"article": None, "new": list(new), "person": request.user.pk}
    offers = request.method == "GET" and BESIDE not in (article.on_desk or {})
    lock = EditingLock.objects.select_related("holder").filter(article=article).first()
    return {
        "article": article,
        "person": request.user.pk,
        "unsaved": unsaved_text(article, request.user) if offers else None,
        "notice": notice_of(lock, cast("User", request.user)),
    }


def _resume(request: HttpRequest, article: Article, row: ArticleRevision | None) -> None:
    """Put upon the desk what a form kept, as that form: its base and its key go along."""
    if row is None:
        messages.warning(request, _("Nothing unsaved of yours is kept of this article."))
        return
    article.on_desk = _resumed(request, row, article.on_desk or {})


def _resumed(request: HttpRequest, row: ArticleRevision, current: Content) -> Content:
    """Return what a form kept, over what the article says, without what no longer exists; the person is told so."""
    rows = row.content.get("bylines", [])
    kept, lost = without_what_is_gone({**current, **row.content, "bylines": [r for r in rows if r["author"]]})
    for sentence in lost:
        messages.warning(request, sentence)
    beside = {**row.content.get(BESIDE, {}), "base": row.base, "form_key": row.form_key}
    # A signature whose author was not chosen yet is no row of an article, but it was typed.
    return {**kept, "bylines": [*kept["bylines"], *(r for r in rows if not r["author"])], BESIDE: beside}
