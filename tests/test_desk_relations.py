"""Every relation that can grow is chosen by searching, wherever an admin form offers one."""

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, FilteredSelectMultiple, ForeignKeyRawIdWidget
from django.contrib.auth.models import Group, Permission
from django.forms import ModelChoiceField
from django.forms.widgets import HiddenInput
from django.test import RequestFactory

from newsroom.core.desk import DeskAdmin

# A handful of rows each, or chosen from in a list with a search of its own.
FEW = {Group, Permission}
SEARCHED = (AutocompleteMixin, ForeignKeyRawIdWidget, FilteredSelectMultiple, HiddenInput)


def plain_choices(form):
    """Yield the fields of a form that list every row of a table that can grow."""
    for name, field in form.base_fields.items():
        if isinstance(field, ModelChoiceField) and field.queryset.model not in FEW:
            widget = getattr(field.widget, "widget", field.widget)
            if not isinstance(widget, SEARCHED):
                yield name


def test_no_form_of_the_desk_lists_a_table_that_can_grow(administrator):
    request = RequestFactory().get("/")
    request.user = administrator
    faults = []
    for model, shown in admin.site._registry.items():
        if not (shown.has_add_permission(request) or shown.has_change_permission(request)):
            continue
        faults += [f"{model.__name__}.{name}" for name in plain_choices(shown.get_form(request))]
        for inline in shown.get_inline_instances(request):
            form = inline.get_formset(request).form
            parent = inline.get_formset(request).fk.name if hasattr(inline.get_formset(request), "fk") else ""
            faults += [f"{type(inline).__name__}.{name}" for name in plain_choices(form) if name != parent]

    assert faults == []


def test_every_autocomplete_finds_without_accents(administrator):
    """What its list searches by knows no accents; Django's own "icontains" does."""
    request = RequestFactory().get("/")
    request.user = administrator
    searched = {
        field.remote_field.model
        for shown in admin.site._registry.values()
        for field in map(shown.opts.get_field, shown.get_autocomplete_fields(request))
    }

    assert searched
    assert [model.__name__ for model in searched if not isinstance(admin.site._registry[model], DeskAdmin)] == []
