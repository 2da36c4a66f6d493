"""The works that references named before they had rows of their own."""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Lower

BATCH = 1_000


def find_sources(apps: Any, schema_editor: Any) -> None:
    """Make a source of each DOI, to be looked up in turn; drop references that say nothing at all."""
    alias = schema_editor.connection.alias
    references = apps.get_model("articles", "Reference").objects.using(alias)
    sources = apps.get_model("articles", "Source").objects.using(alias)
    references.filter(text="", doi="", url="").delete()
    named = references.exclude(doi="").annotate(key=Lower(F("doi"))).order_by("key")
    dois = named.values_list("key", flat=True).distinct().iterator(BATCH)
    sources.bulk_create((sources.model(doi=doi) for doi in dois), batch_size=BATCH, ignore_conflicts=True)
    known = sources.filter(doi=Lower(OuterRef("doi"))).values("pk")[:1]
    references.exclude(doi="").update(source=Subquery(known))


class Migration(migrations.Migration):
    """The data. Backwards the column goes with its table."""

    dependencies = [("articles", "0014_sources")]

    operations = [migrations.RunPython(find_sources, migrations.RunPython.noop)]
