"""A reference says what it refers to, and who sees the sources."""

from django.db import migrations, models

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

CHECKING = {"source": ["view", "change"]}


class Migration(migrations.Migration):
    """The rule, now that every reference keeps it; and grants."""

    dependencies = [("articles", "0015_sources_of_references"), ("accounts", "0002_groups")]

    operations = [
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(
                condition=models.Q(("doi", ""), ("pmid", ""), ("text", ""), ("url", ""), _negated=True),
                name="a_reference_says_what_it_refers_to",
                violation_error_message="Give a DOI, a PMID, an address or the text of the reference.",
            ),
        ),
        grants("articles", {EDITOR: CHECKING, EDITOR_IN_CHIEF: CHECKING, ADMINISTRATOR: CHECKING}),
    ]
