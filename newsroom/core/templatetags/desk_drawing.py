"""Large pieces of the desk: `{% load desk_drawing %}`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.contrib.admin.helpers import Fieldset
from django.utils.safestring import SafeString

from newsroom.core.desk_rendering import app_list_html, fieldset_html

register = template.Library()


@register.simple_tag
def desk_holds(apps: Sequence[Mapping[str, Any]], with_links: Any, path: str) -> SafeString:
    """Show what the desk holds: `{% desk_holds app_list show_changelinks request.path %}`."""
    return app_list_html(apps, with_links=bool(with_links), path=path)


@register.simple_tag
def part_of_form(fieldset: Fieldset, number: int) -> SafeString:
    """Show a part of a form: `{% part_of_form fieldset forloop.counter0 %}`."""
    return fieldset_html(fieldset, number)
