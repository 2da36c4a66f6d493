"""Authors in the admin."""

from django.contrib import admin

from articles.models import Author


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin[Author]):
    """Who signs."""

    list_display = ["name", "civility", "role"]
    search_fields = ["name", "role"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["civility", "name", "slug", "role", "biography", "interests"]
