"""How fields are drawn (``FORM_RENDERER``): as Django's templates draw them, sign for sign, without running them.

A form of the desk has some seventy fields, and each template of a field costs more time than all that it says. The
commonest ones are written here in Python; every other one is rendered as ever. Django declares safe what a renderer
returns, so everything that is not written here is escaped here.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.safestring import SafeData
from django.utils.timezone import template_localtime  # type: ignore[attr-defined] # the stubs lack it
from django.utils.translation import gettext

Values = Mapping[str, Any]

_OPTION = "django/forms/widgets/select_option.html"


class FormRenderer(TemplatesSetting):
    """Draws simple fields, labels and lists without faults itself, and the rest by the site's templates."""

    def render(self, template_name: str, context: Any, request: HttpRequest | None = None) -> str:
        """Return the HTML of a piece of a form, without white space around it."""
        draw = _DRAWN.get(template_name)
        drawn = draw(context) if draw else None
        return super().render(template_name, context, request) if drawn is None else drawn.strip()


def _input(context: Values) -> str:
    widget = context["widget"]
    value = widget["value"]
    said = "" if value is None else f' value="{_as_text(value)}"'
    return (
        f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"{said}{_attributes(widget["attrs"])}>'
    )


def _textarea(context: Values) -> str:
    widget = context["widget"]
    value = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(context: Values) -> str | None:
    """Return a list to choose from; None where an option has a template of its own."""
    widget = context["widget"]
    pieces = [f'<select name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        pieces += [f'\n  <optgroup label="{_shown(group)}">'] if group else []
        for option in options:
            if option["template_name"] != _OPTION:
                return None
            value, label = _as_text(option["value"]), _shown(option["label"])
            pieces.append(f'\n  <option value="{value}"{_attributes(option["attrs"])}>{label}</option>\n')
        pieces += ["\n  </optgroup>"] if group else []
    return "".join([*pieces, "\n</select>"])


def _moment(kind: str) -> Callable[[Values], str]:
    def draw(context: Values) -> str:
        return f'<p class="{kind}">\n  {_input(context)}\n\n\n</p>'

    return draw


def _date_and_time(context: Values) -> str | None:
    """Return the two fields of a moment; None where one of them has a template of its own."""
    day, hour = context["widget"]["subwidgets"]
    if day["template_name"] != _DATE or hour["template_name"] != _TIME:
        return None
    date, time = _moment("date")({"widget": day}), _moment("time")({"widget": hour})
    labels = _shown(context["date_label"]), _shown(context["time_label"])
    return f'<p class="datetime">\n  {labels[0]} {date}\n<br>\n  {labels[1]} {time}\n\n</p>'


def _related(context: Values) -> str:
    """Return a choice among rows with the ways to them: change, add, delete, view."""
    name = _shown(context["name"])
    told = "" if context["model_has_limit_choices_to"] else f' data-model-ref="{_shown(context["model_name"])}"'
    links = "" if context["is_hidden"] else "".join(_way(context, name, *way) for way in _WAYS)
    return (
        f'<div class="related-widget-wrapper"{told or " "}>\n    {_shown(context["rendered_widget"])}\n    \n'
        f"        {links}\n    \n</div>"
    )


def _way(context: Values, name: str, action: str, source: str, title: str) -> str:
    if not context[f"can_{action}_related"]:
        return ""
    parameters = context["view_related_url_params" if action == "view" else "url_params"]
    address = f"{_shown(context[source])}?{_shown(parameters)}"
    # Django's own words, in its catalogue.
    said = gettext(title) % {"model": _shown(context["model"])}
    icon = static(f"admin/img/icon-{action}link.svg")
    image = f'<img src="{icon}" alt="" width="24" height="24">'
    popup = "" if action == "view" else '\n            data-popup="yes"'
    gap = " " * (13 if action == "view" else 12)
    facts = f'{popup}\n{gap}href="{address}"' if action == "add" else f'\n{gap}data-href-template="{address}"{popup}'
    kind = f"related-widget-wrapper-link {action}-related"
    return f'<a class="{kind}" id="{action}_id_{name}"{facts}\n{gap}title="{said}">{image}</a>'


def _label(context: Values) -> str:
    label = _shown(context["label"])
    if not context["use_tag"]:
        return label
    tag = _shown(context["tag"])
    return f"<{tag}{_attributes(context['attrs'])}>{label}</{tag}>"


def _no_faults(context: Values) -> str | None:
    return None if context["errors"] else ""


def _attributes(attributes: Mapping[str, Any] | None) -> str:
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_as_text(value)}"'
        for name, value in (attributes or {}).items()
        if value is not False
    )


def _as_text(value: Any) -> str:
    """Return what ``{{ value|stringformat:'s' }}`` shows."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _shown(value: Any) -> str:
    """Return what ``{{ value }}`` shows."""
    if not isinstance(value, str):
        value = localize(template_localtime(value))
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


_DATE, _TIME = "admin/widgets/date.html", "admin/widgets/time.html"
_WAYS = (
    ("change", "change_related_template_url", "Change selected %(model)s"),
    ("add", "add_related_url", "Add another %(model)s"),
    ("delete", "delete_related_template_url", "Delete selected %(model)s"),
    ("view", "change_related_template_url", "View selected %(model)s"),
)
_SIMPLE = ("input", "text", "hidden", "number", "email", "url", "password", "date", "time", "datetime", "checkbox")
_DRAWN: dict[str, Callable[[Values], str | None]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _SIMPLE},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/label.html": _label,
    _DATE: _moment("date"),
    _TIME: _moment("time"),
    "admin/widgets/split_datetime.html": _date_and_time,
    "admin/widgets/related_widget_wrapper.html": _related,
    "django/forms/errors/list/ul.html": _no_faults,
    "django/forms/errors/list/default.html": _no_faults,
}
