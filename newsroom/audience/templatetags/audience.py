"""Audience figures in templates: `{% load audience %}`."""

from django import template

from newsroom.audience import marks
from newsroom.audience.reading import Figures, figures_of

register = template.Library()


@register.filter
def view_mark(article_id: int) -> str:
    """Give the mark that the page of an article sends back when it was read: `{{ article.pk|view_mark }}`."""
    return marks.mark(article_id)


@register.simple_tag
def audience_of(article_id: int) -> Figures:
    """Give an article's figures, in one query: `{% audience_of article.pk as read %}`."""
    return figures_of(article_id)
