"""The rows of an article in its form."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.remembering import RememberedRows
from articles.correcting import has_been_seen
from articles.forms.corrections import CorrectionForm
from articles.forms.references import ReferenceForm, ReferenceFormSet
from articles.forms.rows import BylineForm, DeskFormSet, RowFormSet, rows_of
from articles.models import Article, Byline, Correction, Reference
from articles.permissions import can_correct


class BylineFormSet(RowFormSet):
    """Signatures."""

    kind = "bylines"


class BylineInline(RememberedRows, admin.TabularInline[Byline, Article]):
    """Who signs, in order."""

    model = Byline
    form = BylineForm
    formset = BylineFormSet
    fields = ["position", "author", "role", "affiliation", "interests"]
    autocomplete_fields = ["author"]

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        """Show every row there is, and one for the signature of a new article."""
        del request, kwargs
        return 1 if obj is None else len(rows_of(obj, "bylines"))


class ReferenceInline(RememberedRows, admin.TabularInline[Reference, Article]):
    """The sources, numbered as readers see them."""

    model = Reference
    form = ReferenceForm
    formset = ReferenceFormSet
    fields = ["position", "text", "doi", "pmid", "url"]

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        """Show every row there is."""
        del request, kwargs
        return len(rows_of(obj, "references"))


class CorrectionInline(RememberedRows, admin.StackedInline[Correction, Article]):
    """What was put right. A correction told to readers stays as it was told."""

    model = Correction
    form = CorrectionForm
    formset = DeskFormSet
    # Named here too: else Django makes the whole form twice more to learn of them.
    fields = ["kind", "is_substantive", "text"]
    extra = 1
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Leave it to those who publish, once readers have seen the article."""
        return obj is not None and can_correct(request.user, obj) and has_been_seen(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody rewrites what readers were told."""
        del request, obj
        return False
