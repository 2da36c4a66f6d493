"""What debates that are there have yet to live through is planned; what is past is not told again."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.utils import timezone


def plan_phases(apps: Any, schema_editor: Any) -> None:
    """Mark past openings and closings as told, and plan those to come."""
    alias, now = schema_editor.connection.alias, timezone.now()
    debates = apps.get_model("debates", "Debate").objects.using(alias)
    actions = apps.get_model("scheduling", "ScheduledAction").objects.using(alias)
    moments = {"opens_at": ("opening_told_at", "debates.open"), "closes_at": ("closing_told_at", "debates.close")}
    for moment, (told, kind) in moments.items():
        of_the_poll = debates.filter(pk=OuterRef("pk")).values(f"poll__{moment}")
        debates.filter(**{f"poll__{moment}__lte": now}).update(**{told: Subquery(of_the_poll)})
        to_come = debates.filter(**{f"poll__{moment}__gt": now}).values_list("pk", f"poll__{moment}")
        model = actions.model
        actions.bulk_create(
            [model(kind=kind, subject_id=pk, due_at=at, next_attempt_at=at) for pk, at in to_come],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    """The data. Going back has nothing to undo: columns and table go with their own migrations."""

    dependencies = [("debates", "0004_phases"), ("scheduling", "0001_scheduling")]

    operations = [migrations.RunPython(plan_phases, migrations.RunPython.noop)]
