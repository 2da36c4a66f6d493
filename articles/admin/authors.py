"""Authors in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Author
from articles.renaming import save_author
from newsroom.accounts.asking import person_asking
from newsroom.core.desk import DeskAdmin


@admin.register(Author)
class AuthorAdmin(DeskAdmin[Author]):
    """Who signs."""

    list_display = ["name", "civility", "role"]
    search_fields = ["name", "role"]
    searched_by_words = True
    prepopulated_fields = {"slug": ["name"]}
    fields = ["civility", "name", "slug", "role", "biography", "interests"]

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: Any) -> None:
        """Save by the verb: a former address leads on."""
        del form, change
        save_author(obj, by=person_asking(request))
