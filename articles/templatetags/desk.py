"""The desk's first page."""

from django import template

from articles.dashboard import Dashboard, dashboard_for
from articles.permissions import Person
from newsroom.accounts.models import User

register = template.Library()


@register.simple_tag
def dashboard(person: Person) -> Dashboard | None:
    """Return the dashboard of somebody who sees articles; nothing for others of the house, such as moderators."""
    if not (isinstance(person, User) and person.has_perm("articles.view_article")):
        return None
    return dashboard_for(person)
