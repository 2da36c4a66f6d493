"""What was taken back is unpublished, not a draft; "article" is called news."""

from typing import Any

from django.db import migrations


def name_states(apps: Any, schema_editor: Any) -> None:
    """Give what readers once saw its own state, and the plain format its name."""
    articles = apps.get_model("articles", "Article").objects.using(schema_editor.connection.alias)
    articles.filter(status="draft", thread__isnull=False).update(status="unpublished")
    articles.filter(format="article").update(format="news")


def forget_states(apps: Any, schema_editor: Any) -> None:
    """Go back to two states and six formats; the formats that those lacked become plain articles."""
    articles = apps.get_model("articles", "Article").objects.using(schema_editor.connection.alias)
    articles.filter(status__in=["scheduled", "modified"]).update(status="published", working=None)
    articles.exclude(status="published").update(status="draft")
    known = ["interview", "report", "case", "podcast", "video"]
    articles.exclude(format__in=known).update(format="article")


class Migration(migrations.Migration):
    """The data."""

    dependencies = [("articles", "0005_desk")]

    operations = [migrations.RunPython(name_states, forget_states)]
