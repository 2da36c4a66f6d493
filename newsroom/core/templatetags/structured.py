"""What a page says of itself to machines: `{% load structured %}`."""

from collections.abc import Iterable
from typing import Final

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from newsroom.core import structured
from newsroom.core.rendering import data_block
from newsroom.core.typography import typo_text

register = template.Library()

register.filter("absolute", structured.absolute)

WORDS_OF_KEPT: Final = 3


class Kept(Node):
    """Renders what it holds into a variable and shows nothing."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: str) -> None:
        """Keep what is to be rendered, blocks included, and the name it is to have."""
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        """Render the content, escaped as templates do it, and set the variable for the rest of the page."""
        context[self.name] = self.nodelist.render(context)
        return SafeString("")


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept as name %}…{% endkept %}`: say something once and write it in several places of the page.

    The content may hold blocks, which pages fill: what a page's title is, its Open Graph title is too.
    """
    words = token.split_contents()
    if len(words) != WORDS_OF_KEPT or words[1] != "as":
        message = "kept: {% kept as name %}"
        raise template.TemplateSyntaxError(message)
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, words[2])


@register.simple_tag
def breadcrumb_data(items: Iterable[tuple[str, str]]) -> SafeString:
    """Give the breadcrumb that a page shows ("Home" is added, as there) as a block for machines."""
    home = (_("Home"), reverse("frontpage:home"))
    crumbs = [home, *((typo_text(str(label)), str(address)) for label, address in items or ())]
    return data_block(structured.breadcrumb_list(crumbs))


@register.simple_tag
def crumb(label: str, address: str) -> list[tuple[str, str]]:
    """Give the items of a breadcrumb with one page between "Home" and this one."""
    return [(label, address)]


@register.simple_tag
def house_data() -> SafeString:
    """Give who publishes and the site with its search as a block for machines."""
    return data_block(structured.house_and_site())
