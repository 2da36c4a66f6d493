"""The pages about the house at the desk: their texts, what is still to be completed, what they said before."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.core.desk import DeskAdmin
from newsroom.core.parameters import number_from
from newsroom.pages.forms import PageForm
from newsroom.pages.models import Page, PageRevision
from newsroom.pages.rewriting import rewrite, texts_of


class RevisionInline(admin.TabularInline[PageRevision, Page]):
    """What the page said before; each can be taken back into the form."""

    model = PageRevision
    fields = ("number", "saved_at", "saved_by", "again")
    readonly_fields = ("number", "saved_at", "saved_by", "again")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Revisions come from saves alone."""
        del request, obj
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are never changed."""
        del request, obj
        return False

    @admin.display(description=gettext_lazy("go back to it"))
    def again(self, revision: PageRevision) -> str:
        """Return a link that puts the revision's texts into the form; nothing is saved by it."""
        return format_html('<a href="?revision={}">{}</a>', revision.number, _("Take its text into the form"))


@admin.register(Page)
class PageAdmin(DeskAdmin[Page]):
    """Pages are neither added nor deleted: links lead to each of them from everywhere."""

    form = PageForm
    list_display = ("title", "address", "still_to_complete", "changed_by", "changed_at")
    list_select_related = ("changed_by",)
    search_fields = ("title", "body")
    readonly_fields = ("marks",)
    fields = ("marks", "title", "description", "lead", "body", "base")
    inlines = (RevisionInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: the addresses are the code's."""
        del request
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: links lead there."""
        del request, obj
        return False

    @admin.display(description=gettext_lazy("address"), ordering="slug")
    def address(self, page: Page) -> str:
        """Return its address on the site."""
        return format_html('<a href="{}">{}</a>', page.get_absolute_url(), page.get_absolute_url())

    @admin.display(description=gettext_lazy("to complete"))
    def still_to_complete(self, page: Page) -> str:
        """Return how many passages wait to be completed."""
        total = len(page.to_complete)
        return ngettext("%(total)d passage", "%(total)d passages", total) % {"total": total} if total else "—"

    @admin.display(description=gettext_lazy("to complete"))
    def marks(self, page: Page) -> str:
        """Return what the marks ask for."""
        return " · ".join(page.to_complete) or _("Nothing: readers see the whole text.")

    def get_form(self, request: HttpRequest, obj: Page | None = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Show an earlier revision's texts in the form where ``?revision=`` names one."""
        form = super().get_form(request, obj, change=change, **kwargs)
        number = number_from(request.GET.get("revision", ""), largest=2**31 - 1)
        revision = obj.revisions.filter(number=number).first() if obj is not None and number else None
        if revision is None or request.method == "POST":
            return form
        texts = texts_of(revision)

        class Resumed(form):  # type: ignore[misc, valid-type] # made by Django for this request
            def __init__(self, *args: Any, **options: Any) -> None:
                super().__init__(*args, **options)
                self.initial.update(vars(texts))

        messages.info(request, _("The form shows revision %(number)d; nothing is saved yet.") % {"number": number})
        return Resumed

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Have the verb save what was typed; what a colleague saved in between was refused by the form."""
        del change
        saved = rewrite(obj, form.texts, request.user, version=form.cleaned_data["base"])
        for field in ("version", "body_html", "changed_by", "changed_at"):
            setattr(obj, field, getattr(saved, field))
