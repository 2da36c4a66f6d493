"""What tests of the kept form do."""

import json

from django.urls import reverse

from articles.models import ArticleRevision
from tests.factories.desk import typed


def kept_by(person):
    return ArticleRevision.objects.unsaved_by(person)


def pairs(**fields):
    """Return what the script sends of a form."""
    given = typed(**fields)
    return [
        [name, part] for name, value in given.items() for part in (value if isinstance(value, list) else [str(value)])
    ]


def send(browser, article, *, is_typing=True, **fields):
    """Send what is being typed, as the script does."""
    address = reverse("desk:keep", args=[article.pk]) if article else reverse("desk:keep-new")
    sent = {"fields": pairs(**fields), "typing": is_typing}
    return browser.post(address, json.dumps(sent), content_type="application/json")


def field(answer, name):
    """Return what a field of the answered form shows; tags by their names."""
    value = answer.context["adminform"].form[name].value()
    return ", ".join(tag.name for tag in value) if name == "tags" else value
