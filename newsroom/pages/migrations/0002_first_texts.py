"""The texts that the house comes with, and who may change them."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants
from newsroom.core.rendering import RENDERER
from newsroom.pages.first_texts import first_text
from newsroom.pages.marks import rendered

SLUGS = (
    "qui-sommes-nous",
    "contact",
    "charte",
    "politique-de-correction",
    "accessibilite",
    "donnees-personnelles",
    "mentions-legales",
)
SEEING = {"page": ["view"], "pagerevision": ["view"]}
REWRITING = {"page": ["view", "change"], "pagerevision": ["view"]}


def make_pages(apps, schema_editor):
    """Make the pages that are not there."""
    pages = apps.get_model("pages", "Page").objects.using(schema_editor.connection.alias)
    for slug in SLUGS:
        text = first_text(slug)
        pages.get_or_create(slug=slug, defaults={**text, "body_html": rendered(text["body"]), "renderer": RENDERER})


def keep_pages(apps, schema_editor):
    """Leave them: going back takes the tables away."""
    del apps, schema_editor


class Migration(migrations.Migration):
    """Rows and grants."""

    dependencies = [("pages", "0001_pages"), ("accounts", "0002_groups")]

    operations = [
        migrations.RunPython(make_pages, keep_pages),
        grants("pages", {EDITOR: SEEING, EDITOR_IN_CHIEF: REWRITING, ADMINISTRATOR: REWRITING}),
    ]
