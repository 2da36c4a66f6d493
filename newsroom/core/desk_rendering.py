"""The two largest pieces of a desk page, drawn in Python as their templates would draw them.

What the desk holds (some forty lines on every page) and the fields of an article's form took a third of the time of a
page as templates. Names and texts are escaped here; what Django's forms draw comes in as markup.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.utils.html import conditional_escape as shown
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from newsroom.core.rendering import stored

App = Mapping[str, Any]


def app_list_html(apps: Sequence[App], *, with_links: bool, path: str) -> SafeString:
    """Return what the desk holds, as ``admin/app_list.html`` of Django shows it: where we are is marked."""
    if not apps:
        return stored(f"<p>{shown(_('You don’t have permission to view or edit anything.'))}</p>")
    return stored("".join(_app(app, with_links=with_links, here=quote(path)) for app in apps))


def _app(app: App, *, with_links: bool, here: str) -> str:
    name, label, address = shown(app["name"]), shown(app["app_label"]), shown(app["app_url"])
    current = " current-app" if app["app_url"] in here else ""
    title = shown(_("Models in the %(name)s application") % {"name": app["name"]})
    heads = "".join(f'<th scope="col">{shown(_(head))}</th>' for head in _HEADS)
    lines = "".join(_model(label, model, with_links=with_links, here=here) for model in app["models"])
    return (
        f'<div class="app-{label} module{current}"><table><caption>'
        f'<a href="{address}" class="section" title="{title}">{name}</a></caption>'
        f'<thead class="visually-hidden"><tr>{heads}</tr></thead>{lines}</table></div>'
    )


_HEADS = ("Model name", "Add link", "Change or view list link")


def _model(app: str, model: Mapping[str, Any], *, with_links: bool, here: str) -> str:
    key, address = shown(model["object_name"].lower()), model["admin_url"]
    name: str = shown(model["name"])
    is_current = bool(address) and address in here
    if address:
        said = ' aria-current="page"' if is_current else ""
        name = f'<a href="{shown(address)}"{said}>{name}</a>'
    cells = [_link(model["add_url"], "addlink", _("Add"), f"{app}-{key}")]
    if with_links:
        kind, said = ("viewlink", _("View")) if model["view_only"] else ("changelink", _("Change"))
        cells.append(_link(address, kind, said, f"{app}-{key}"))
    current = " current-model" if is_current else ""
    return f'<tr class="model-{key}{current}"><th scope="row" id="{app}-{key}">{name}</th>{"".join(cells)}</tr>'


def _link(address: str | None, kind: str, said: str, about: str) -> str:
    if not address:
        return "<td></td>"
    return f'<td><a href="{shown(address)}" class="{kind}" aria-describedby="{about}">{shown(said)}</a></td>'


def fieldset_html(fieldset: Any, number: int) -> SafeString:
    """Return a part of a form, one field a line, as ``admin/includes/fieldset.html`` of Django shows it.

    ``fieldset`` is Django's ``Fieldset``, ``number`` its place among the parts of the form.
    """
    heading = f"fieldset-0-{number}-heading"
    named = f' aria-labelledby="{heading}"' if fieldset.name else ""
    pieces = [f'<fieldset class="module aligned {shown(fieldset.classes)}"{named}>']
    if fieldset.name:
        title = f'<h2 id="{heading}" class="fieldset-heading">{shown(fieldset.name)}</h2>'
        pieces.append(f"<details><summary>{title}</summary>" if fieldset.is_collapsible else title)
    pieces += _rows(fieldset)
    pieces.append("</details></fieldset>" if fieldset.name and fieldset.is_collapsible else "</fieldset>")
    return stored("".join(pieces))


def _rows(fieldset: Any) -> Iterator[str]:
    for line in fieldset:
        errors = line.errors()
        classes = f"form-row{' errors' if errors else ''}{'' if line.has_visible_field else ' hidden'}"
        for field in line:
            name = shown(_of(field, "name"))
            yield f'<div class="{classes} field-{name}">{shown(errors)}<div>{_field(field)}</div></div>'


def _field(field: Any) -> str:
    label = shown(field.label_tag())
    if field.is_readonly:
        drawn = f'{label}<div class="readonly">{shown(field.contents())}</div>'
    elif field.is_checkbox:
        drawn = f"{field.field}{label}"
    else:
        drawn = f"{label}{field.field}"
    box = f'<div class="flex-container{" checkbox-row" if field.is_checkbox else ""}">{drawn}</div>'
    return box + _help(field)


def _help(field: Any) -> str:
    text = _of(field, "help_text")
    if not text:
        return ""
    hidden = " hidden" if _of(field, "is_hidden") else ""
    described = _of(field, "id_for_label")
    key = f' id="{shown(described)}_helptext"' if described else ""
    return f'<div class="help{hidden}"{key}><div>{shown(text)}</div></div>'


def _of(field: Any, name: str) -> Any:
    """Return what a field says of itself: Django gives a bound field, and of one that is only read a dictionary."""
    return field.field.get(name) if field.is_readonly else getattr(field.field, name)
