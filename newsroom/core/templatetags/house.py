"""The house's name for pages that other apps of Django render: `{% load house %}`."""

from typing import Any

from django import template
from django.http import HttpRequest

from newsroom.core import context

register = template.Library()


@register.simple_tag
def house() -> dict[str, Any]:
    """Give what the context processor `site` gives: `{% house as site %}`.

    allauth hands its templates a `site` of its own (the host's name), which would stand in the masthead.
    """
    named: dict[str, Any] = context.site(HttpRequest())["site"]
    return named
