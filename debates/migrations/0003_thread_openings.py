"""Threads of debates are public from the opening of the debate's poll on."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def show_threads(apps: Any, schema_editor: Any) -> None:
    """Repeat in each thread when its debate opens; drafts leave it empty."""
    alias = schema_editor.connection.alias
    debates = apps.get_model("debates", "Debate").objects.using(alias)
    moment = debates.filter(thread=OuterRef("pk")).values("poll__opens_at")
    threads = apps.get_model("discussions", "Thread").objects.using(alias)
    threads.filter(pk__in=debates.values("thread")).update(opens_at=Subquery(moment))


class Migration(migrations.Migration):
    """The data. Going back has nothing to undo: the column goes with its own migration."""

    dependencies = [("debates", "0002_roles"), ("discussions", "0003_opening")]

    operations = [migrations.RunPython(show_threads, migrations.RunPython.noop)]
