"""The list of references under an article."""

import re
from typing import NamedTuple

from django import template

from articles.models import Article, Reference

register = template.Library()
# The places in a rendered text that call a reference: "appel-3", then "appel-3-2", "appel-3-3".
CALL = re.compile(r'id="(appel-([1-9]\d{0,3})(?:-\d{1,4})?)"', re.ASCII)


class Numbered(NamedTuple):
    """A reference with its number, and the anchors in the text that call it."""

    number: int
    reference: Reference
    calls: list[str]


@register.simple_tag
def numbered_references(article: Article) -> list[Numbered]:
    """Return the article's references as they were fetched, numbered from 1, with the places that call each."""
    calls: dict[int, list[str]] = {}
    for anchor, number in CALL.findall(article.body_html):
        calls.setdefault(int(number), []).append(anchor)
    return [
        Numbered(number, reference, calls.get(number, []))
        for number, reference in enumerate(article.references.all(), start=1)
    ]
