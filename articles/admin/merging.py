"""The page on which two versions of an article become one, and what comes back from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.contents import Content, current_content
from articles.forms.typed import fields_of, is_of_content, typed_content
from articles.models import Article, ArticleRevision
from articles.reconciling import Conflict, MergedField, chosen, conflicts_in, reconcile
from articles.writing import StaleSaveError
from newsroom.core.parameters import id_from, number_from

# Fields of the merge's form: what they begin with, that it is one, the version merged onto, and the stored sound.
PREFIX = "fusion-"
IS_MERGE = f"{PREFIX}base"
SOUND = f"{PREFIX}audio"
EDITED = "-texte"
LARGEST = 2_147_483_647


@dataclass(frozen=True)
class _Versions:
    """Three versions of an article: what both started from (None: nobody knows), what was typed, what was saved."""

    base: Content | None
    mine: Content
    theirs: Content

    @property
    def fields(self) -> list[MergedField]:
        """Return what they differ in."""
        return reconcile(self.base, self.mine, self.theirs)


def merge_page(request: HttpRequest, stale: StaleSaveError) -> HttpResponse:
    """Answer 409 with everything that was typed: what is merged already, and what has to be chosen."""
    article = Article.objects.get(pk=stale.article.pk)
    versions = _versions(article, stale.base, article.version, stale.content)
    fields = versions.fields
    latest = _revision(article, article.version)
    context = {
        **admin.site.each_context(request),
        "title": _("A colleague has saved this article meanwhile"),
        "article": article,
        "theirs": latest,
        "has_base": versions.base is not None,
        "conflicts": [_shown(request, conflict) for conflict in conflicts_in(fields)],
        "is_incomplete": IS_MERGE in request.POST,
        "taken": [field for field in fields if field.is_theirs],
        "kept": [field for field in fields if field.is_mine],
        "hidden": [*_hidden(request, stale, article.version)],
    }
    return TemplateResponse(request, "admin/articles/merge.html", context, status=409)


def merged_post(request: HttpRequest, object_id: str) -> StaleSaveError | None:
    """Make the answer to a merge the article's form as if it had been typed so, based on the version merged onto.

    Changes ``request.POST``. Where something was left undecided, changes nothing and returns what is to be shown again.
    """
    article = Article.objects.filter(pk=id_from(object_id) or 0).first()
    onto = number_from(request.POST[IS_MERGE], largest=LARGEST)
    if article is None or onto is None:
        return None
    base = number_from(request.POST.get("base", ""), largest=LARGEST) or 0
    sound = carried_sound(request)
    versions = _versions(article, base, onto, typed_content(request.POST) | ({} if sound is None else {"audio": sound}))
    fields = versions.fields
    keys = [conflict.key for conflict in conflicts_in(fields)]
    choices = {key: request.POST[f"{PREFIX}{key}"] for key in keys if request.POST.get(f"{PREFIX}{key}")}
    if len(choices) < len(keys):
        return StaleSaveError(article, base, versions.mine)
    edited = {key: request.POST.get(f"{PREFIX}{key}{EDITED}", "") for key in keys}
    result = versions.mine | chosen(fields, choices, edited)
    post = QueryDict(mutable=True)
    for name, values in _beside(request.POST):
        post.setlist(name, values)
    for name, values in fields_of(result).lists():
        post.setlist(name, values)
    post["base"], post[SOUND] = str(onto), signing.dumps(result["audio"], salt=SOUND)
    request.POST = post  # type: ignore[assignment] # immutable to Django's stubs, and ours from here on
    return None


def carried_sound(request: HttpRequest) -> str | None:
    """Return the name of the sound that was sent with a save that had to be merged; None where none goes along.

    Signed, because a name of one's own choosing would make any file of the library an article's sound.
    """
    try:
        return str(signing.loads(request.POST[SOUND], salt=SOUND)) if SOUND in request.POST else None
    except signing.BadSignature:
        return None


def _versions(article: Article, base: int, onto: int, mine: Content) -> _Versions:
    # A form that knew of no revision was typed on what became the first one.
    before = _revision(article, base or 1)
    saved = _revision(article, onto) if onto != article.version else None
    theirs = saved.content if saved else current_content(article)
    return _Versions(before.content if before else None, {**theirs, **mine}, theirs)


def _revision(article: Article, number: int) -> ArticleRevision | None:
    return article.revisions.kept().filter(number=number).select_related("by").first()


def _shown(request: HttpRequest, conflict: Conflict) -> dict[str, Any]:
    """Return a conflict with what the person has chosen for it already."""
    edited = request.POST.get(f"{PREFIX}{conflict.key}{EDITED}", conflict.edited)
    return {"it": conflict, "choice": request.POST.get(f"{PREFIX}{conflict.key}", ""), "edited": edited}


def _hidden(request: HttpRequest, stale: StaleSaveError, version: int) -> Iterator[tuple[str, str]]:
    """Yield everything that was typed, as hidden fields."""
    for fields in (_beside(request.POST), fields_of(stale.content).lists()):
        for name, values in fields:
            yield from ((name, value) for value in values)
    yield from (("base", str(stale.base)), (IS_MERGE, str(version)))
    yield SOUND, signing.dumps(stale.content.get("audio", ""), salt=SOUND)


def _beside(post: QueryDict) -> Iterator[tuple[str, list[str]]]:
    """Yield the fields that were sent beside the content: address, dates, corrections, the button that was pressed."""
    for name, values in post.lists():
        if not (is_of_content(name) or name.startswith(PREFIX) or name in {"base", "csrfmiddlewaretoken"}):
            yield name, values
