"""The library of pictures in the admin."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.forms.images import ImageForm
from articles.models import Article, Image, Rendition
from articles.permissions import can_remove_image, can_replace_image
from articles.rights import TOLD_BEFORE
from articles.uploading import ask_for_renditions
from articles.uses import showing_in_text, with_uses
from newsroom.core.desk import DeskAdmin
from newsroom.core.where_used import NAMED, Uses


class Shelf(admin.SimpleListFilter):
    """Which part of the library: all of it, what lacks something, what was taken out."""

    title = _("shelf")
    parameter_name = "rayon"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Name the shelves."""
        del request, model_admin
        return [
            ("sans-credit", _("Without credit")),
            ("a-decrire", _("To be described")),
            ("droits-bientot", _("Rights ending within 14 days")),
            ("droits-echus", _("Rights over")),
            ("sans-consentement", _("Patient’s consent missing")),
            ("retirees", _("Taken out of the library")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        """Return the chosen shelf; without choice, what editors may use."""
        del request
        images = Image.objects.all()
        shelves = {
            "sans-credit": images.without_credit,
            "a-decrire": images.to_describe,
            "droits-bientot": lambda: images.rights_ending(timezone.localdate() + TOLD_BEFORE),
            "droits-echus": images.rights_over,
            "sans-consentement": images.lacking_consent,
            "retirees": images.removed,
        }
        shelf = shelves.get(self.value() or "", images.in_library)()
        return queryset.filter(pk__in=shelf.order_by().values("pk"))

    def choices(self, changelist: Any) -> Any:
        """Call the whole of it by its name."""
        for choice in super().choices(changelist):
            yield {**choice, "display": _("The whole library")} if choice["query_string"] == "?" else choice


@admin.register(Image)
class ImageAdmin(DeskAdmin[Image]):
    """Pictures. The file of a picture never changes: another file is another picture."""

    form = ImageForm
    # The list is a grid (``change_list_results.html``); these are what it can be sorted by.
    list_display = ["alt", "credit", "rights_until", "uses", "uploaded_at"]
    search_fields = ["alt", "caption", "credit"]
    searched_by_words = True
    list_filter = [Shelf, "shows_patient", "uploaded_at"]
    list_per_page = 48
    actions = None
    fieldsets = [
        (None, {"fields": ["file", "alt", "is_decorative", "caption"]}),
        (_("Rights"), {"fields": ["credit", "rights_until"]}),
        (_("Patient"), {"fields": ["shows_patient", "consent", "consent_reference"]}),
        (_("Framing"), {"fields": ["focal_x", "focal_y"]}),
    ]

    class Media:
        """The grid, and the click that sets the focal point."""

        css = {"all": ["css/desk-images.css"]}
        js = [Script("js/desk-focal.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        """Count, for the list alone, what its rows say: uses, and renditions made so far."""
        images = super().get_queryset(request)
        match = request.resolver_match
        if match is None or match.url_name != "articles_image_changelist":
            return images
        made = Rendition.objects.filter(image=OuterRef("pk")).order_by().values("image")
        number = Subquery(made.annotate(number=Count("*")).values("number"))
        return with_uses(Image.objects.filter(pk__in=images.order_by().values("pk"))).annotate(made=Coalesce(number, 0))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Image], search_term: str
    ) -> tuple[QuerySet[Image], bool]:
        """Offer to articles what stands in the library alone."""
        match = request.resolver_match
        if match is not None and match.url_name == "autocomplete":
            queryset = queryset.filter(removed_at=None)
        return super().get_search_results(request, queryset, search_term)

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """Show size and picture once there are any."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        words, *rest, _framing = fieldsets
        kept = (None, {"fields": ["file", "size", "renditions_state", *words[1]["fields"][1:]]})
        return [kept, *rest, (_("Framing"), {"fields": ["picture", "focal_x", "focal_y"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> list[str]:
        """Keep the file as it is."""
        del request
        return [] if obj is None else ["picture", "file", "size", "renditions_state"]

    @admin.display(description=_("uses"), ordering="uses")
    def uses(self, image: Any) -> int:
        """Return how many articles show it."""
        number: int = image.uses
        return number

    @admin.display(description=_("size"))
    def size(self, image: Image) -> str:
        """Say how large it is."""
        return gettext("%(width)d × %(height)d pixels") % {"width": image.width, "height": image.height}

    @admin.display(description=_("renditions"))
    def renditions_state(self, image: Image) -> str:
        """Say how many of its renditions are made, and what went wrong."""
        told = {"done": image.renditions_done, "total": image.renditions_total}
        said = gettext("%(done)d of %(total)d") % told
        return f"{said} — {image.renditions_error}" if image.renditions_error else said

    @admin.display(description=_("preview"))
    def picture(self, image: Image) -> SafeString:
        """Show the picture; a script lets people click on what must stay in sight."""
        return format_html(
            '<span class="focal" data-focal-picture><img src="{}" width="{}" height="{}" alt="{}"></span>',
            *(image.card_url, str(image.width), str(image.height), image.alt),
        )

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Save; ask for the renditions of a new picture."""
        super().save_model(request, obj, form, change)
        if not change:
            ask_for_renditions(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Pictures are taken out of the library, once."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_removed)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the page on which it is taken out of the library: nothing is deleted here."""
        image = self.get_object(request, object_id) if self.has_delete_permission(request) else None
        if image is None:
            return super().delete_view(request, object_id, extra_context)
        return redirect("desk:image-remove", image.pk)

    def other_uses(self, used: Sequence[Image]) -> list[Uses]:
        """Return the articles that show the pictures inside their text."""
        articles = showing_in_text(Article.objects.all(), *used).order_by("-pk")
        total = articles.count()
        label = f"{capfirst(str(Article._meta.verbose_name_plural))} — {gettext('in the text')}"  # noqa: SLF001 - Django's public API
        return [Uses(label, total, list(articles[:NAMED]), holds=True)] if total else []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Tell the links above the form what the person may do."""
        context["may_remove"] = can_remove_image(request.user)
        context["may_replace"] = can_replace_image(request.user)
        return super().render_change_form(request, context, *args, **kwargs)
