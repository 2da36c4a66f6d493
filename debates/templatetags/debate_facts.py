"""What a debate's page says to machines: `{% load debate_facts %}`."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from debates.models import Debate
from debates.reading import Side
from debates.structured import discussion
from newsroom.core.rendering import data_block

register = template.Library()


@register.simple_tag
def debate_data(debate: Debate, sides: Iterable[Side] = ()) -> SafeString:
    """Give the debate, with the arguments that the page shows, as a block for machines; no query of its own."""
    return data_block(discussion(debate, [argument for side in sides for argument in side.arguments]))
