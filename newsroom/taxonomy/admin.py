"""Specialties and tags in the admin."""

import taggit.admin  # registers what is taken away below
from django.contrib import admin

from newsroom.taxonomy.models import Specialty, Tag

# The house has tags of its own.
admin.site.unregister(taggit.admin.Tag)


@admin.register(Specialty)
class SpecialtyAdmin(admin.ModelAdmin[Specialty]):
    """The site's structure."""

    list_display = ["name", "accent", "position"]
    list_editable = ["position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "accent", "description", "position"]


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin[Tag]):
    """Tags and their synonyms."""

    list_display = ["name", "slug", "synonym_of"]
    list_select_related = ["synonym_of"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["synonym_of"]
    fields = ["name", "slug", "description", "synonym_of"]
