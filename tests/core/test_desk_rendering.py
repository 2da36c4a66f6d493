"""What the desk draws in Python says what Django's templates say: as markup, white space aside."""

from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.template import Context, Template
from django.test import RequestFactory
from django.test.html import parse_html

from articles.models import Article
from newsroom.core.desk_rendering import app_list_html, fieldset_html
from tests.factories.accounts import staff

STOCK = Path(admin.__file__).parent / "templates" / "admin"
NASTY = '<b>"l\'été" & co</b>'


class Typed(forms.Form):
    """A form with each kind of line that the desk has."""

    title = forms.CharField(label=NASTY, help_text="Avec une aide.")
    agreed = forms.BooleanField(label="Accord", required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(required=False, widget=forms.Textarea)

    class _meta:  # noqa: N801 - what Django's helpers ask of a form of a model
        labels = {"status": NASTY}
        help_texts = {"status": "Ce qui en est dit."}
        model = Article

    instance = Article(title=NASTY)


PARTS = [
    (None, {"fields": ["status", "title", "base"]}),
    (NASTY, {"fields": ["agreed"], "classes": ["collapse"]}),
    ("Une partie", {"fields": ["note"], "classes": ["collapse", "large"]}),
]


def stock(name, **context):
    return parse_html(Template((STOCK / name).read_text()).render(Context(context)))


@pytest.mark.parametrize(
    "data", [None, {}, {"title": NASTY, "agreed": "on"}, {"title": "x" * 20, "note": NASTY}], ids=str
)
@pytest.mark.parametrize("number", range(3))
def test_a_part_of_a_form_says_what_the_template_says(data, number):
    desk = admin.site._registry[Article]
    part = list(AdminForm(Typed(data), PARTS, {}, ("status",), model_admin=desk))[number]

    ours = fieldset_html(part, number)

    assert parse_html(ours) == stock(
        "includes/fieldset.html", fieldset=part, prefix="fieldset", id_prefix=0, id_suffix=number
    )


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["editor", "administrator"])
@pytest.mark.parametrize("with_links", [True, False])
@pytest.mark.parametrize("path", ["/admin/", "/admin/articles/article/12/change/"])
def test_what_the_desk_holds_is_what_the_template_says(role, with_links, path):
    request = RequestFactory().get(path)
    request.user = staff(role)
    held = admin.site.get_app_list(request)
    held[0]["models"] += [
        {"object_name": "Other", "name": NASTY, "admin_url": None, "add_url": None, "view_only": True},
        {"object_name": "Seen", "name": NASTY, "admin_url": "/admin/x?a&b", "add_url": None, "view_only": True},
    ]

    ours = app_list_html(held, with_links=with_links, path=path)

    assert parse_html(ours) == stock("app_list.html", app_list=held, show_changelinks=with_links, request=request)
    assert "<b>" not in ours


def test_a_help_text_is_a_text():
    class Helped(forms.Form):
        title = forms.CharField(help_text=NASTY)

    part = next(iter(AdminForm(Helped(), [(None, {"fields": ["title"]})], {}, (), model_admin=None)))

    assert "&lt;b&gt;" in fieldset_html(part, 0)
    assert "<b>" not in fieldset_html(part, 0)


def test_a_person_for_whom_the_desk_holds_nothing_is_told_so():
    request = RequestFactory().get("/admin/")

    assert parse_html(app_list_html([], with_links=True, path="/admin/")) == stock(
        "app_list.html", app_list=[], show_changelinks=True, request=request
    )
