"""The rows of an article in its form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from articles.forms.references import ReferenceForm
from articles.models import Article, Byline, Correction, Reference


class BylineInline(admin.TabularInline[Byline, Article]):
    """Who signs, in order."""

    model = Byline
    fields = ["position", "author"]
    autocomplete_fields = ["author"]

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        """Offer a row for the signature of a new article."""
        del request, kwargs
        return 1 if obj is None else 0


class ReferenceInline(admin.TabularInline[Reference, Article]):
    """The sources, numbered as readers see them."""

    model = Reference
    form = ReferenceForm
    fields = ["position", "text", "doi", "url"]
    extra = 0


class CorrectionInline(admin.StackedInline[Correction, Article]):
    """What was put right. A correction told to readers stays as it was told."""

    model = Correction
    fields = ["text"]
    extra = 0
    can_delete = False
    formfield_overrides = {Correction.text.field.__class__: {"widget": forms.Textarea(attrs={"rows": 3})}}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody rewrites what readers were told."""
        del request, obj
        return False
