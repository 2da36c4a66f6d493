"""Threads of released articles are public from the article's date on, or from the end of its embargo."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Greatest


def show_threads(apps: Any, schema_editor: Any) -> None:
    """Repeat in each thread the moment from which readers may know of its article; drafts leave it empty."""
    alias = schema_editor.connection.alias
    released = apps.get_model("articles", "Article").objects.using(alias).filter(status="published")
    # PostgreSQL's greatest() passes over an embargo that is not there.
    moment = released.filter(thread=OuterRef("pk")).values(moment=Greatest("published_at", "embargo_until"))
    threads = apps.get_model("discussions", "Thread").objects.using(alias)
    threads.filter(pk__in=released.values("thread")).update(opens_at=Subquery(moment))


class Migration(migrations.Migration):
    """The data. Going back has nothing to undo: the column goes with its own migration."""

    dependencies = [("articles", "0003_search"), ("discussions", "0003_opening")]

    operations = [migrations.RunPython(show_threads, migrations.RunPython.noop)]
