"""Fields drawn in Python look as Django's templates draw them, sign for sign."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin import widgets
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from newsroom.core.form_rendering import FormRenderer

NASTY = '<b>"l\'été" & co</b>'
IN_A_GROUP = [("a", NASTY), (1234, "un nombre"), (None, _("Published"))]
GROUPS = [("", "Aucun"), (NASTY, IN_A_GROUP), ("z", SafeString("&eacute;"))]


class EveryField(forms.Form):
    """A field of each kind that the house uses."""

    text = forms.CharField(label=NASTY, widget=forms.TextInput(attrs={"class": NASTY, "x": False}))
    secret = forms.CharField(required=False, widget=forms.PasswordInput)
    hidden = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=0, max_value=1234)
    mail = forms.EmailField(max_length=100)
    address = forms.URLField(assume_scheme="https", widget=widgets.AdminURLFieldWidget)
    day = forms.DateField(widget=widgets.AdminDateWidget)
    moment = forms.SplitDateTimeField(widget=widgets.AdminSplitDateTime)
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "data-n": 0, "disabled": True}))
    agreed = forms.BooleanField(label=_("Published"))
    choice = forms.ChoiceField(choices=GROUPS)
    several = forms.MultipleChoiceField(choices=GROUPS)
    radios = forms.ChoiceField(choices=GROUPS, widget=forms.RadioSelect)
    file = forms.FileField()


TYPED = {
    "text": NASTY,
    "secret": "x",
    "number": "1234567",
    "mail": "a@b",
    "day": "2026-01-31",
    "long": f"\n{NASTY}\n",
    "agreed": "on",
    "choice": NASTY,
    "several": ["a", "1234"],
}


def drawn(renderer, **options):
    form = EveryField(renderer=renderer, **options)
    pieces = [form.as_div(), str(form.errors), str(form.non_field_errors())]
    for field in form:
        pieces += [str(field), field.label_tag(), field.legend_tag(attrs={"class": NASTY}), str(field.errors)]
    return pieces


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"data": TYPED},
        {"data": {}},
        {"initial": {"number": 1234567, "day": date(2026, 1, 31), "text": SafeString("<i>"), "choice": 1234}},
        {"auto_id": False, "label_suffix": ""},
        {"use_required_attribute": False, "prefix": NASTY},
    ],
    ids=["empty", "typed", "faulty", "filled in", "without ids", "prefixed"],
)
def test_each_piece_is_drawn_as_by_the_template(options):
    assert drawn(FormRenderer(), **options) == drawn(TemplatesSetting(), **options)


@pytest.mark.parametrize("can", [True, False])
@pytest.mark.parametrize("only", ["change", "add", "delete", "view", "all"])
@pytest.mark.parametrize("name", ["image", NASTY])
def test_a_choice_among_rows_has_its_ways_as_the_template_has_them(can, only, name):
    rights = {
        f"can_{way}_related": can if only in {way, "all"} else not can for way in ("change", "add", "delete", "view")
    }
    relation = Article._meta.get_field("image").remote_field
    widget = widgets.RelatedFieldWidgetWrapper(forms.TextInput(), relation, admin.site, **rights)

    ours = widget.render(name, 7, {"id": "id_image"}, renderer=FormRenderer())

    assert ours == widget.render(name, 7, {"id": "id_image"}, renderer=TemplatesSetting())


def test_a_hidden_choice_among_rows_has_no_ways():
    relation = Article._meta.get_field("image").remote_field
    widget = widgets.RelatedFieldWidgetWrapper(forms.HiddenInput(), relation, admin.site)

    ours = widget.render("image", 7, {}, renderer=FormRenderer())

    assert ours == widget.render("image", 7, {}, renderer=TemplatesSetting())
    assert "<a" not in ours


@pytest.mark.parametrize("widget", [widgets.AdminSplitDateTime(), widgets.AdminDateWidget(), widgets.AdminTimeWidget()])
@pytest.mark.parametrize("value", [None, datetime(2026, 1, 31, 9, 30, tzinfo=UTC)])
def test_a_moment_is_drawn_as_by_the_template(widget, value):
    ours = widget.render("le", value, {"id": "id_le"}, renderer=FormRenderer())

    assert ours == widget.render("le", value, {"id": "id_le"}, renderer=TemplatesSetting())


def test_an_option_with_a_template_of_its_own_is_left_to_it():
    class Radioed(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    field = Radioed(choices=[("a", "b")])

    ours = field.render("n", "a", renderer=FormRenderer())

    assert ours == field.render("n", "a", renderer=TemplatesSetting())
    assert "<option" not in ours


def test_nothing_that_is_typed_becomes_markup():
    pieces = "".join(drawn(FormRenderer(), data=TYPED))

    assert "<b>" not in pieces
    assert "&lt;b&gt;" in pieces
