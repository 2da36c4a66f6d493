"""Moments of a sound."""

from django import template

from articles import chapters

register = template.Library()


@register.filter
def moment(seconds: int) -> str:
    """Return a moment of a sound, given in seconds, as players show it: "4:05", "1:02:30"."""
    return chapters.moment(seconds)
