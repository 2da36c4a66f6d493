"""What is always true of a slot, now that every slot stands in an edition; who may look after partners' feeds."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

LOOKING_AFTER = {"partnerfeed": ["view", "add", "change", "delete"]}


class Migration(migrations.Migration):
    """Rules and grants."""

    dependencies = [("articles", "0010_first_editions"), ("accounts", "0002_groups")]

    operations = [
        migrations.RemoveField(model_name="selectionitem", name="selection"),
        migrations.AlterField(
            model_name="selectionitem",
            name="edition",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="articles.selectionedition",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionitem",
            constraint=models.UniqueConstraint(fields=["edition", "position"], name="a_position_holds_one_slot"),
        ),
        migrations.AddConstraint(
            model_name="selectionitem",
            constraint=models.UniqueConstraint(
                fields=["edition", "article"], name="an_article_stands_once_in_an_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionitem",
            constraint=models.CheckConstraint(condition=Q(position__gte=1), name="positions_count_from_one"),
        ),
        migrations.AddConstraint(
            model_name="selectionitem",
            constraint=models.CheckConstraint(
                condition=Q(article__isnull=False, rule="") | (Q(article=None) & ~Q(rule="")),
                name="a_slot_has_an_article_or_a_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionitem",
            constraint=models.CheckConstraint(
                condition=Q(rule="specialty", rule_specialty__isnull=False, rule_tag=None)
                | Q(rule="tag", rule_tag__isnull=False, rule_specialty=None)
                | Q(rule__in=["", "commented"], rule_specialty=None, rule_tag=None),
                name="a_rule_names_what_it_is_about",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionitem",
            constraint=models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="a_slot_ends_after_it_starts",
            ),
        ),
        grants(
            "articles",
            {EDITOR: {"partnerfeed": ["view"]}, EDITOR_IN_CHIEF: LOOKING_AFTER, ADMINISTRATOR: LOOKING_AFTER},
        ),
    ]
