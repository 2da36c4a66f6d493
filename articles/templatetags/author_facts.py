"""What an author's page says to machines: `{% load author_facts %}`."""

from django import template
from django.utils.safestring import SafeString

from articles.models import Author
from articles.structured import profile_page
from newsroom.core.rendering import data_block

register = template.Library()


@register.simple_tag
def profile_data(author: Author) -> SafeString:
    """Give the author's profile as a block for machines; no query."""
    return data_block(profile_page(author))
